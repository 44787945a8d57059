using Companion.Gateway;
using Companion.Server.Environments;
using Companion.Server.Errors;
using Companion.Server.Language;
using Companion.Server.Storage;
using Companion.Server.Tests.Support;
using Companion.Testing;
using Moq;

namespace Companion.Server.Tests.Environments;

/// <summary>What another process rings for, on a clock that stands still.</summary>
[TestClass]
public sealed class EnvironmentActorsTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _time = new();
    private readonly Mock<IDurableStore> _store = new();
    private readonly EnvironmentActors _actors;
    private Action<string>? _ring;
    private int _gets;

    public EnvironmentActorsTests()
    {
        var gateway = new Mock<IGateway>(MockBehavior.Strict);
        gateway.Setup(g => g.GetEnvironmentAsync("acme", "train-a", It.IsAny<CancellationToken>())).Returns(() =>
        {
            _gets++;
            return Task.FromResult(Samples.AtGateway("CONNECTED") with { AskedAt = _time.GetTimestamp() });
        });
        _store.Setup(s => s.Listen(It.IsAny<Action<string>>())).Returns((Action<string> ring) =>
        {
            _ring = ring;
            var listening = new Mock<IDisposable>();
            listening.Setup(l => l.Dispose()).Callback(() => _ring = null);
            return listening.Object;
        });
        var memory = new SessionMemory(_store.Object, "https://gateway.example", _time);
        _actors = Wiring.Actors(gateway.Object, _time, memory, new Advice("https://gateway.example", new Phrases()), static _ => { });
    }

    [TestMethod]
    public void Each_bell_leads_to_a_look_a_second_later()
    {
        _actors.Watch([Samples.Key]);
        Assert.AreEqual(1, _gets);
        for (var rings = 1; rings <= 3; rings++)
        {
            Ring();
            _time.Advance(Second - TimeSpan.FromTicks(1));
            Assert.AreEqual(rings, _gets);
            _time.Advance(TimeSpan.FromTicks(1));
            Assert.AreEqual(rings + 1, _gets);
        }
    }

    [TestMethod]
    public void Several_bells_within_a_second_lead_to_one_look()
    {
        _actors.Watch([Samples.Key]);
        Ring();
        Ring();
        _time.Advance(Second / 2);
        Ring();
        _time.Advance(Second / 2);
        Assert.AreEqual(2, _gets);
        _time.Advance(Second);
        Assert.AreEqual(2, _gets);
    }

    [TestMethod]
    public void A_bell_that_rings_before_nobody_watches_leads_to_nothing()
    {
        _actors.Watch([Samples.Key]);
        Ring();
        _actors.Watch([]);
        Assert.IsNull(_ring);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.AreEqual(1, _gets);

        _actors.Watch([Samples.Key]);
        Ring();
        _time.Advance(Second);
        Assert.AreEqual(3, _gets);
    }

    [TestMethod]
    public void Signing_out_ends_a_look_that_is_due()
    {
        _actors.Watch([Samples.Key]);
        Ring();
        _actors.SignOut();
        _time.Advance(TimeSpan.FromHours(1));
        Assert.AreEqual(1, _gets);
    }

    private void Ring() => _ring!(Guid.NewGuid().ToString("N"));
}
