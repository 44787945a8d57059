using Companion.Gateway;
using Companion.Gateway.Api;
using Companion.Gateway.Resources;
using Companion.Protocol;
using Companion.Server.Changes;
using Companion.Server.Environments;
using Companion.Server.Errors;
using Companion.Server.Language;
using Companion.Server.Pacing;
using Companion.Server.Storage;
using Companion.Server.Tests.Support;
using Companion.Server.Waiting;
using Companion.Testing;
using Moq;

namespace Companion.Server.Tests.Waiting;

/// <summary>Connects that wait for room, with the real changes behind them, on a clock that doesn't advance on its own.</summary>
[TestClass]
public sealed class RoomWaitsTests
{
    private static readonly WaitForCapacityParams Hour = new() { DurationSeconds = 3600 };
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(30);

    private readonly TestTimeProvider _time = new();
    private readonly Mock<IGateway> _gateway = new(MockBehavior.Strict);
    private readonly List<WorkDoneProgress> _progress = [];
    private readonly List<string> _connects = [];
    private readonly Dictionary<string, GatewayEnvironment> _environments = [];
    private readonly EnvironmentReader _reader;
    private readonly RoomWaits _waits;
    private Func<int, Task> _answer = static _ => Task.CompletedTask;
    private Func<Task<GatewayNodePoolStats>> _stats = null!;
    private int _questions;

    public RoomWaitsTests()
    {
        HasFree(0);
        _gateway.Setup(g => g.GetEnvironmentAsync("acme", It.IsAny<string>(), It.IsAny<CancellationToken>())).Returns(
            (string _, string id, CancellationToken _) => Task.FromResult(Now(id) with { RequestedAt = _time.GetTimestamp() }));
        _gateway.Setup(g => g.GetNodePoolAsync("acme", "h100-8x", It.IsAny<CancellationToken>())).ReturnsAsync(new GatewayNodePool { MaxNodeCount = 4 });
        _gateway.Setup(g => g.GetNodePoolStatsAsync("acme", "h100-8x", It.IsAny<CancellationToken>())).Returns(() =>
        {
            _questions++;
            return _stats();
        });
        _gateway
            .Setup(g => g.ConnectEnvironmentAsync("acme", It.IsAny<string>(), It.IsAny<GatewayConnectEnvironmentBody>(), It.IsAny<CancellationToken>()))
            .Returns(async (string _, string id, GatewayConnectEnvironmentBody _, CancellationToken _) =>
            {
                _connects.Add(id);
                await _answer(_connects.Count);
                _environments[id] = Named(id, "CONNECTED", 1, "h100-8x");
            });
        var errors = new ErrorMessages("https://gateway.example", new Phrases());
        var memory = new SessionMemory(new MemoryStore(), "https://gateway.example", _time);
        var publisher = Wiring.News(changed => _waits!.Observe(changed), _time, memory);
        var changes = new ChangeService(
            Wiring.Actors(_gateway.Object, _time, memory, publisher), publisher, memory, Mock.Of<IConnectListener>(), errors, _time, new LogLines());
        _reader = new EnvironmentReader(_gateway.Object, publisher, _time);
        var usages = new NodePoolUsageReader(_gateway.Object, new RequestRateLimiter(_time));
        _waits = new RoomWaits(changes, new RoomFeed(_gateway.Object, usages, _time, static () => 0), _reader, publisher, errors, _time, static () => 0);
    }

