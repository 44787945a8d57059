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
using Companion.Testing;
using Moq;

namespace Companion.Server.Tests.Changes;

/// <summary>Changes against a gateway that always succeeds, on a clock that doesn't advance on its own.</summary>
[TestClass]
public sealed class ChangeServiceTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(30);

    private readonly TestTimeProvider _time = new();
    private readonly Mock<IGateway> _gateway = new(MockBehavior.Strict);
    private readonly Queue<Func<GatewayEnvironment>> _states = new();
    private readonly List<EnvironmentChangedParams> _news = [];
    private readonly List<WorkDoneProgress> _progress = [];
    private readonly Mock<IDurableStore> _store = new();
    private readonly Mock<IStoreLock> _lock = new();
    private readonly LogLines _log = new();
    private readonly ChangeService _service;
    private Action _creating = static () => { };
    private int _locksHeld;

    public ChangeServiceTests()
    {
        _gateway.Setup(g => g.GetEnvironmentAsync("acme", "train-a", It.IsAny<CancellationToken>()))
            .Returns(() => Task.FromResult((_states.Count > 1 ? _states.Dequeue() : _states.Peek())() with { RequestedAt = _time.GetTimestamp() }));
        var advice = new ErrorMessages("https://gateway.example", new Phrases());
        var memory = new SessionMemory(_store.Object, "https://gateway.example", _time);
        var news = Wiring.News(_news.Add, _time, memory);
        var actors = Wiring.Actors(_gateway.Object, _time, memory, news, _ => _creating());
        _service = new ChangeService(actors, news, memory, Mock.Of<IConnectListener>(), advice, _time, _log);
        _store.Setup(s => s.TryLock(It.IsAny<string>())).Returns(() =>
        {
            _locksHeld++;
            return new LockAttempt.Taken(_lock.Object);
        });
        _lock.Setup(l => l.Dispose()).Callback(() => _locksHeld--);
        _store.Setup(s => s.TakeOver(It.IsAny<string>())).Returns([]);
    }

    [TestCleanup]
    public void Every_lock_is_released_in_the_end() => Assert.AreEqual(0, _locksHeld);

    [TestMethod]
    public async Task A_connect_sends_the_documented_body_once_and_responds_when_connected()
    {
        AnswersConnect(Task.CompletedTask);
        Shows(Samples.AtGateway("DISCONNECTED"));
        Shows(Samples.AtGateway("CONNECTING", 1, "h100-8x"));
        Shows(Samples.AtGateway("CONNECTED", 2, "h100-8x"));

        var connecting = ConnectAsync();
        await _time.AdvanceOnceAwaitedAsync(PollDelays.Poll(looks: 1, TimeSpan.Zero, expected: null).Soon);
        var environment = await connecting;

        Assert.AreEqual("CONNECTED", environment.State);
        Assert.AreEqual(_time.GetUtcNow(), environment.ObservedAt);
        _gateway.Verify(
            g => g.ConnectEnvironmentAsync(
                "acme",
                "train-a",
                new GatewayConnectEnvironmentBody
                {
                    Connection = new GatewayRequestedConnection { NodePoolId = "h100-8x", NumRanks = 8 },
                    VscodeVersion = "1.139.1",
                },
                It.IsAny<CancellationToken>()),
            Times.Once);
        CollectionAssert.AreEqual(new[] { "DISCONNECTED", "CONNECTING", "CONNECTED" }, _news.ConvertAll(n => n.Environment!.State));
        CollectionAssert.AreEqual(
            new[]
            {
                "begin Connecting train-a to h100-8x: Checking the environment's state (looking)", "report : Request sent (requested)",
                "report : Accepted (accepted)", "report : Accepted. Current state: Connecting (connecting)", "end :  (connected)",
            },
            _progress.ConvertAll(p => $"{p.Kind} {p.Title}: {p.Message} ({p.Stage})"));
    }

    [TestMethod]
    public async Task A_second_change_of_an_environment_is_refused_while_the_first_is_in_progress()
    {
        var answer = new TaskCompletionSource();
        AnswersConnect(answer.Task);
        Shows(Samples.AtGateway("DISCONNECTED"));

        var first = ConnectAsync(Wait.Accepted);
        var refusal = await Assert.ThrowsExactlyAsync<MethodException>(() => ConnectAsync());
        Assert.AreEqual((int)GoogleRpcCode.FailedPrecondition, refusal.Code);
        Assert.AreEqual(Outcomes.NotApplied, refusal.ErrorData!.Outcome);

        Shows(Samples.AtGateway("CONNECTING", 1, "h100-8x"));
        answer.SetResult();
        await first;
        _gateway.Verify(Connect, Times.Once);
    }

    [TestMethod]
    public async Task A_504_after_the_effect_is_a_success_and_nothing_is_sent_again()
    {
        AnswersConnect(Task.FromException(Samples.Answered(504, GoogleRpcCode.DeadlineExceeded)));
        Shows(Samples.AtGateway("DISCONNECTED"));
        Shows(Samples.AtGateway("CONNECTED", 1, "h100-8x"));

        Assert.AreEqual("CONNECTED", (await ConnectAsync()).State);
        _gateway.Verify(Connect, Times.Once);
    }

    [TestMethod]
    public async Task Canceling_responds_at_once_and_releases_the_environment_after_the_request()
    {
        var answer = new TaskCompletionSource();
        AnswersConnect(answer.Task);
        Shows(Samples.AtGateway("DISCONNECTED"));
        using var cancel = new CancellationTokenSource();

        var connecting = ConnectAsync(cancellationToken: cancel.Token);
        await cancel.CancelAsync();
        var left = await Assert.ThrowsExactlyAsync<MethodException>(() => connecting);
        Assert.AreEqual(MethodException.RequestCancelled, left.Code);
        Assert.AreEqual(Outcomes.Unknown, left.ErrorData!.Outcome);
        StringAssert.Contains(left.Message, "train-a may still connect");

        var busy = await Assert.ThrowsExactlyAsync<MethodException>(() => ConnectAsync());
        Assert.AreEqual((int)GoogleRpcCode.FailedPrecondition, busy.Code);
        _lock.Verify(l => l.Dispose(), Times.Never);

        answer.SetResult();
        _lock.Verify(l => l.Dispose(), Times.Once);
        await NextChangeSucceedsAsync();
    }

    [TestMethod]
    public async Task The_time_limit_ends_the_waiting_with_the_last_state()
    {
        AnswersConnect(Task.CompletedTask);
        Shows(Samples.AtGateway("DISCONNECTED"));
        Shows(Samples.AtGateway("CONNECTING", 1, "h100-8x"));

        var connecting = ConnectAsync(timeout: TimeSpan.FromSeconds(1));
        await _time.AdvanceOnceAwaitedAsync(TimeSpan.FromSeconds(1));
        var late = await Assert.ThrowsExactlyAsync<MethodException>(() => connecting);
        Assert.AreEqual((int)GoogleRpcCode.DeadlineExceeded, late.Code);
        Assert.AreEqual(Outcomes.Unknown, late.ErrorData!.Outcome);
        _gateway.Verify(Connect, Times.Once);
    }

    [TestMethod]
    public async Task A_failed_connect_carries_the_environments_own_status()
    {
        AnswersConnect(Task.CompletedTask);
        Shows(Samples.AtGateway("DISCONNECTED"));
        Shows(Samples.AtGateway(
            "DISCONNECTED", 1, status: new GatewayStatus { Code = GoogleRpcCode.ResourceExhausted, Message = "no capacity" }));

        var failed = await FailsInTheEndAsync();
        Assert.AreEqual((int)GoogleRpcCode.ResourceExhausted, failed.Code);
        Assert.AreEqual(Outcomes.NotApplied, failed.ErrorData!.Outcome);
        StringAssert.Contains(failed.Message, "no capacity");
        StringAssert.Contains(failed.ErrorData.Detail, "Choose another node pool");
    }

    [TestMethod]
    public async Task A_bug_is_reported_to_the_caller()
    {
        _gateway.Setup(Connect).Throws(new InvalidOperationException("a defect"));
        Shows(Samples.AtGateway("DISCONNECTED"));
        await Assert.ThrowsExactlyAsync<InvalidOperationException>(() => ConnectAsync());
        await NextChangeSucceedsAsync();
    }

    [TestMethod]
    public async Task More_ranks_than_requested_are_listed_in_the_result()
    {
        AnswersConnect(Task.CompletedTask);
        Shows(Samples.AtGateway("DISCONNECTED"));
        var rounded = Samples.AtGateway("CONNECTED", 1, "h100-8x");
        Shows(rounded with { Connection = rounded.Connection! with { NumRanks = 16 } });
        Assert.AreEqual("16", (await ConnectAsync()).Differences!.Single().Actual);
    }

    [TestMethod]
    public async Task Another_node_pool_after_acceptance_is_unknown_and_both_are_named()
    {
        AnswersConnect(Task.CompletedTask);
        Shows(Samples.AtGateway("DISCONNECTED"));
        Shows(Samples.AtGateway("CONNECTED", 1, "cpu"));
        var unknown = await FailsInTheEndAsync();
        Assert.AreEqual(Outcomes.Unknown, unknown.ErrorData!.Outcome);
        Assert.IsFalse(unknown.ErrorData.Retryable);
        StringAssert.Contains(unknown.Message, "connected to cpu instead of h100-8x");
    }

    [TestMethod]
    public async Task An_accepted_connect_that_does_not_start_is_unknown()
    {
        AnswersConnect(Task.CompletedTask);
        Shows(Samples.AtGateway("DISCONNECTED"));
        var unknown = await FailsInTheEndAsync();
        Assert.AreEqual(Outcomes.Unknown, unknown.ErrorData!.Outcome);
        StringAssert.Contains(unknown.Message, "the state of train-a is still Disconnected");
    }

    [TestMethod]
    public async Task A_different_connection_after_a_lost_response_is_unknown_and_not_retryable()
    {
        AnswersConnect(Task.FromException(Samples.Lost()));
        Shows(Samples.AtGateway("DISCONNECTED"));
        var rounded = Samples.AtGateway("CONNECTED", 1, "h100-8x");
        Shows(rounded with { Connection = rounded.Connection! with { NumRanks = 16 } });
        var unknown = await FailsInTheEndAsync();
        Assert.AreEqual(Outcomes.Unknown, unknown.ErrorData!.Outcome);
        Assert.IsFalse(unknown.ErrorData.Retryable);
        Assert.AreEqual("CONNECTED", unknown.ErrorData.Environment!.State);
        StringAssert.Contains(unknown.Message, "not exactly as requested");
    }

    [TestMethod]
    public async Task A_bug_in_a_read_is_reported_to_the_caller()
    {
        var isDefect = true;
        _states.Enqueue(() => isDefect ? throw new InvalidOperationException("a defect") : Samples.AtGateway("DISCONNECTED"));
        await Assert.ThrowsExactlyAsync<InvalidOperationException>(() => ConnectAsync());
        isDefect = false;
        await NextChangeSucceedsAsync();
    }

    [TestMethod]
    [DataRow("reading what was learned")]
    [DataRow("reading the record")]
    [DataRow("writing the record")]
    [DataRow("making the actor")]
    [DataRow("clearing the record")]
    [DataRow("freeing the lock")]
    public async Task A_bug_before_or_after_a_change_releases_the_environment(string where)
    {
        var isDefect = true;
        void Act(string place)
        {
            if (isDefect && where == place)
                throw new InvalidOperationException("a defect");
        }

        _store.Setup(s => s.Read(It.IsAny<string>())).Callback(() => Act("reading what was learned"));
        _lock.Setup(l => l.Read()).Callback(() => Act("reading the record")).Returns("left");
        _lock.Setup(l => l.Write(It.IsNotNull<string>())).Callback(() => Act("writing the record"));
        _lock.Setup(l => l.Write(null)).Callback(() => Act("clearing the record"));
        _lock.Setup(l => l.Dispose()).Callback(() =>
        {
            _locksHeld--;
            Act("freeing the lock");
        });
        _creating = () => Act("making the actor");
        AnswersConnect(Task.CompletedTask);
        Shows(Samples.AtGateway("DISCONNECTED"));
        Shows(Samples.AtGateway("CONNECTED", 1, "h100-8x"));
        var defect = await Assert.ThrowsAsync<Exception>(() => ConnectAsync());
        Assert.AreEqual("a defect", (defect as AggregateException)?.InnerExceptions[0].Message ?? defect.Message);
        Assert.AreEqual(0, _locksHeld);
        isDefect = false;
        _states.Clear();
        Shows(Samples.AtGateway("CONNECTED", 2, "h100-8x"));
        await NextChangeSucceedsAsync();
    }

    [TestMethod]
    public async Task A_time_limit_that_has_already_passed_ends_the_change_at_once()
    {
        var late = _service.RunAsync(
            _ =>
            {
                _time.Advance(Timeout + TimeSpan.FromMilliseconds(2));
                return Task.FromResult(Samples.Connect().Key);
            },
            static _ => Samples.Connect(),
            Timeout,
            report: null,
            CancellationToken.None);
        Assert.IsTrue(late.IsCompleted);
        var error = await Assert.ThrowsExactlyAsync<MethodException>(() => late);
        Assert.AreEqual(Outcomes.NotApplied, error.ErrorData!.Outcome);
    }

    [TestMethod]
    public async Task Each_failed_read_of_a_change_is_published_and_the_error_claims_nothing_unconfirmed()
    {
        Shows(Samples.AtGateway("CONNECTED", 1, "h100-8x") with { DisplayName = "Night run" });
        AnswersDisconnect(Task.FromException(Samples.Answered(401, GoogleRpcCode.Unauthenticated)));
        await Assert.ThrowsExactlyAsync<MethodException>(() => RunAsync(Samples.Disconnect()));
        _states.Clear();
        _news.Clear();
        var reads = 0;
        _states.Enqueue(() =>
        {
            reads++;
            throw Samples.Lost();
        });

        var failed = await FailsInTheEndAsync(RunAsync(Samples.Disconnect()));
        Assert.IsGreaterThan(4, reads);
        Assert.HasCount(reads, _news);
        Assert.IsTrue(_news.TrueForAll(static news => news is { Problem.Code: (int)GoogleRpcCode.Unavailable, Environment.State: "CONNECTED" }));
        Assert.AreEqual(Outcomes.NotApplied, failed.ErrorData!.Outcome);
        StringAssert.StartsWith(failed.Message, "Couldn't disconnect Night run. Nothing was sent. ");
        Assert.DoesNotContain("connected", failed.Message, StringComparison.OrdinalIgnoreCase);
    }

    [TestMethod]
    public async Task Failed_reads_after_acceptance_are_published_until_one_succeeds()
    {
        AnswersConnect(Task.CompletedTask);
        Shows(Samples.AtGateway("DISCONNECTED"));
        _states.Enqueue(static () => throw Samples.Lost());
        _states.Enqueue(static () => throw Samples.Answered(502, GoogleRpcCode.Unavailable));
        Shows(Samples.AtGateway("CONNECTED", 1, "h100-8x"));
        var connecting = ConnectAsync();
        while (!connecting.IsCompleted)
            await _time.AdvanceOnceAwaitedAsync(TimeSpan.FromSeconds(10));
        await connecting;
        CollectionAssert.AreEqual(
            new[] { "DISCONNECTED", "DISCONNECTED UNAVAILABLE", "DISCONNECTED UNAVAILABLE", "CONNECTED" },
            _news.ConvertAll(static n => $"{n.Environment!.State} {n.Problem?.Status}".TrimEnd()));
    }

    // Whatever the last change resulted in, the environment must be free for the next one.
    private async Task NextChangeSucceedsAsync()
    {
        AnswersConnect(Task.CompletedTask);
        Shows(Samples.AtGateway("DISCONNECTED", 3));
        Shows(Samples.AtGateway("CONNECTED", 4, "h100-8x"));
        _states.Dequeue();
        Assert.AreEqual("CONNECTED", (await ConnectAsync()).State);
    }

    [TestMethod]
    public async Task A_connect_without_a_lock_is_sent_only_if_allowed()
    {
        _store.Setup(s => s.TryLock(It.IsAny<string>())).Returns(new LockAttempt.Unusable("Too many open files."));
        Shows(Samples.AtGateway("DISCONNECTED"));
        var refused = await Assert.ThrowsExactlyAsync<MethodException>(() => ConnectAsync());
        Assert.AreEqual((int)GoogleRpcCode.FailedPrecondition, refused.Code);
        Assert.AreEqual("Too many open files.", refused.ErrorData!.Unprotected);
        Assert.AreEqual(Outcomes.NotApplied, refused.ErrorData.Outcome);
        StringAssert.Contains(refused.Message, "Nothing was sent");
        Assert.IsEmpty(_log);
        _gateway.Verify(Connect, Times.Never);

        AnswersConnect(Task.CompletedTask);
        Shows(Samples.AtGateway("CONNECTED", 1, "h100-8x"));
        var connected = await RunAsync(Samples.Connect() with { AllowUnprotected = true });
        Assert.AreEqual("Too many open files.", connected.Unprotected);
        StringAssert.Contains(_log.Single(), "Too many open files.");
    }

    [TestMethod]
    public async Task A_change_that_cannot_be_recorded_is_as_unprotected_as_one_without_its_lock()
    {
        _lock.Setup(l => l.Write(It.IsAny<string>())).Returns("No space left on device.");
        Shows(Samples.AtGateway("CONNECTED", 1, "h100-8x"));
        var refused = await Assert.ThrowsExactlyAsync<MethodException>(() => ConnectAsync());
        Assert.AreEqual("No space left on device.", refused.ErrorData!.Unprotected);
        _lock.Verify(l => l.Dispose(), Times.Once);
    }

    [TestMethod]
    public async Task A_disconnect_is_sent_without_a_lock_and_reports_that()
    {
        _store.Setup(s => s.TryLock(It.IsAny<string>())).Returns(new LockAttempt.Unusable("Access is denied."));
        AnswersDisconnect(Task.CompletedTask);
        Shows(Samples.AtGateway("CONNECTED", 1, "h100-8x"));
        Shows(Samples.AtGateway("DISCONNECTED", 2));
        var disconnected = await RunAsync(Samples.Disconnect());
        Assert.AreEqual("DISCONNECTED", disconnected.State);
        Assert.AreEqual("Access is denied.", disconnected.Unprotected);
        StringAssert.Contains(_log.Single(), "Access is denied.");

        AnswersDisconnect(Task.FromException(Samples.Answered(403, GoogleRpcCode.PermissionDenied)));
        var failed = await Assert.ThrowsExactlyAsync<MethodException>(() => RunAsync(Samples.Disconnect()));
        Assert.AreEqual("Access is denied.", failed.ErrorData!.Unprotected);
    }

    [TestMethod]
    public async Task A_lock_of_another_process_also_prevents_a_disconnect()
    {
        _store.Setup(s => s.TryLock(It.IsAny<string>())).Returns(new LockAttempt.Held());
        var busy = await Assert.ThrowsExactlyAsync<MethodException>(() => RunAsync(Samples.Disconnect()));
        StringAssert.Contains(busy.Message, "Another window");
        Assert.IsNull(busy.ErrorData!.Unprotected);
    }

    private static System.Linq.Expressions.Expression<Func<IGateway, Task>> Disconnect => g => g.DisconnectEnvironmentAsync(
        It.IsAny<string>(), It.IsAny<string>(), It.IsAny<GatewayDisconnectEnvironmentBody>(), It.IsAny<CancellationToken>());

    private static System.Linq.Expressions.Expression<Func<IGateway, Task>> Connect => g => g.ConnectEnvironmentAsync(
        It.IsAny<string>(), It.IsAny<string>(), It.IsAny<GatewayConnectEnvironmentBody>(), It.IsAny<CancellationToken>());

    private Task<MethodException> FailsInTheEndAsync() => FailsInTheEndAsync(ConnectAsync());

    private async Task<MethodException> FailsInTheEndAsync(Task change)
    {
        while (!change.IsCompleted)
            await _time.AdvanceOnceAwaitedAsync(TimeSpan.FromSeconds(10));
        return await Assert.ThrowsExactlyAsync<MethodException>(() => change);
    }

    private void AnswersConnect(Task answer) => _gateway.Setup(Connect).Returns(answer);

    private void AnswersDisconnect(Task answer) => _gateway.Setup(Disconnect).Returns(answer);

    private Task<EnvironmentInfo> RunAsync(Change change) =>
        _service.RunAsync(_ => Task.FromResult(change.Key), _ => change, Timeout, report: null, CancellationToken.None);

    private void Shows(GatewayEnvironment environment) => _states.Enqueue(() => environment);

    private Task<EnvironmentInfo> ConnectAsync(
        Wait wait = Wait.Settled, TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        _service.RunAsync(_ => Task.FromResult(Samples.Connect().Key), _ => Samples.Connect(wait), timeout ?? Timeout, _progress.Add, cancellationToken);
}
