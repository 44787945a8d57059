using Companion.Gateway;
using Companion.Gateway.Api;
using Companion.Gateway.Resources;
using Companion.Protocol;
using Companion.Server.Environments;
using Companion.Server.Pacing;
using Companion.Server.Tests.Support;
using Companion.Testing;
using Moq;

namespace Companion.Server.Tests.Environments;

/// <summary>A single response never decides that an environment no longer exists, or that it's in an earlier state.</summary>
[TestClass]
public sealed class EnvironmentReaderTests
{
    private static readonly GatewayException NotFound = Samples.Answered(404, GoogleRpcCode.NotFound);

    private readonly TestTimeProvider _time = new();
    private readonly Mock<IGateway> _gateway = new(MockBehavior.Strict);
    private readonly Queue<object> _answers = new();
    private readonly List<EnvironmentChangedParams> _told = [];
    private readonly EnvironmentReader _reader;

    public EnvironmentReaderTests()
    {
        _gateway.Setup(g => g.GetEnvironmentAsync("acme", "train-a", It.IsAny<CancellationToken>())).Returns(() => _answers.Dequeue() switch
        {
            GatewayEnvironment environment => Task.FromResult(environment with { RequestedAt = _time.GetTimestamp() }),
            GatewayException fault => Task.FromException<GatewayEnvironment>(fault),
            Func<long, Task<GatewayEnvironment>> late => late(_time.GetTimestamp()),
            _ => throw new InvalidOperationException(),
        });
        _reader = new EnvironmentReader(_gateway.Object, Wiring.News(_told.Add, _time), _time);
    }

    [TestMethod]
    public async Task An_environment_no_longer_exists_once_a_second_read_confirms_it()
    {
        Answer(NotFound, NotFound);
        var asking = _reader.GetAsync(Samples.Key, CancellationToken.None);
        _time.Advance(EnvironmentReader.SecondLook - TimeSpan.FromMilliseconds(1));
        Assert.HasCount(1, _answers, "too early for the second look");
        Assert.IsEmpty(_told);

        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.IsTrue(RetryRules.IsGone(await Assert.ThrowsExactlyAsync<GatewayException>(() => asking)));
        Assert.IsNull(_told.Single().Environment);
        Assert.AreEqual("NOT_FOUND", _told.Single().Problem!.Status);
    }

    [TestMethod]
    public async Task A_stray_not_found_does_not_remove_an_environment()
    {
        Answer(Samples.AtGateway("CONNECTED", 1, "h100-8x"), NotFound, Samples.AtGateway("CONNECTED", 1, "h100-8x"));
        await LookAsync();
        var asking = _reader.GetAsync(Samples.Key, CancellationToken.None);
        _time.Advance(EnvironmentReader.SecondLook);
        Assert.AreEqual("CONNECTED", (await asking).Environment.State);
        Assert.IsTrue(_told.TrueForAll(told => told is { Environment.State: "CONNECTED", Problem: null }));
    }

    [TestMethod]
    public async Task A_not_found_that_arrives_late_does_not_contradict_a_later_read()
    {
        var late = new TaskCompletionSource<GatewayEnvironment>();
        Answer(NotFound, (Func<long, Task<GatewayEnvironment>>)(_ => late.Task), Samples.AtGateway("CONNECTED", 1, "h100-8x"));
        var asking = _reader.GetAsync(Samples.Key, CancellationToken.None);
        _time.Advance(EnvironmentReader.SecondLook);
        _time.Advance(TimeSpan.FromSeconds(1));
        await LookAsync();
        late.SetException(NotFound);
        Assert.AreEqual("CONNECTED", (await asking).Environment.State);
        Assert.IsNotNull(_told[^1].Environment);
    }

    [TestMethod]
    public async Task A_failed_second_read_proves_nothing()
    {
        Answer(NotFound, Samples.Answered(502, GoogleRpcCode.Unavailable));
        var asking = _reader.GetAsync(Samples.Key, CancellationToken.None);
        _time.Advance(EnvironmentReader.SecondLook);
        Assert.IsFalse(RetryRules.IsGone(await Assert.ThrowsExactlyAsync<GatewayException>(() => asking)));
        Assert.AreEqual("UNAVAILABLE", _told.Single().Problem!.Status, "the failed one, not the unconfirmed one");
    }