    [TestMethod]
    public async Task It_tells_the_free_ranks_and_connects_once_when_there_is_room()
    {
        HasFree(6);
        var waiting = ConnectAsync(Hour);
        Advance(minutes: 2);
        Assert.IsEmpty(_connects);
        HasFree(8);
        Advance(minutes: 1);
        Assert.AreEqual("CONNECTED", (await waiting).State);
        Advance(minutes: 90);
        CollectionAssert.AreEqual(new[] { "train-a" }, _connects);

        var first = _progress[0];
        Assert.AreEqual(("begin", "Connecting train-a to h100-8x", true), (first.Kind, first.Title, first.Cancellable));
        Assert.AreEqual((ChangeStages.WaitingForRoom, 6, 22), (first.Stage, first.FreeRanks, first.CeilingRanks));
        Assert.AreEqual("Waiting for room: 6 of 8 ranks are free, up to 22 with autoscaling. New nodes take minutes", first.Message);
        Assert.AreEqual(1, _progress.Count(static value => value.Kind == "begin"));
        Assert.AreEqual(new WorkDoneProgress { Kind = "end", Stage = ChangeStages.Connected }, _progress[^1]);
        Assert.AreEqual(1, _progress.Count(static value => value.Kind == "end"));
    }

    [TestMethod]
    public async Task A_thousand_who_wait_cost_as_many_questions_as_one_and_the_first_gets_the_room()
    {
        var waiting = Enumerable.Range(0, 1000).Select(i => ConnectAsync(Hour, $"e-{i}")).ToList();
        Assert.AreEqual(1, _questions);
        Advance(minutes: 10);
        Assert.AreEqual(21, _questions);
        HasFree(8);
        Advance(minutes: 1);
        CollectionAssert.AreEqual(new[] { "e-0", "e-1" }, _connects); // the mock frees nothing, so each read has room for one
        Assert.AreEqual("CONNECTED", (await waiting[0]).State);
        Assert.AreEqual(998, waiting.Count(static one => !one.IsCompleted));
        Advance(minutes: 60);
        Assert.AreEqual(0, waiting.Count(static one => !one.IsCompleted));
        var questions = _questions;
        Advance(minutes: 60);
        Assert.AreEqual(questions, _questions);
    }

    [TestMethod]
    public async Task Its_own_ranks_count_as_free()
    {
        _environments["train-a"] = Named("train-a", "CONNECTED", 0, "h100-8x");
        Assert.AreEqual("CONNECTED", (await ConnectAsync(Hour)).State);
    }

    [TestMethod]
    [DataRow(nameof(WaitEnd.TimeOver), (int)GoogleRpcCode.ResourceExhausted, "h100-8x had no room in time. Nothing was sent.")]
    [DataRow(nameof(WaitEnd.Replaced), (int)GoogleRpcCode.Aborted, "Stopped waiting for room because another change of train-a was requested. Nothing was sent.")]
    [DataRow(nameof(WaitEnd.Changed), (int)GoogleRpcCode.Aborted, "train-a has changed in the meantime. Nothing was sent.")]
    [DataRow(nameof(WaitEnd.SignedOut), (int)GoogleRpcCode.Unauthenticated, "Signed out. Nothing was sent.")]
    [DataRow(nameof(WaitEnd.SignedInAgain), (int)GoogleRpcCode.Aborted, "Stopped waiting because you signed in again. Nothing was sent.")]
    [DataRow(nameof(WaitEnd.Stopped), MethodException.RequestCancelled, "Stopped waiting. Nothing was sent.")]
    public async Task It_ends_with_nothing_sent(string end, int code, string message)
    {
        using var cancel = new CancellationTokenSource();
        var waiting = ConnectAsync(Hour, cancellationToken: cancel.Token);
        Advance(minutes: 1);
        switch (Enum.Parse<WaitEnd>(end))
        {
            case WaitEnd.TimeOver:
                Advance(minutes: 58);
                Assert.IsFalse(waiting.IsCompleted);
                Advance(minutes: 1);
                break;
            case WaitEnd.Replaced:
                _waits.Replace(Samples.Key);
                break;
            case WaitEnd.Changed:
                _environments["train-a"] = Named("train-a", "CREATING", 1, null);
                await _reader.GetAsync(Samples.Key, CancellationToken.None);
                break;
            case WaitEnd.Stopped:
                await cancel.CancelAsync();
                break;
            case var other:
                _waits.EndAll(other);
                break;
        }

        var error = await FailsAsync(waiting);
        Assert.AreEqual((code, message, Outcomes.NotApplied), (error.Code, error.Message, error.ErrorData!.Outcome));
        HasFree(8);
        Advance(minutes: 90);
        Assert.IsEmpty(_connects);
        Assert.AreEqual("end", _progress[^1].Kind);
    }

