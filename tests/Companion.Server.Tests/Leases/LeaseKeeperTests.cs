using System.Linq.Expressions;
using Companion.Gateway;
using Companion.Gateway.Api;
using Companion.Gateway.Resources;
using Companion.Protocol;
using Companion.Server.Errors;
using Companion.Server.Tests.Support;
using Companion.Testing;
using Moq;

namespace Companion.Server.Tests.Leases;

/// <summary>Leases with the real changes behind them, on a clock that doesn't advance on its own.</summary>
[TestClass]
public sealed class LeaseKeeperTests
{
    private static readonly LeaseParams Hour = new() { DurationSeconds = 3600 };

    private readonly TestTimeProvider _time = new();
    private readonly Mock<IGateway> _gateway = new(MockBehavior.Strict);
    private readonly MemoryStore _store = new();
    private readonly List<GatewayDisconnectEnvironmentBody> _disconnects = [];
    private Func<Task> _answer = static () => Task.CompletedTask;
    private Func<Task> _answerConnect = static () => Task.CompletedTask;
    private GatewayEnvironment _now = Samples.AtGateway("DISCONNECTED");
    private int _reads;

    public LeaseKeeperTests()
    {
        _gateway.Setup(g => g.GetEnvironmentAsync("acme", "train-a", It.IsAny<CancellationToken>())).Returns(() =>
        {
            _reads++;
            return Task.FromResult(_now with { RequestedAt = _time.GetTimestamp() });
        });
        _gateway.Setup(Connect).Returns(() => _answerConnect());
        _answerConnect = () =>
        {
            _now = Samples.AtGateway("CONNECTED", 1, "h100-8x");
            return Task.CompletedTask;
        };
        _gateway
            .Setup(g => g.DisconnectEnvironmentAsync("acme", "train-a", It.IsAny<GatewayDisconnectEnvironmentBody>(), It.IsAny<CancellationToken>()))
            .Returns((string _, string _, GatewayDisconnectEnvironmentBody body, CancellationToken _) =>
            {
                _disconnects.Add(body);
                return _answer();
            });
        _answer = Disconnects;
    }

    [TestMethod]
    public async Task A_connection_is_ended_once_at_its_end_and_the_gateway_is_not_asked_before()
    {
        using var window = Open();
        var connected = await window.ConnectAsync(Hour);
        Assert.AreEqual(_time.GetUtcNow().AddHours(1), connected.Lease!.Until);
        var (reads, end) = (_reads, connected.Lease.Until);

        Advance(TimeSpan.FromMinutes(60) - TimeSpan.FromSeconds(10));
        Assert.AreEqual(reads, _reads);
        Assert.IsEmpty(_disconnects);
        CollectionAssert.AreEqual(new[] { end, end, end }, window.Notices.ConvertAll(static n => n.Until));
        Assert.AreEqual(end, window.Notices[0].Environment!.Lease!.Until);

        Advance(TimeSpan.FromMinutes(5));
        Assert.AreEqual(new GatewayDisconnectEnvironmentBody(), _disconnects.Single());
        Assert.IsNull((await window.ReadAsync()).Lease);
        Advance(TimeSpan.FromHours(5));
        Assert.HasCount(1, _disconnects);
    }

    [TestMethod]
    public async Task A_lease_can_be_set_extended_and_cleared_while_connected()
    {
        using var window = Open();
        await Assert.ThrowsExactlyAsync<MethodException>(() => window.SetAsync(Hour));
        await window.ConnectAsync(lease: null);
        Assert.AreEqual(_time.GetUtcNow().AddHours(1), (await window.SetAsync(Hour)).Lease!.Until);
        Advance(TimeSpan.FromMinutes(59));
        Assert.AreEqual(_time.GetUtcNow().AddHours(1), (await window.SetAsync(Hour)).Lease!.Until);
        Advance(TimeSpan.FromMinutes(59));
        var news = window.News.Count;
        Assert.IsNull((await window.SetAsync(lease: null)).Lease);
        Assert.IsNull(window.News[news].Environment!.Lease);
        Assert.IsNull((await window.SetAsync(lease: null)).Lease);
        Advance(TimeSpan.FromHours(5));
        Assert.IsEmpty(_disconnects);
    }

