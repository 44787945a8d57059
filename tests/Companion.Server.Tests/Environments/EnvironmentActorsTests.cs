using Companion.Gateway.Api;
using Companion.Gateway.Resources;
using Companion.Server.Changes;
using Companion.Server.Environments;
using Companion.Server.Storage;
using Companion.Server.Tests.Support;
using Companion.Testing;
using Moq;

namespace Companion.Server.Tests.Environments;

/// <summary>Signals from other processes, and how long an environment is kept, on a clock that doesn't advance on its own.</summary>
[TestClass]
public sealed class EnvironmentActorsTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly TestTimeProvider _time = new();
    private readonly Mock<IDurableStore> _store = new();
    private readonly EnvironmentActors _actors;
    private readonly TaskCompletionSource _accepted = new();
    private readonly List<EnvironmentKey> _created = [];
    private Action<string>? _ring;
    private int _gets;

    public EnvironmentActorsTests()
    {
        var gateway = new Mock<IGateway>(MockBehavior.Strict);
        gateway.Setup(g => g.GetEnvironmentAsync("acme", "train-a", It.IsAny<CancellationToken>())).Returns(() =>
        {
            _gets++;
            return Task.FromResult(Samples.AtGateway("CONNECTED") with { RequestedAt = _time.GetTimestamp() });
        });
        gateway.Setup(g => g.DisconnectEnvironmentAsync("acme", "train-a", It.IsAny<GatewayDisconnectEnvironmentBody>(), It.IsAny<CancellationToken>()))
            .Returns(_accepted.Task);
        _store.Setup(s => s.Listen(It.IsAny<Action<string>>())).Returns((Action<string> ring) =>
        {
            _ring = ring;
            var listening = new Mock<IDisposable>();
            listening.Setup(l => l.Dispose()).Callback(() => _ring = null);
            return listening.Object;
        });
        var memory = new SessionMemory(_store.Object, "https://gateway.example", _time);
        _actors = Wiring.Actors(gateway.Object, _time, memory, Wiring.News(static _ => { }, _time, memory), _created.Add);
    }

    [TestMethod]
    public void Each_signal_leads_to_a_read_a_second_later()
    {
        _actors.Watch([Samples.Key]);
        Assert.AreEqual(1, _gets);
        for (var rings = 1; rings <= 3; rings++)
        {
            Signal();
            _time.Advance(Second - TimeSpan.FromTicks(1));
            Assert.AreEqual(rings, _gets);
            _time.Advance(TimeSpan.FromTicks(1));
            Assert.AreEqual(rings + 1, _gets);
        }
    }

    [TestMethod]
    public void Several_signals_within_a_second_lead_to_one_read()
    {
        _actors.Watch([Samples.Key]);
        Signal();
        Signal();
        _time.Advance(Second / 2);
        Signal();
        _time.Advance(Second / 2);
        Assert.AreEqual(2, _gets);
        _time.Advance(Second);
        Assert.AreEqual(2, _gets);
    }

    [TestMethod]
    public void A_signal_is_ignored_when_watching_ends()
    {
        _actors.Watch([Samples.Key]);
        Signal();
        _actors.Watch([]);
        Assert.IsNull(_ring);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.AreEqual(1, _gets);

        _actors.Watch([Samples.Key]);
        Signal();
        _time.Advance(Second);
        Assert.AreEqual(3, _gets);
    }

    [TestMethod]
    public void Signing_out_ends_a_pending_read()
    {
        _actors.Watch([Samples.Key]);
        Signal();
        _actors.SignOut();
        _time.Advance(TimeSpan.FromHours(1));
        Assert.AreEqual(1, _gets);
    }

    [TestMethod]
    public void An_environment_is_forgotten_when_watching_ends()
    {
        _actors.Watch([Samples.Key]);
        _actors.Watch([Samples.Key]);
        Assert.HasCount(1, _created);
        _actors.Watch([]);
        _actors.Watch([Samples.Key]);
        Assert.HasCount(2, _created);
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.AreEqual(4, _gets, "what was forgotten still asks");
    }

    [TestMethod]
    public async Task An_environment_is_kept_until_its_change_is_over()
    {
        using var cancel = new CancellationTokenSource();
        var ends = 0;
        var disconnecting = _actors.RunAsync(Samples.Disconnect(), TimeSpan.FromMinutes(1), expected: null, progress: null, _ => ends++, cancel.Token);
        _actors.Watch([Samples.Key]);
        _actors.Watch([]);
        await cancel.CancelAsync();
        Assert.IsInstanceOfType<ChangeAnswer.Left>(await disconnecting);
        Assert.IsNotNull(_actors.UnderWay(Samples.Key));
        var second = await _actors.RunAsync(Samples.Disconnect(), TimeSpan.FromMinutes(1), expected: null, progress: null, _ => ends++, CancellationToken.None);
        Assert.IsInstanceOfType<ChangeAnswer.Busy>(second);
        Assert.HasCount(1, _created);
        Assert.AreEqual(1, ends);

        _accepted.SetResult();
        Assert.AreEqual(2, ends);
        Assert.IsNull(_actors.UnderWay(Samples.Key));
        _actors.Watch([Samples.Key]);
        Assert.HasCount(2, _created);
    }

    private void Signal() => _ring!(Guid.NewGuid().ToString("N"));
}