    [TestMethod]
    public async Task An_environment_that_changed_unseen_is_not_connected()
    {
        var waiting = ConnectAsync(Hour);
        _environments["train-a"] = Named("train-a", "DISCONNECTED", 1, null);
        HasFree(8);
        Advance(minutes: 1);
        Assert.AreEqual("train-a has changed in the meantime. Nothing was sent.", (await FailsAsync(waiting)).Message);
        Assert.IsEmpty(_connects);
    }

    [TestMethod]
    public async Task After_its_time_nothing_is_sent_even_if_the_machine_slept()
    {
        var waiting = ConnectAsync(Hour);
        HasFree(8);
        _time.Advance(TimeSpan.FromHours(2));
        Assert.AreEqual("h100-8x had no room in time. Nothing was sent.", (await FailsAsync(waiting)).Message);
        Assert.IsEmpty(_connects);
    }

    [TestMethod]
    public async Task A_clock_that_is_set_back_does_not_prolong_it()
    {
        var waiting = ConnectAsync(Hour);
        Advance(minutes: 30);
        _time.SetBackBy = TimeSpan.FromHours(2);
        Advance(minutes: 31);
        Assert.AreEqual("h100-8x had no room in time. Nothing was sent.", (await FailsAsync(waiting)).Message);
    }

    [TestMethod]
    public async Task A_time_that_passes_during_the_last_read_prevents_the_connect()
    {
        var waiting = ConnectAsync(new WaitForCapacityParams { Until = _time.GetUtcNow().AddSeconds(45) });
        Advance(minutes: 0.5);
        HasFree(8);
        _gateway.Setup(g => g.GetEnvironmentAsync("acme", "train-a", It.IsAny<CancellationToken>())).Returns(async () =>
        {
            await _time.WaitAsync(TimeSpan.FromSeconds(20), CancellationToken.None);
            return Now("train-a") with { RequestedAt = _time.GetTimestamp() };
        });
        _stats = () => Task.FromResult(Stats(8));
        Advance(minutes: 2);
        Assert.AreEqual("h100-8x had no room in time. Nothing was sent.", (await FailsAsync(waiting)).Message);
        Assert.IsEmpty(_connects);
    }

    [TestMethod]
    public async Task It_goes_on_waiting_if_the_gateway_rejects_it_for_capacity()
    {
        HasFree(8);
        _answer = count => count < 3 ? Task.FromException(Samples.Answered(429, GoogleRpcCode.ResourceExhausted)) : Task.CompletedTask;
        var waiting = ConnectAsync(Hour);
        Assert.HasCount(1, _connects);
        Advance(minutes: 0.4);
        Assert.HasCount(1, _connects);
        Advance(minutes: 0.3);
        Assert.HasCount(2, _connects);
        Advance(minutes: 0.6);
        Assert.HasCount(2, _connects);
        Advance(minutes: 1);
        Assert.HasCount(3, _connects);
        Assert.AreEqual("CONNECTED", (await waiting).State);
        Assert.AreEqual(1, _progress.Count(static value => value.Kind == "begin"));
        Assert.AreEqual(1, _progress.Count(static value => value.Kind == "end"));
    }

