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

/// <summary>When a read is sent, and which reads it precedes.</summary>
[TestClass]
public sealed class EnvironmentPollerTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly TestTimeProvider _time = new();
    private readonly RequestRateLimiter _pace;
    private readonly EnvironmentPoller _questions;
    private readonly List<TimeSpan> _asked = [];
    private Func<Task<GatewayEnvironment>> _answer = static () => Task.FromResult(Samples.AtGateway("CONNECTED"));
    private double _random;
    private readonly List<EnvironmentChangedParams> _told = [];
    private int _silences;

    public EnvironmentPollerTests()
    {
        var began = _time.GetTimestamp();
        _pace = new RequestRateLimiter(_time);
        var gateway = new Mock<IGateway>(MockBehavior.Strict);
        gateway.Setup(g => g.GetEnvironmentAsync("acme", "train-a", It.IsAny<CancellationToken>()))
            .Returns(async (string _, string _, CancellationToken cancellationToken) =>
            {
                await _pace.EnterAsync(isChange: false, cancellationToken); // like the gateway client
                _asked.Add(_time.GetElapsedTime(began));
                return await _answer().WaitAsync(cancellationToken) with { RequestedAt = _time.GetTimestamp() };
            });
        var news = Wiring.News(_told.Add, _time);
        var reader = new EnvironmentReader(gateway.Object, news, _time);
        var rounds = new WatchBatcher(gateway.Object, reader, news, _time);
        _questions = new EnvironmentPoller(reader, rounds, news, _pace, new ReadRetry(_pace, _time, Random), _time, Random);

        double Random() => _random;
    }

    [TestMethod]
    [DataRow(0.0, 10.0)]
    [DataRow(0.5, 10.5)]
    [DataRow(0.9, 10.9)]
    public async Task A_read_is_never_early_and_at_most_a_tenth_late(double random, double seconds)
    {
        _random = random;
        var looking = AskAsync(new EnvironmentAction.Ask(10 * Second, Minute, IsUrgent: true));
        _time.Advance(TimeSpan.FromSeconds(seconds - 0.01));
        Assert.IsEmpty(_asked);
        _time.Advance(TimeSpan.FromSeconds(0.02));
        await looking;
        Assert.AreEqual(seconds, _asked.Single().TotalSeconds, 0.01);
    }

    [TestMethod]
    public async Task Within_the_limit_requested_reads_come_before_polls()
    {
        _pace.OnTooManyRequests();
        for (var i = 0; i < 6; i++)
            await AskAsync(new EnvironmentAction.Ask(TimeSpan.Zero, Minute, IsUrgent: false));
        var poll = AskAsync(new EnvironmentAction.Ask(TimeSpan.Zero, 2 * Minute, IsUrgent: false));
        Assert.IsFalse(poll.IsCompleted);
        for (var i = 0; i < 3; i++)
            await AskAsync(new EnvironmentAction.Ask(TimeSpan.Zero, Minute, IsUrgent: true));
        Assert.HasCount(9, _asked);
        Assert.IsFalse(AskAsync(new EnvironmentAction.Ask(TimeSpan.Zero, 2 * Minute, IsUrgent: true)).IsCompleted, "the tenth is left for a change");
        await _pace.EnterAsync(isChange: true, CancellationToken.None);
    }

    [TestMethod]
    [DataRow(30, 90, DisplayName = "the budget")]
    [DataRow(90, 30, DisplayName = "the caller's time")]
    public async Task A_turn_after_the_budget_or_time_limit_is_not_awaited(int budget, int caller)
    {
        _pace.OnRetryAfter(Minute);
        var fault = await Assert.ThrowsExactlyAsync<GatewayException>(
            () => AskAsync(new EnvironmentAction.Ask(TimeSpan.Zero, budget * Second, IsUrgent: true), caller * Second));
        Assert.AreEqual(Minute, fault.RetryAfter);
        Assert.IsEmpty(_asked);
    }

    [TestMethod]
    public async Task A_turn_within_the_time_limit_is_awaited()
    {
        _pace.OnRetryAfter(Minute);
        var looking = AskAsync(new EnvironmentAction.Ask(TimeSpan.Zero, 90 * Second, IsUrgent: true), 90 * Second);
        await _time.AdvanceOnceAwaitedAsync(Minute + RequestRateLimiter.Tick);
        await looking;
        Assert.AreEqual(0, _silences);
    }

    [TestMethod]
    public async Task A_read_for_watching_waits_for_its_turn_without_limit()
    {
        _pace.OnRetryAfter(60 * Minute);
        var looking = AskAsync(new EnvironmentAction.Ask(TimeSpan.Zero, TimeSpan.Zero, IsUrgent: false), Second);
        await _time.AdvanceOnceAwaitedAsync((60 * Minute) + RequestRateLimiter.Tick);
        await looking;
    }

    [TestMethod]
    public async Task A_read_for_watching_is_not_retried()
    {
        _answer = static () => Task.FromException<GatewayEnvironment>(Samples.Lost());
        await Assert.ThrowsExactlyAsync<GatewayException>(() => AskAsync(new EnvironmentAction.Ask(TimeSpan.Zero, TimeSpan.Zero, IsUrgent: false)));
        Assert.HasCount(1, _asked);
        Assert.AreEqual(0, _silences);
    }

    [TestMethod]
    public async Task An_unresponsive_gateway_gets_a_break_of_ten_seconds()
    {
        _answer = static () => Task.FromException<GatewayEnvironment>(Samples.Lost());
        for (var i = 0; i < 20; i++)
            await Assert.ThrowsExactlyAsync<GatewayException>(() => AskAsync(new EnvironmentAction.Ask(TimeSpan.Zero, TimeSpan.Zero, IsUrgent: false)));
        await Assert.ThrowsExactlyAsync<GatewayException>(() => AskAsync(new EnvironmentAction.Ask(TimeSpan.Zero, TimeSpan.Zero, IsUrgent: false)));
        Assert.HasCount(20, _asked, "the last one is not sent");
        Assert.HasCount(21, _told, "but it also failed");
        _time.Advance(10 * Second);
        _answer = static () => Task.FromResult(Samples.AtGateway("CONNECTED"));
        Assert.AreEqual("CONNECTED", (await AskAsync(new EnvironmentAction.Ask(TimeSpan.Zero, TimeSpan.Zero, IsUrgent: false))).Environment.State);
    }

    [TestMethod]
    public async Task A_read_that_the_budget_cuts_off_is_published()
    {
        _answer = static () => new TaskCompletionSource<GatewayEnvironment>().Task;
        var looking = AskAsync(new EnvironmentAction.Ask(TimeSpan.Zero, Minute, IsUrgent: true));
        Assert.IsEmpty(_told);
        await _time.AdvanceOnceAwaitedAsync(Minute);
        await Assert.ThrowsExactlyAsync<GatewayException>(() => looking);
        Assert.AreEqual("UNAVAILABLE", _told.Single().Problem!.Status);
    }

    [TestMethod]
    public async Task An_account_with_a_limit_is_polled_less_often()
    {
        _pace.OnTooManyRequests();
        _time.Advance(RequestRateLimiter.LimitLasts);
        var looking = AskAsync(new EnvironmentAction.Ask(Second, Minute, IsUrgent: false) { Seldom = 5 * Second });
        await _time.AdvanceOnceAwaitedAsync(5 * Second);
        await looking;
        Assert.AreEqual(RequestRateLimiter.LimitLasts + (5 * Second), _asked.Single());
    }

    private Task<Observation> AskAsync(EnvironmentAction.Ask ask, TimeSpan? left = null) =>
        _questions.AskAsync(Samples.Key, ask, left ?? TimeSpan.FromHours(1), () => _silences++, CancellationToken.None);
}
