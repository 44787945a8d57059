using Companion.Gateway.Api;
using Companion.Gateway.Resources;
using Companion.Protocol;
using Companion.Server.Accounts;
using Companion.Server.Errors;
using Companion.Server.Leases;
using Companion.Server.Scheduling;
using Companion.Server.Storage;
using Companion.Server.Tests.Support;
using Companion.Testing;
using Moq;

namespace Companion.Server.Tests.Leases;

/// <summary>Ends that the operating system keeps, too, with a stand-in for its timers.</summary>
[TestClass]
public sealed class SystemEndTests
{
    private static readonly LeaseParams Hour = new() { DurationSeconds = 3600 };

    private readonly TestTimeProvider _time = new();
    private readonly Mock<IGateway> _gateway = new(MockBehavior.Strict);
    private readonly MemoryStore _store = new();
    private readonly Mock<IUserTimers> _timers = new();
    private readonly Dictionary<string, (DateTimeOffset At, string Command)> _set = [];
    private GatewayEnvironment _now = Samples.AtGateway("CONNECTED", 1, "h100-8x");
    private string? _failure;
    private int _disconnects;

    public SystemEndTests()
    {
        _gateway.Setup(g => g.GetEnvironmentAsync("acme", "train-a", It.IsAny<CancellationToken>()))
            .Returns(() => Task.FromResult(_now with { RequestedAt = _time.GetTimestamp() }));
        _gateway
            .Setup(g => g.DisconnectEnvironmentAsync("acme", "train-a", new GatewayDisconnectEnvironmentBody(), It.IsAny<CancellationToken>()))
            .Returns(() =>
            {
                _disconnects++;
                _now = Samples.AtGateway("DISCONNECTED", 2);
                return Task.CompletedTask;
            });
        _timers.Setup(t => t.SetAsync(It.IsAny<string>(), It.IsAny<DateTimeOffset>(), It.IsAny<IReadOnlyList<string>>(), It.IsAny<CancellationToken>()))
            .Returns((string id, DateTimeOffset at, IReadOnlyList<string> command, CancellationToken _) =>
            {
                if (_failure is null)
                    _set[id] = (at, string.Join(' ', command));
                return Task.FromResult(_failure);
            });
        _timers.Setup(t => t.RemoveAsync(It.IsAny<string>(), It.IsAny<CancellationToken>()))
            .Returns((string id, CancellationToken _) =>
            {
                _set.Remove(id);
                return Task.CompletedTask;
            });
    }

    private string Id => SystemEnds.IdOf(new SessionMemory(_store, "https://gateway.example", _time), Samples.Key);

    private static string[] KeptBy(EnvironmentInfo environment) => [.. environment.Lease!.KeptBy];

    [TestMethod]
    public async Task An_end_is_kept_by_the_system_only_if_asked_for()
    {
        using var window = Open();
        CollectionAssert.AreEqual(new[] { "vscode" }, KeptBy(await window.SetAsync(Hour)));
        Assert.IsEmpty(_set);
        var set = await window.SetAsync(Hour, bySystem: true);
        CollectionAssert.AreEqual(new[] { "vscode", "system" }, KeptBy(set));
        Assert.AreEqual((set.Lease!.Until, $"/copy/companion-server --end-lease {Id}"), _set[Id]);
        Assert.AreEqual("https://gateway.example", SystemEnds.ReadOptions(_store, Id)!.GatewayUrl);
    }

    [TestMethod]
    public async Task Moving_an_end_moves_its_timer()
    {
        using var window = Open();
        await window.SetAsync(Hour, bySystem: true);
        _time.Advance(TimeSpan.FromMinutes(10));
        var moved = await window.SetAsync(Hour);
        CollectionAssert.AreEqual(new[] { "vscode", "system" }, KeptBy(moved));
        Assert.AreEqual(moved.Lease!.Until, _set[Id].At);
    }

    [TestMethod]
    public async Task An_end_whose_timer_cannot_be_moved_is_not_promised()
    {
        using var window = Open();
        await window.SetAsync(Hour, bySystem: true);
        _failure = "systemctl: Failed to connect to bus";
        CollectionAssert.AreEqual(new[] { "vscode" }, KeptBy(await window.SetAsync(Hour)));
        await window.Removing;
        Assert.IsEmpty(_set);
        Assert.IsNull(SystemEnds.ReadOptions(_store, Id));
    }

    [TestMethod]
    public async Task A_timer_that_cannot_be_set_is_an_error_and_the_end_is_kept_by_the_client()
    {
        using var window = Open();
        _failure = "systemd doesn't report the timer's time";
        var error = await Assert.ThrowsExactlyAsync<MethodException>(() => window.SetAsync(Hour, bySystem: true));
        Assert.AreEqual(
            "The end of train-a was set, but it's only kept while VS Code is running: systemd doesn't report the timer's time.", error.Message);
        CollectionAssert.AreEqual(new[] { "vscode" }, KeptBy(await window.ReadAsync()));
    }

    [TestMethod]
    [DataRow(KeySources.SignIn, null, false, "the API key must be in auth.ini")]
    [DataRow(KeySources.Environment, "FIREWORKS_API_KEY", false, "the API key must be in auth.ini")]
    [DataRow(KeySources.Environment, "FIREWORKS_API_KEY", true, null)]
    [DataRow(KeySources.File, "/home/ana/.fireworks/auth.ini", false, null)]
    public async Task The_key_must_be_available_without_the_client(string source, string? origin, bool isInServices, string? reason)
    {
        using var window = Open();
        window.Key = new KeyInUse("fw_test_key", "acme", source, origin);
        _timers.Setup(t => t.HasVariableAsync("FIREWORKS_API_KEY", It.IsAny<CancellationToken>())).ReturnsAsync(isInServices);
        if (reason is null)
        {
            await window.SetAsync(Hour, bySystem: true);
            Assert.HasCount(1, _set);
            return;
        }

        var error = await Assert.ThrowsExactlyAsync<MethodException>(() => window.SetAsync(Hour, bySystem: true));
        StringAssert.Contains(error.Message, reason);
        StringAssert.EndsWith(error.Message, "Nothing was changed.");
        Assert.IsNull((await window.ReadAsync()).Lease);
    }