    [TestMethod]
    [DataRow("accepted", "h100-8x", 2, DisplayName = "The gateway reports it afterwards: it's sent again")]
    [DataRow("accepted", "cpu", 1, DisplayName = "Someone else's connect failed: it isn't")]
    [DataRow("lost", "h100-8x", 1, DisplayName = "The response was lost: it isn't")]
    public async Task It_goes_on_only_after_a_failure_that_is_certainly_its_own(string response, string pool, int connects)
    {
        HasFree(8);
        _gateway
            .Setup(g => g.ConnectEnvironmentAsync("acme", "train-a", It.IsAny<GatewayConnectEnvironmentBody>(), It.IsAny<CancellationToken>()))
            .Returns(() =>
            {
                _connects.Add("train-a");
                _environments["train-a"] = Named("train-a", "CONNECTING", 1, pool);
                return response == "lost" ? Task.FromException(Samples.Lost()) : Task.CompletedTask;
            });
        var waiting = ConnectAsync(Hour);
        Advance(minutes: 0.1);
        var failed = new GatewayStatus { Code = GoogleRpcCode.ResourceExhausted, Message = "There is no capacity." };
        _environments["train-a"] = Named("train-a", "DISCONNECTED", 2, pool) with { Status = failed };
        Advance(minutes: 2);
        Assert.HasCount(connects, _connects);
        Assert.AreEqual(connects == 1, waiting.IsCompleted);
    }

    [TestMethod]
    public async Task A_clock_that_is_set_back_while_it_begins_does_not_prolong_it()
    {
        _gateway.Setup(g => g.GetEnvironmentAsync("acme", "train-a", It.IsAny<CancellationToken>())).Returns(async () =>
        {
            await _time.WaitAsync(TimeSpan.FromSeconds(20), CancellationToken.None);
            return Now("train-a") with { RequestedAt = _time.GetTimestamp() };
        });
        var waiting = ConnectAsync(Hour);
        _time.SetBackBy = TimeSpan.FromHours(2);
        Advance(minutes: 61);
        StringAssert.Contains((await FailsAsync(waiting)).Message, "no room in time");
    }

    [TestMethod]
    public async Task Its_time_also_counts_before_the_environment_is_read()
    {
        _gateway.Setup(g => g.GetEnvironmentAsync("acme", "train-a", It.IsAny<CancellationToken>())).Returns(
            async (string _, string _, CancellationToken limited) =>
            {
                await _time.WaitAsync(TimeSpan.FromHours(5), limited);
                return Now("train-a");
            });
        var waiting = ConnectAsync(Hour);
        Advance(minutes: 61);
        Assert.AreEqual(Outcomes.NotApplied, (await FailsAsync(waiting)).ErrorData!.Outcome);
        Assert.IsEmpty(_connects);
    }

    [TestMethod]
    public async Task Its_own_change_of_the_environment_does_not_end_it()
    {
        HasFree(8);
        _answer = async count =>
        {
            if (count > 1)
                return;
            _environments["train-a"] = Named("train-a", "CONNECTING", 0, null);
            await _reader.GetAsync(Samples.Key, CancellationToken.None);
            _environments.Clear();
            throw Samples.Answered(429, GoogleRpcCode.ResourceExhausted);
        };
        var waiting = ConnectAsync(Hour);
        Advance(minutes: 2);
        Assert.AreEqual("CONNECTED", (await waiting).State);
        Assert.HasCount(2, _connects);
    }

    [TestMethod]
    public async Task An_end_after_a_rejection_does_not_claim_that_nothing_was_sent()
    {
        HasFree(8);
        _answer = static _ => Task.FromException(Samples.Answered(429, GoogleRpcCode.ResourceExhausted));
        var waiting = ConnectAsync(Hour);
        Advance(minutes: 61);
        Assert.AreEqual("h100-8x had no room in time. The gateway rejected the request.", (await FailsAsync(waiting)).Message);
    }

    [TestMethod]
    public async Task Any_other_rejection_ends_it()
    {
        HasFree(8);
        _answer = static _ => Task.FromException(Samples.Answered(403, GoogleRpcCode.PermissionDenied));
        Assert.AreEqual((int)GoogleRpcCode.PermissionDenied, (await FailsAsync(ConnectAsync(Hour))).Code);
        Assert.HasCount(1, _connects);
    }

