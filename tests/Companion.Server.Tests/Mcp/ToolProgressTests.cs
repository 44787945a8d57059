using Companion.Protocol;
using Companion.Server.Mcp;
using Companion.Testing;
using ModelContextProtocol;

namespace Companion.Server.Tests.Mcp;

[TestClass]
public sealed class ToolProgressTests
{
    private readonly TestTimeProvider _time = new();
    private readonly List<ProgressNotificationValue> _sent = [];

    [TestMethod]
    public async Task It_only_increases_even_within_the_same_moment()
    {
        await using var it = Start();
        foreach (var message in (string[])["one", "two", "three"])
            it.Report(Stage(message));
        _time.Advance(TimeSpan.FromSeconds(4));
        it.Report(Stage("four"));

        CollectionAssert.AreEqual((string[])["one", "two", "three", "four"], _sent.Select(static s => s.Message).ToArray());
        CollectionAssert.AreEqual(_sent.Select(static s => s.Progress).Distinct().Order().ToArray(), _sent.Select(static s => s.Progress).ToArray());
        Assert.AreEqual(4, _sent[^1].Progress);
    }

    [TestMethod]
    public async Task The_usual_duration_is_the_total_until_it_is_exceeded()
    {
        await using var it = Start();
        it.Report(Stage("one") with { ExpectedSeconds = 20 });
        _time.Advance(ToolProgress.Interval);
        _time.Advance(ToolProgress.Interval);

        CollectionAssert.AreEqual((float?[])[20, 20, null], _sent.Select(static s => s.Total).ToArray());
    }

    [TestMethod]
    public async Task It_is_repeated_while_nothing_happens()
    {
        await using var it = Start();
        _time.Advance(ToolProgress.Interval);
        it.Report(Stage("one") with { Title = "Connecting" });
        _time.Advance(ToolProgress.Interval);

        CollectionAssert.AreEqual((string?[])[null, "Connecting. one", "Connecting. one"], _sent.Select(static s => s.Message).ToArray());
        Assert.AreEqual(30, _sent[^1].Progress);
    }

    [TestMethod]
    public async Task The_end_of_a_change_is_left_to_its_result_and_nothing_follows_it()
    {
        var it = Start();
        it.Report(Stage("one"));
        it.Report(new WorkDoneProgress { Kind = "end", Stage = "connected" });
        await it.DisposeAsync();
        it.Report(Stage("late"));
        _time.Advance(ToolProgress.Interval);

        Assert.AreEqual("one", _sent.Single().Message);
    }

    [TestMethod]
    public async Task A_client_that_is_gone_doesnt_end_the_change()
    {
        await using var it = new ToolProgress(static _ => Task.FromException(new IOException()), _time);
        it.Report(Stage("one"));
    }

    private static WorkDoneProgress Stage(string message) => new() { Kind = "report", Message = message };

    private ToolProgress Start() => new(
        value =>
        {
            _sent.Add(value);
            return Task.CompletedTask;
        },
        _time);
}
