using Companion.Protocol;
using Companion.Server.Bounds;
using Companion.Server.Leases;
using Companion.Server.Tests.Support;
using Companion.Testing;

namespace Companion.Server.Tests.Bounds;

/// <summary>Reservations of several processes, as one of them knows them.</summary>
[TestClass]
public sealed class ReservationBookTests
{
    private readonly TestTimeProvider _time = new();
    private readonly MemoryStore _memory = new();
    private string? _account = "acme";
    private bool _isFree = true;

    [TestMethod]
    public void What_another_process_has_begun_in_the_meantime_is_not_ended()
    {
        var (one, other) = (Open(), Open());
        var first = Add(one);
        _time.Advance(TimeSpan.FromMinutes(5));
        var connected = Seen("CONNECTED", 5);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Add(other);
        one.Confirm(first, connected);
        CollectionAssert.AreEqual(new[] { false, false }, Open().Read().Select(static stored => stored.IsOver).ToArray());
        _time.Advance(TimeSpan.FromMinutes(5));
        var ended = Seen("DISCONNECTED", 10);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Add(other);
        one.EndAll(Samples.Key, ended);
        CollectionAssert.AreEqual(new[] { true, true, false }, Open().Read().Select(static stored => stored.IsOver).ToArray());
    }

    [TestMethod]
    public void A_connection_is_ended_by_whoever_sees_it_but_not_by_another_gateways_or_accounts_client()
    {
        var one = Open();
        one.Confirm(Add(one), Seen("CONNECTED", 1));
        _time.Advance(TimeSpan.FromMinutes(2));
        Open("https://other.example").Observe(Changed(Seen("DISCONNECTED", 2)));
        Open().Observe(Changed(Seen("DISCONNECTED", 2) with { EnvironmentId = "train-b" }));
        Open().Observe(Changed(Seen("DISCONNECTED", 2)) with { Problem = new ProblemInfo { Code = 14, Status = "UNAVAILABLE", Message = "" } });
        Assert.IsFalse(Open().Read().Single().IsOver);
        Open().Observe(Changed(Seen("DISCONNECTED", 2)));
        Assert.IsTrue(Open().Read().Single().IsOver);
    }

    [TestMethod]
    [DataRow("acme", true)]
    [DataRow("other", false)]
    [DataRow(null, false)]
    public void A_connection_ends_with_its_environment(string? account, bool isOver)
    {
        var one = Open();
        Add(one);
        _account = account;
        one.Observe(Changed(seen: null) with { Problem = new ProblemInfo { Code = 5, Status = "NOT_FOUND", Message = "" } });
        Assert.AreEqual(isOver, Open().Read().Single().IsOver);
    }

    [TestMethod]
    public void What_others_reserve_is_noticed_after_two_seconds()
    {
        var one = Open();
        one.Observe(Changed(Seen("CONNECTED", 0)));
        var other = Open();
        other.Confirm(Add(other), Seen("CONNECTED", 0));
        _time.Advance(TimeSpan.FromSeconds(1.9));
        one.Observe(Changed(Seen("DISCONNECTED", 1)));
        Assert.IsFalse(Open().Read().Single().IsOver);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        one.Observe(Changed(Seen("DISCONNECTED", 1)));
        Assert.IsTrue(Open().Read().Single().IsOver);
    }

    [TestMethod]
    public void While_a_process_is_changing_an_environment_it_is_not_taken_for_the_result_of_an_earlier_connect()
    {
        var one = Open();
        Add(one);
        _isFree = false;
        _time.Advance(TimeSpan.FromMinutes(1));
        one.Observe(Changed(Seen("CONNECTED", 1)));
        Assert.IsNull(one.Read().Single().Connection);
        _isFree = true;
        one.Observe(Changed(Seen("CONNECTED", 1)));
        Assert.IsNotNull(one.Read().Single().Connection);
        Assert.AreEqual(Actors.Agent, one.StartedBy(Seen("CONNECTED", 1)));
        Assert.IsNull(one.StartedBy(Seen("CONNECTED", 2)));
    }

    [TestMethod]
    public void What_has_ended_is_not_extended()
    {
        var one = Open();
        var added = Add(one);
        Assert.AreEqual((null, null), one.Extend(added, added.Until!.Value.AddHours(1), static (_, _) => null));
        Assert.AreEqual(added.Until.Value.AddHours(1), one.Read().Single().Until);
        Assert.AreEqual((null, null), one.Extend(added, added.Until.Value, static (_, _) => null));
        Assert.AreEqual(added.Until.Value.AddHours(1), one.Read().Single().Until);
        one.End(added);
        Assert.AreEqual((null, "The connection has ended."), one.Extend(added, added.Until.Value.AddHours(2), static (_, _) => null));
    }

    private ReservationBook Open(string gateway = "https://gateway.example") =>
        new(new ReservationStore(_memory), gateway, _ => _isFree, () => _account, _time);

    private Reservation Add(ReservationBook book)
    {
        var now = _time.GetUtcNow();
        var asked = new AskedEnd(Guid.NewGuid(), Samples.Connect().Connection, now) { DurationSeconds = 3600, StateBefore = "DISCONNECTED" };
        var added = new Reservation(book.Gateway, "acme", "train-a", Actors.Agent, asked, now, asked.Earliest);
        Assert.AreEqual((null, null), book.Add(added, static _ => null));
        return added;
    }

    private EnvironmentInfo Seen(string state, int changed) =>
        Samples.Environment(state, changed, state == "CONNECTED" ? "h100-8x" : null) with { ObservedAt = _time.GetUtcNow() };

    private static EnvironmentChangedParams Changed(EnvironmentInfo? seen) =>
        new() { AccountId = "acme", EnvironmentId = seen?.EnvironmentId ?? "train-a", Environment = seen };
}