    [TestMethod]
    public async Task A_gateway_that_does_not_respond_is_asked_less_often_and_one_that_refuses_ends_it()
    {
        _stats = static () => Task.FromException<GatewayNodePoolStats>(Samples.Lost());
        var waiting = ConnectAsync(Hour);
        Assert.AreEqual(ChangeStages.Unconfirmed, _progress[^1].Stage);
        Advance(minutes: 10);
        Assert.IsTrue(_questions is >= 6 and <= 8, $"{_questions} questions");
        _stats = static () => Task.FromException<GatewayNodePoolStats>(Samples.Answered(403, GoogleRpcCode.PermissionDenied));
        Advance(minutes: 6);
        var error = await FailsAsync(waiting);
        Assert.AreEqual(((int)GoogleRpcCode.PermissionDenied, Outcomes.NotApplied), (error.Code, error.ErrorData!.Outcome));
    }

    [TestMethod]
    public async Task A_second_wait_for_the_same_environment_replaces_the_first()
    {
        var first = ConnectAsync(Hour);
        var second = ConnectAsync(Hour);
        StringAssert.Contains((await FailsAsync(first)).Message, "another change");
        HasFree(8);
        Advance(minutes: 1);
        Assert.AreEqual("CONNECTED", (await second).State);
        Assert.HasCount(1, _connects);
    }

    [TestMethod]
    public async Task A_lease_that_ends_earlier_ends_the_waiting()
    {
        var waiting = ConnectAsync(Hour, lease: new LeaseParams { Until = _time.GetUtcNow().AddMinutes(10) });
        Advance(minutes: 11);
        StringAssert.Contains((await FailsAsync(waiting)).Message, "no room in time");
    }

    [TestMethod]
    public async Task Invalid_times_are_refused_before_anything_is_read()
    {
        var now = _time.GetUtcNow();
        foreach (var (wait, message) in new (WaitForCapacityParams, string)[]
            {
                (new(), "params.waitForCapacity must have either until or durationSeconds."),
                (new() { Until = now.AddHours(1), DurationSeconds = 60 }, "params.waitForCapacity must have either until or durationSeconds."),
                (new() { Until = now }, "params.waitForCapacity.until must be a time in the future, at most a year from now."),
                (new() { Until = now.AddDays(366) }, "params.waitForCapacity.until must be a time in the future, at most a year from now."),
            })
        {
            var error = await FailsAsync(ConnectAsync(wait));
            Assert.AreEqual((MethodException.InvalidParams, message), (error.Code, error.Message));
        }

        _gateway.VerifyNoOtherCalls();
    }

    private static async Task<MethodException> FailsAsync(Task waiting) => await Assert.ThrowsExactlyAsync<MethodException>(() => waiting);

    private static GatewayEnvironment Named(string id, string state, int changed, string? pool) =>
        Samples.AtGateway(state, changed, pool) with { Name = $"accounts/acme/clusters/c/environments/{id}" };

    private static GatewayNodePoolStats Stats(int free) => new() { NodeCount = 2, RanksPerNode = 8, EnvironmentRanks = 16 - free };

    private GatewayEnvironment Now(string id) => _environments.GetValueOrDefault(id) ?? Named(id, "DISCONNECTED", 0, null);

    private void HasFree(int ranks) => _stats = () => Task.FromResult(Stats(ranks));

    private Task<EnvironmentInfo> ConnectAsync(
        WaitForCapacityParams wait, string environmentId = "train-a", LeaseParams? lease = null, CancellationToken cancellationToken = default)
    {
        var key = new EnvironmentKey("acme", environmentId);
        return _waits.ConnectAsync(
            wait, _ => Task.FromResult(key), _ => Samples.Connect() with { Key = key, Lease = lease }, Timeout, _progress.Add, cancellationToken);
    }

    private void Advance(double minutes)
    {
        for (var left = TimeSpan.FromMinutes(minutes); left > TimeSpan.Zero; left -= TimeSpan.FromSeconds(1))
            _time.Advance(TimeSpan.FromSeconds(1));
    }
}