    [TestMethod]
    public async Task Each_failed_attempt_is_published_with_the_last_known_state()
    {
        var rateLimiter = new RequestRateLimiter(_time);
        var reader = new EnvironmentReader(_gateway.Object, Wiring.News(_told.Add, _time), _time, new ReadRetry(rateLimiter, _time, static () => 0));
        Answer(Samples.AtGateway("CONNECTED", 1, "h100-8x"), Samples.Lost(), Samples.Answered(503, GoogleRpcCode.Unavailable), Samples.AtGateway("DISCONNECTED", 2));
        await reader.GetAsync(Samples.Key, CancellationToken.None);
        var asking = reader.GetAsync(Samples.Key, CancellationToken.None);
        while (!asking.IsCompleted)
            await _time.AdvanceOnceAwaitedAsync(TimeSpan.FromSeconds(1));
        await asking;
        CollectionAssert.AreEqual(
            new[] { "CONNECTED ", "CONNECTED UNAVAILABLE", "CONNECTED UNAVAILABLE", "DISCONNECTED " },
            _told.ConvertAll(static told => $"{told.Environment!.State} {told.Problem?.Status}"));
    }

    [TestMethod]
    public async Task A_failure_of_an_earlier_read_than_the_last_success_is_not_published()
    {
        var answer = new TaskCompletionSource<GatewayEnvironment>();
        Answer((long _) => answer.Task, Samples.AtGateway("CONNECTED", 1, "h100-8x"));
        var overtaken = LookAsync();
        _time.Advance(TimeSpan.FromSeconds(1));
        await LookAsync();
        answer.SetException(Samples.Lost());
        await Assert.ThrowsExactlyAsync<GatewayException>(() => overtaken);
        Assert.IsNull(_told.Single().Problem);
    }

    [TestMethod]
    public async Task A_read_that_was_replaced_publishes_no_failure()
    {
        var answer = new TaskCompletionSource<GatewayEnvironment>();
        Answer((long _) => answer.Task);
        using var cancel = new CancellationTokenSource();
        var replaced = _reader.GetAsync(Samples.Key, cancel.Token);
        await cancel.CancelAsync();
        answer.SetException(Samples.Lost());
        await Assert.ThrowsExactlyAsync<GatewayException>(() => replaced);
        Assert.IsEmpty(_told);
    }

    [TestMethod]
    public async Task An_older_state_is_ignored_while_a_replica_may_be_outdated()
    {
        Answer(Samples.AtGateway("CONNECTED", 2, "h100-8x"), Samples.AtGateway("DISCONNECTED", 1), Samples.AtGateway("DISCONNECTED", 3));
        var known = await LookAsync();
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.AreEqual(known, await LookAsync(), "with the time at which that was asked");
        Assert.HasCount(1, _told);

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.AreEqual("DISCONNECTED", (await LookAsync()).Environment.State);
        Assert.HasCount(2, _told);
    }

    [TestMethod]
    public async Task An_older_state_is_trusted_if_the_gateway_keeps_reporting_it()
    {
        Answer(Samples.AtGateway("CONNECTED", 2, "h100-8x"), Samples.AtGateway("DISCONNECTED", 1), Samples.AtGateway("DISCONNECTED", 1), Samples.AtGateway("DISCONNECTED", 1));
        await LookAsync();
        await LookAsync();
        _time.Advance(EnvironmentMachine.SettleWindow - TimeSpan.FromTicks(1));
        Assert.AreEqual("CONNECTED", (await LookAsync()).Environment.State);
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.AreEqual("DISCONNECTED", (await LookAsync()).Environment.State);
        Assert.AreEqual("DISCONNECTED", _told[^1].Environment!.State);
    }

    [TestMethod]
    public async Task Alternating_replicas_never_revert_the_published_state()
    {
        for (var i = 0; i < 5; i++)
        {
            Answer(Samples.AtGateway("CONNECTED", 2, "h100-8x"), Samples.AtGateway("DISCONNECTED", 1));
            await LookAsync();
            _time.Advance(TimeSpan.FromSeconds(10));
            Assert.AreEqual("CONNECTED", (await LookAsync()).Environment.State);
            _time.Advance(TimeSpan.FromSeconds(10));
        }
    }

    [TestMethod]
    [DataRow("DISCONNECTING", 3)]
    [DataRow("CONNECTED", 2)]
    public async Task Overlapping_responses_that_differ_are_read_again(string late, int looks)
    {
        var answer = new TaskCompletionSource<GatewayEnvironment>();
        Answer(async (long asked) => await answer.Task with { RequestedAt = asked }, Samples.AtGateway("CONNECTED", 1, "h100-8x"));
        var overtaken = LookAsync();
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.AreEqual("CONNECTED", (await LookAsync()).Environment.State);
        _time.Advance(TimeSpan.FromSeconds(1));
        Answer(Samples.AtGateway("DISCONNECTED", 2));
        answer.SetResult(Samples.AtGateway(late, 1, "h100-8x"));
        Assert.AreEqual(looks == 3 ? "DISCONNECTED" : "CONNECTED", (await overtaken).Environment.State);
        Assert.HasCount(3 - looks, _answers);
    }

    private void Answer(params object[] answers)
    {
        foreach (var answer in answers)
            _answers.Enqueue(answer);
    }

    private Task<Observation> LookAsync() => _reader.GetAsync(Samples.Key, CancellationToken.None);
}
