using Companion.Protocol;
using Companion.Server.Changes;
using Companion.Server.Storage;
using Companion.Server.Tests.Support;
using Companion.Testing;

namespace Companion.Server.Tests.Storage;

[TestClass]
public sealed class IntentJournalTests : IDisposable
{
    private const string GatewayA = "https://a.example/";
    private const string GatewayB = "https://b.example/";

    private readonly TemporaryFolder _folder = new();
    private readonly TestTimeProvider _time = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void A_change_is_unsettled_only_if_no_process_is_working_on_it()
    {
        var journal = Journal(GatewayA);
        using (var held = Take(journal))
        {
            Assert.IsNull(journal.Begin(Samples.Connect(), held, out _));
            Assert.IsEmpty(Journal(GatewayA).FindUnsettled());
        }

        var next = Journal(GatewayA);
        Assert.AreEqual(new Intent(1, GatewayA, "acme", "train-a", "connect", _time.GetUtcNow()), next.FindUnsettled().Single());
        next.Settle(Samples.Key);
        Assert.IsEmpty(Journal(GatewayA).FindUnsettled());
    }

    [TestMethod]
    public void A_change_at_one_gateway_does_not_affect_another()
    {
        var atA = Journal(GatewayA);
        using (var held = Take(atA))
        {
            atA.Begin(Samples.Connect(), held, out _);
            Take(Journal(GatewayB)).Dispose();
        }

        var atB = Journal(GatewayB);
        Assert.IsEmpty(atB.FindUnsettled());
        atB.Leave(Samples.Key);
        atB.Settle(Samples.Key);
        Assert.HasCount(1, Journal(GatewayA).FindUnsettled());
    }

    [TestMethod]
    [DataRow(true, "connect", DisplayName = "Nothing was sent: the earlier change is as unsettled as before")]
    [DataRow(false, null, DisplayName = "The environment was read and changed: it's settled")]
    public void A_change_that_was_not_sent_does_not_settle_an_earlier_one(bool isUnsent, string? verb)
    {
        var first = Journal(GatewayA);
        using (var held = Take(first))
            first.Begin(Samples.Connect(), held, out _);

        var memory = new SessionMemory(new FolderStore(_folder.Path), GatewayA, _time);
        memory.Protect(Samples.Disconnect())!.HandOver()(
            new ChangeAnswer.Left(LeaveReason.SignedOut, Outcomes.NotApplied, Environment: null) { IsUnsent = isUnsent });
        Assert.AreEqual(verb, Journal(GatewayA).FindUnsettled().SingleOrDefault()?.Verb);

        memory.Intents.Settle(Samples.Key);
        Assert.IsEmpty(Journal(GatewayA).FindUnsettled());
    }

    [TestMethod]
    public void A_record_of_another_process_is_not_settled()
    {
        var first = Journal(GatewayA);
        first.Leave(Samples.Key);
        var second = Journal(GatewayA);
        using (var held = Take(second))
        {
            second.Begin(Samples.Connect(), held, out _);
            first.Settle(Samples.Key);
        }

        Assert.HasCount(1, Journal(GatewayA).FindUnsettled());
    }

    [TestMethod]
    [DataRow("{")]
    [DataRow("[1]")]
    [DataRow("{\"a\":\"b\"}")]
    [DataRow("{\"version\":1,\"gateway\":\"https://a.example/\",\"accountId\":null,\"environmentId\":\"e\",\"verb\":\"connect\",\"since\":\"2026-01-01T00:00:00Z\"}")]
    [DataRow("{\"version\":1,\"gateway\":\"https://a.example/\",\"accountId\":\"a\",\"environmentId\":\"e\",\"verb\":\"delete\",\"since\":\"2026-01-01T00:00:00Z\"}")]
    public void A_damaged_record_is_ignored_and_replaced(string text)
    {
        var journal = Journal(GatewayA);
        using var held = Take(journal);
        held.Write(text);
        held.Dispose();
        Assert.IsEmpty(journal.FindUnsettled());
        using var again = Take(journal);
        Assert.IsNull(journal.Begin(Samples.Connect(), again, out _));
    }

    [TestMethod]
    public void A_record_of_a_newer_version_is_not_changed()
    {
        const string Later = "{\"version\":2,\"whatever\":[]}";
        var journal = Journal(GatewayA);
        using var held = Take(journal);
        held.Write(Later);
        StringAssert.Contains(journal.Begin(Samples.Connect(), held, out _), "newer version");
        journal.End(Samples.Key, held);
        Assert.AreEqual(Later, held.Read());
    }

    [TestMethod]
    public void Changes_started_by_version_0_1_0_are_imported_once()
    {
        var old = _folder["intent.acme.train-a.json"];
        File.WriteAllText(old, "{\"accountId\":\"acme\",\"environmentId\":\"train-a\",\"verb\":\"disconnect\",\"since\":\"2026-01-02T03:04:05+00:00\"}");
        Assert.AreEqual(
            new Intent(1, GatewayA, "acme", "train-a", "disconnect", new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero)),
            Journal(GatewayA).FindUnsettled().Single());
        Assert.IsFalse(File.Exists(old));
        Assert.IsEmpty(Journal(GatewayB).FindUnsettled());
        Assert.HasCount(1, Journal(GatewayA).FindUnsettled());
    }

    private static IStoreLock Take(IntentJournal journal) => ((LockAttempt.Taken)journal.TryLock(Samples.Key)).Lock;

    private IntentJournal Journal(string gateway) => new(new FolderStore(_folder.Path), gateway, _time);
}
