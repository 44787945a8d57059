using Companion.Protocol;
using Companion.Server.Bounds;
using Companion.Server.Changes;
using Companion.Server.Leases;
using Companion.Server.Storage;
using Companion.Server.Tests.Storage;
using Companion.Server.Tests.Support;
using Companion.Testing;

namespace Companion.Server.Tests.Bounds;

/// <summary>Reservations in files, for several processes.</summary>
[TestClass]
public sealed class ReservationStoreTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();

    private string File => System.IO.Path.Combine(_folder.State, "v1.reservations");

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void A_reservation_is_read_as_it_was_stored()
    {
        var confirmed = ReservationRules.Confirm(Reservation("train-a"), Samples.Environment("CONNECTED", 1, "h100-8x"));
        Assert.IsNull(Open().Change(_ => [confirmed, ReservationRules.End(Reservation("train-b"), Noon), Reservation("train-c") with { Until = null }], out var all));
        Assert.HasCount(3, all);
        var read = Open().Read();
        Assert.AreEqual(
            (confirmed.Asked, confirmed.Connection, confirmed.ConfirmedAt, confirmed.From, confirmed.Until, "agent", confirmed.Key, confirmed.Gateway),
            (read[0].Asked, read[0].Connection, read[0].ConfirmedAt, read[0].From, read[0].Until, read[0].Actor, read[0].Key, read[0].Gateway));
        Assert.IsTrue(read[1].IsOver);
        Assert.IsNull(read[2].Until);
    }

    [TestMethod]
    [DataRow("{\"version\":1,\"reser", "damaged")]
    [DataRow("{\"version\":1,\"reservations\":[null]}", "damaged")]
    [DataRow("{\"version\":0,\"reservations\":[]}", "damaged")]
    [DataRow("{\"version\":2,\"reservations\":\"?\"}", "newer version")]
    public void What_cannot_be_read_is_left_alone_and_nothing_is_added(string text, string expected)
    {
        Assert.IsNull(Open().Change(_ => [Reservation("train-a")], out _));
        System.IO.File.WriteAllText(File, text);
        var isCalled = false;
        var reason = Open().Change(
            _ =>
            {
                isCalled = true;
                return [];
            },
            out var all);
        StringAssert.Contains(reason, expected);
        Assert.IsFalse(isCalled);
        Assert.IsEmpty(all);
        Assert.IsEmpty(Open().Read());
        Assert.AreEqual(text, System.IO.File.ReadAllText(File));
    }

    [TestMethod]
    public void More_than_the_file_may_hold_is_refused()
    {
        Assert.AreEqual("There are too many reservations.", Open().Change(_ => [.. Enumerable.Range(0, 2000).Select(static n => Reservation($"e{n}"))], out _));
        Assert.IsFalse(System.IO.File.Exists(File));
    }

    [TestMethod]
    public void A_folder_that_cannot_be_written_is_a_reason()
    {
        System.IO.File.WriteAllText(_folder.State, "");
        Assert.IsNotNull(Open().Change(_ => [Reservation("train-a")], out _));
    }

    [TestMethod]
    public void Without_a_folder_they_are_kept_in_the_process()
    {
        var store = new ReservationStore(store: null);
        Assert.IsNull(store.Change(_ => [Reservation("train-a")], out _));
        Assert.HasCount(1, store.Read());
        Assert.IsEmpty(new ReservationStore(store: null).Read());
    }

    [TestMethod]
    public async Task Of_many_processes_that_race_for_the_last_place_one_gets_it()
    {
        const int Processes = 8;
        for (var round = 0; round < 20; round++)
        {
            using var start = new Barrier(Processes);
            var refusals = await Task.WhenAll(Enumerable.Range(0, Processes).Select(n => Task.Factory.StartNew(
                () =>
                {
                    var book = new ReservationBook(Open(), "https://gateway.example", static _ => true, static () => "acme", new TestTimeProvider());
                    var added = Reservation($"round{round}-{n}");
                    start.SignalAndWait();
                    var (refusal, reason) = book.Add(added, all => ReservationRules.Others(all, added).Count > round ? new BoundRefusal(BoundNames.MaxEnvironments, "Full.") : null);
                    Assert.IsNull(reason);
                    return refusal;
                },
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default)));
            Assert.AreEqual(1, refusals.Count(static refusal => refusal is null));
            Assert.HasCount(round + 1, Open().Read());
        }
    }

    private ReservationStore Open() => new(new FolderStore(_folder.Path));

    private static Reservation Reservation(string environment)
    {
        var asked = new AskedEnd(Guid.NewGuid(), Samples.Connect().Connection, Noon) { DurationSeconds = 3600, StateBefore = "DISCONNECTED" };
        return new Reservation("https://gateway.example", "acme", environment, Actors.Agent, asked, Noon, asked.Earliest);
    }
}