    [TestMethod]
    [DataRow("CONNECTED", 2, "cpu", false)]
    [DataRow("DISCONNECTED", 2, null, false)]
    [DataRow("CONNECTED", 2, "h100-8x", true, DisplayName = "perhaps reconnected the same way")]
    public async Task Another_connection_is_never_ended(string state, int changed, string? pool, bool isShown)
    {
        using var window = Open();
        await window.ConnectAsync(Hour);
        var end = _time.GetUtcNow().AddHours(1);
        _now = Samples.AtGateway(state, changed, pool);
        Advance(TimeSpan.FromHours(5));
        Assert.IsEmpty(_disconnects);
        var lease = (await window.ReadAsync()).Lease;
        Assert.AreEqual(isShown, lease is not null);
        Assert.AreEqual(isShown ? end : null, lease?.Missed);
        Assert.IsTrue(lease is null or { KeptBy: [] });
    }

    [TestMethod]
    public async Task An_update_between_two_close_reads_does_not_hide_the_connection()
    {
        using var window = Open();
        await window.ConnectAsync(Hour);
        Advance(TimeSpan.FromSeconds(30));
        _now = Samples.AtGateway("CONNECTED", 2, "h100-8x");
        await window.ReadAsync();
        Advance(TimeSpan.FromHours(1));
        Assert.HasCount(1, _disconnects);
    }

    [TestMethod]
    [DataRow(null, null, DisplayName = "its ranks and the time of its update")]
    [DataRow(8, null, DisplayName = "only the time of its update")]
    public async Task What_the_gateway_omits_does_not_make_another_connection_the_one_that_is_ended(int? ranks, DateTimeOffset? updateTime)
    {
        using var window = Open();
        await window.ConnectAsync(Hour);
        for (var minute = 0; minute < 90; minute++)
        {
            _now = Samples.AtGateway("CONNECTED", 2, "h100-8x") with
            {
                Connection = new GatewayEnvironmentConnection { NodePoolId = "h100-8x", NumRanks = ranks },
                UpdateTime = updateTime,
            };
            await window.ReadAsync();
            Advance(TimeSpan.FromMinutes(1));
        }

        Assert.HasCount(ranks is null ? 0 : 1, _disconnects); // if nothing but the time is missing, it's as good as certain
    }

    [TestMethod]
    public async Task The_end_of_the_previous_connection_is_not_shown_for_the_next_one()
    {
        using var window = Open();
        await window.ConnectAsync(Hour);
        _answerConnect = () =>
        {
            _now = Samples.AtGateway("RECONNECTING", 2, "h100-8x");
            return Task.CompletedTask;
        };
        var reconnecting = window.ConnectAsync(new LeaseParams { DurationSeconds = 7200 });
        Advance(TimeSpan.FromMinutes(1));
        Assert.IsNull((await window.ReadAsync()).Lease);
        _now = Samples.AtGateway("CONNECTED", 3, "h100-8x");
        Advance(TimeSpan.FromMinutes(1));
        var lease = (await reconnecting).Lease!;
        Assert.IsTrue(lease.Until > _time.GetUtcNow().AddMinutes(110));
    }

    [TestMethod]
    public async Task Two_close_reads_of_another_connection_do_not_make_it_the_one_that_is_ended()
    {
        using var window = Open();
        await window.ConnectAsync(Hour);
        Advance(TimeSpan.FromMinutes(2));
        _now = Samples.AtGateway("CONNECTED", 2, "h100-8x");
        await window.ReadAsync();
        Advance(TimeSpan.FromSeconds(10));
        await window.ReadAsync();
        Advance(TimeSpan.FromHours(5));
        Assert.IsEmpty(_disconnects);
        Assert.IsNotNull((await window.ReadAsync()).Lease!.Missed);
    }

    [TestMethod]
    public async Task A_connect_without_a_lease_drops_the_one_before()
    {
        using var window = Open();
        await window.ConnectAsync(Hour);
        Assert.IsNull((await window.ConnectAsync(lease: null)).Lease);
        Advance(TimeSpan.FromHours(5));
        Assert.IsEmpty(_disconnects);
    }