    [TestMethod]
    public async Task Nothing_is_changed_where_there_are_no_timers()
    {
        using var window = new LeaseWindow(_gateway.Object, _store, _time);
        var error = await Assert.ThrowsExactlyAsync<MethodException>(() => window.SetAsync(Hour, bySystem: true));
        StringAssert.Contains(error.Message, "can't set timers on this system");
        Assert.IsNull((await window.ReadAsync()).Lease);
    }

    [TestMethod]
    public async Task An_environment_that_is_not_connected_gets_no_timer()
    {
        using var window = Open();
        _now = Samples.AtGateway("DISCONNECTED", 1);
        await Assert.ThrowsExactlyAsync<MethodException>(() => window.SetAsync(Hour, bySystem: true));
        Assert.IsEmpty(_set);
    }

    [TestMethod]
    [DataRow("cleared")]
    [DataRow("no longer by the system")]
    [DataRow("disconnected by someone")]
    [DataRow("kept")]
    public async Task The_timer_is_removed_when_it_is_no_longer_needed(string why)
    {
        using var window = Open();
        await window.SetAsync(Hour, bySystem: true);
        switch (why)
        {
            case "cleared":
                await window.SetAsync(lease: null);
                break;
            case "no longer by the system":
                CollectionAssert.AreEqual(new[] { "vscode" }, KeptBy(await window.SetAsync(Hour, bySystem: false)));
                break;
            case "disconnected by someone":
                _now = Samples.AtGateway("DISCONNECTED", 2);
                _time.Advance(TimeSpan.FromSeconds(1));
                await window.ReadAsync();
                break;
            default:
                _time.Advance(TimeSpan.FromHours(1));
                Assert.AreEqual(1, _disconnects);
                break;
        }

        await window.Removing;
        Assert.IsEmpty(_set);
        Assert.IsNull(SystemEnds.ReadOptions(_store, Id));
    }

    [TestMethod]
    public async Task Removing_a_timer_does_not_remove_the_one_of_the_next_end()
    {
        using var first = Open();
        using var second = Open();
        await first.SetAsync(Hour, bySystem: true);
        using (((LockAttempt.Taken)_store.TryLock("timers")).Lock) // another process is setting timers
            await first.SetAsync(lease: null);
        var set = second.SetAsync(Hour, bySystem: true);
        _time.Advance(TimeSpan.FromSeconds(1));
        await set;
        _time.Advance(TimeSpan.FromSeconds(1));
        await first.Removing;
        Assert.HasCount(1, _set);
        CollectionAssert.AreEqual(new[] { "vscode", "system" }, KeptBy(await second.ReadAsync()));
    }

    [TestMethod]
    [DataRow(0, 1, DisplayName = "at the end")]
    [DataRow(600, 1, DisplayName = "late, after the computer was off")]
    public async Task A_process_that_a_timer_starts_ends_the_connection(int lateBySeconds, int disconnects)
    {
        using (var window = Open())
            await window.SetAsync(Hour, bySystem: true);
        _time.Advance(TimeSpan.FromHours(1) + TimeSpan.FromSeconds(lateBySeconds));
        using var unattended = Open();
        Assert.IsTrue(await WaitAsync(unattended, TimeSpan.FromSeconds(1), most: 200));
        Assert.AreEqual(disconnects, _disconnects);
    }

    [TestMethod]
    [DataRow("moved")]
    [DataRow("cleared")]
    [DataRow("another connection")]
    public async Task A_process_whose_end_is_over_sends_nothing(string what)
    {
        using (var window = Open())
        {
            await window.SetAsync(Hour, bySystem: true);
            _time.Advance(TimeSpan.FromMinutes(50));
            if (what != "another connection")
                await window.SetAsync(what == "moved" ? Hour : null);
        }

        if (what == "another connection")
            _now = Samples.AtGateway("CONNECTED", 2, "cpu");
        _time.Advance(TimeSpan.FromMinutes(10));
        using var unattended = Open();
        Assert.IsTrue(await WaitAsync(unattended, TimeSpan.FromSeconds(1), most: 10));
        Assert.AreEqual(0, _disconnects);
    }

    [TestMethod]
    public async Task A_process_that_cannot_end_the_connection_gives_up_after_a_while()
    {
        using (var window = Open())
            await window.SetAsync(Hour, bySystem: true);
        _time.Advance(TimeSpan.FromHours(1));
        using var unattended = new LeaseWindow(_gateway.Object, _store, _time, hasKey: false, timers: _timers.Object);
        Assert.IsFalse(await WaitAsync(unattended, TimeSpan.FromMinutes(1), most: 121));
        Assert.AreEqual(0, _disconnects);
    }

    // The process that a timer has started.
    private async Task<bool> WaitAsync(LeaseWindow unattended, TimeSpan step, int most)
    {
        var waiting = UnattendedEnd.WaitAsync(unattended.Leases, Samples.Key, _time);
        for (var steps = 0; steps < most && !waiting.IsCompleted; steps++)
            await _time.AdvanceOnceAwaitedAsync(step);
        return await waiting;
    }

    private LeaseWindow Open() => new(_gateway.Object, _store, _time, timers: _timers.Object);
}