    [TestMethod]
    public async Task A_disconnect_that_provably_had_no_effect_is_repeated_after_a_new_look()
    {
        using var window = Open();
        await window.ConnectAsync(Hour);
        _answer = static () => Task.FromException(Samples.Answered(403, GoogleRpcCode.PermissionDenied));
        Advance(TimeSpan.FromHours(1));
        Assert.HasCount(1, _disconnects);
        var reads = _reads;
        _answer = Disconnects;
        Advance(TimeSpan.FromSeconds(20));
        Assert.HasCount(1, _disconnects);
        Assert.AreEqual(reads, _reads);
        Advance(TimeSpan.FromSeconds(20));
        Assert.HasCount(2, _disconnects);
        Assert.IsGreaterThan(reads, _reads);
    }

    [TestMethod]
    public async Task A_disconnect_is_not_repeated_if_someone_connected_it_elsewhere_meanwhile()
    {
        using var window = Open();
        await window.ConnectAsync(Hour);
        _answer = static () => Task.FromException(Samples.Answered(403, GoogleRpcCode.PermissionDenied));
        Advance(TimeSpan.FromHours(1));
        _now = Samples.AtGateway("CONNECTED", 3, "cpu");
        Advance(TimeSpan.FromHours(1));
        Assert.HasCount(1, _disconnects);
        Assert.IsNull((await window.ReadAsync()).Lease);
    }

    [TestMethod]
    public async Task A_disconnect_whose_outcome_is_unknown_is_shown_and_never_repeated()
    {
        using var window = Open();
        await window.ConnectAsync(Hour);
        var end = _time.GetUtcNow().AddHours(1);
        _answer = static () => Task.CompletedTask; // accepted, without any effect
        Advance(TimeSpan.FromHours(5));
        Assert.HasCount(1, _disconnects);
        var lease = (await window.ReadAsync()).Lease!;
        Assert.AreEqual(end, lease.Missed);
        Assert.IsEmpty(lease.KeptBy);

        _now = Samples.AtGateway("DISCONNECTED", 5);
        Assert.IsNull((await window.ReadAsync()).Lease);
    }

    [TestMethod]
    public async Task Of_two_windows_only_one_announces_and_disconnects()
    {
        using var first = Open();
        using var second = Open();
        await second.ReadAsync(); // from now on, it knows an older state
        Advance(TimeSpan.FromSeconds(10));
        await first.ConnectAsync(Hour);
        Assert.IsNotNull((await first.ReadAsync()).Lease);
        Assert.IsNotNull((await second.ReadAsync()).Lease);
        Advance(TimeSpan.FromHours(1) + TimeSpan.FromMinutes(5));
        Assert.HasCount(1, _disconnects);
        Assert.HasCount(3, first.Notices.Concat(second.Notices).ToList());
    }

    [TestMethod]
    public async Task A_process_that_runs_only_for_a_moment_leaves_notices_and_disconnects_to_others()
    {
        using var command = Open(isActive: false);
        await command.ConnectAsync(Hour);
        Advance(TimeSpan.FromHours(1) + TimeSpan.FromSeconds(30));
        Assert.IsEmpty(command.Notices);
        Assert.IsEmpty(_disconnects);
        Assert.IsNotEmpty((await command.ReadAsync()).Lease!.KeptBy);

        using var window = Open();
        Advance(TimeSpan.FromSeconds(10));
        Assert.HasCount(1, _disconnects);
    }

    [TestMethod]
    public async Task Another_window_keeps_the_end_if_the_first_is_closed()
    {
        using var second = Open();
        using (var first = Open())
            await first.ConnectAsync(Hour);
        Advance(TimeSpan.FromHours(1) + TimeSpan.FromMinutes(5));
        Assert.HasCount(1, _disconnects);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task An_end_that_passed_while_nothing_ran_is_made_up_for_after_a_notice(bool isStopped)
    {
        using (var first = Open())
            await first.ConnectAsync(Hour);
        var end = _time.GetUtcNow().AddHours(1);
        _time.Advance(TimeSpan.FromHours(8));

        using var window = Open(hasKey: false);
        Advance(TimeSpan.FromMinutes(10));
        Assert.IsEmpty(window.Notices);
        Assert.AreEqual(end, (await window.ReadAsync()).Lease!.Missed);

        window.ChangeKey(hasKey: true);
        var notice = window.Notices.Single();
        Assert.AreEqual(_time.GetUtcNow().AddMinutes(2), notice.Until);
        Advance(TimeSpan.FromSeconds(110));
        Assert.IsEmpty(_disconnects);
        if (isStopped)
            await window.SetAsync(lease: null);
        Advance(TimeSpan.FromMinutes(2));
        Assert.HasCount(isStopped ? 0 : 1, _disconnects);
    }

    [TestMethod]
    public async Task After_signing_out_nothing_is_ended_and_the_end_is_shown_as_missed()
    {
        using var window = Open();
        await window.ConnectAsync(Hour);
        var end = _time.GetUtcNow().AddHours(1);
        window.ChangeKey(hasKey: false);
        Advance(TimeSpan.FromHours(5));
        Assert.IsEmpty(_disconnects);
        Assert.AreEqual(end, (await window.ReadAsync()).Lease!.Missed);
    }

    [TestMethod]
    [DataRow("acme", true)]
    [DataRow("other", false, DisplayName = "another account's key doesn't see the environment")]
    public async Task A_deleted_environment_drops_its_lease(string accountId, bool isDropped)
    {
        using (var first = Open())
            await first.ConnectAsync(Hour);
        using var window = new LeaseWindow(_gateway.Object, _store, _time, hasKey: true, accountId);
        var isGone = true;
        _gateway.Setup(g => g.GetEnvironmentAsync("acme", "train-a", It.IsAny<CancellationToken>())).Returns(() => isGone
            ? Task.FromException<GatewayEnvironment>(Samples.Answered(404, GoogleRpcCode.NotFound))
            : Task.FromResult(_now with { RequestedAt = _time.GetTimestamp() }));
        var reading = window.ReadAsync();
        Advance(TimeSpan.FromSeconds(10));
        await Assert.ThrowsExactlyAsync<GatewayException>(() => reading);
        isGone = false;
        Assert.AreEqual(isDropped, (await window.ReadAsync()).Lease is null);
    }

    [TestMethod]
    public async Task Another_accounts_key_neither_announces_nor_ends_a_lease()
    {
        using (var first = Open())
            await first.ConnectAsync(Hour);
        using var window = new LeaseWindow(_gateway.Object, _store, _time, hasKey: true, accountId: "other");
        Advance(TimeSpan.FromHours(5));
        Assert.IsEmpty(window.Notices);
        Assert.IsEmpty(_disconnects);
    }

    [TestMethod]
    public async Task Only_a_connect_with_a_lease_is_refused_if_nothing_can_be_stored()
    {
        _store.Obstacle = "No space left on device.";
        using var window = Open();
        var refused = await Assert.ThrowsExactlyAsync<MethodException>(() => window.ConnectAsync(Hour));
        Assert.AreEqual((int)GoogleRpcCode.FailedPrecondition, refused.Code);
        Assert.AreEqual(Outcomes.NotApplied, refused.ErrorData!.Outcome);
        Assert.AreEqual(
            "Couldn't store when the connection of train-a ends: No space left on device. Nothing was sent.", refused.Message);
        Assert.AreEqual(0, _reads);
        _gateway.Verify(Connect, Times.Never);
        Assert.AreEqual("CONNECTED", (await window.ConnectAsync(lease: null)).State);
        StringAssert.Contains((await Assert.ThrowsExactlyAsync<MethodException>(() => window.SetAsync(Hour))).Message, "No space left");
    }

    private static Expression<Func<IGateway, Task>> Connect => static g => g.ConnectEnvironmentAsync(
        It.IsAny<string>(), It.IsAny<string>(), It.IsAny<GatewayConnectEnvironmentBody>(), It.IsAny<CancellationToken>());

    private LeaseWindow Open(bool hasKey = true, bool isActive = true) => new(_gateway.Object, _store, _time, hasKey, isActive: isActive);

    private Task Disconnects()
    {
        _now = Samples.AtGateway("DISCONNECTED", 4);
        return Task.CompletedTask;
    }

    // A timer that is set again by its callback runs once per step.
    private void Advance(TimeSpan by)
    {
        var step = TimeSpan.FromSeconds(5);
        for (var left = by; left > TimeSpan.Zero; left -= step)
            _time.Advance(left < step ? left : step);
    }
}
