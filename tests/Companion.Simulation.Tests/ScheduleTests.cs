using Companion.Simulation.Running;
using Companion.Simulation.Schedules;

namespace Companion.Simulation.Tests;

/// <summary>Thousands of schedules with the unchanged server, and their coverage.</summary>
[TestClass]
public sealed class ScheduleTests
{
    private const int Seeds = 10_000;
    private static CampaignResult s_campaign = null!;

    [ClassInitialize]
    public static void RunThem(TestContext context) => s_campaign = Campaign.Run(from: 0, Seeds);

    [TestMethod]
    public void All_invariants_hold()
    {
        if (s_campaign.Failures is [var (seed, violation), ..])
            Assert.Fail($"{s_campaign.Failures.Count} of {Seeds} failed. {Report.Failure(seed, violation, mutant: null)}");
        Assert.AreEqual(Seeds, s_campaign.Runs);
    }

    // Each broke an invariant once. They may show something else after the next change of the schedules.
    [TestMethod]
    [DataRow(10514UL, DisplayName = "an end of another connection, whose details the gateway omitted")]
    [DataRow(11372UL, DisplayName = "waiting on after someone else's connect failed")]
    [DataRow(14927UL, DisplayName = "waiting too long because the clock was set back at its start")]
    [DataRow(20795UL, DisplayName = "waiting on after a sleep")]
    [DataRow(23167UL, DisplayName = "sending again although the response was lost")]
    [DataRow(39064UL, DisplayName = "forgetting a change because of one that wasn't sent")]
    [DataRow(39357UL, DisplayName = "sending too late because an earlier read came first")]
    [DataRow(47151UL, DisplayName = "showing the end of the previous connection")]
    [DataRow(83701UL, DisplayName = "claiming notApplied because of a wrong 404")]
    [DataRow(93828UL, DisplayName = "claiming that an environment is gone because of an old 404")]
    [DataRow(98268UL, DisplayName = "claiming another one's connect, whose ranks the gateway omitted")]
    public void What_failed_once_holds(ulong seed)
    {
        if (Campaign.Run(seed, 1).Failures is [var (_, violation), ..])
            Assert.Fail(Report.Failure(seed, violation, mutant: null));
    }

    [TestMethod]
    public void Every_fault_happens_to_changes_and_reads()
    {
        var all = s_campaign.Statistics.All.ToList();
        foreach (var type in Enum.GetValues<FaultType>())
        {
            AssertHit(all, "fault of a change", type.ToString());
            if (type != FaultType.EndlessBody)
                AssertHit(all, "fault of a question", type.ToString());
        }

        foreach (var status in new[] { "401", "403", "404", "408", "409", "410", "412", "429", "500", "502", "503", "504" })
            AssertHit(all, "fault of a change", $"Status {status}");
        foreach (var form in Enum.GetValues<RetryAfterForm>().Where(static form => form != RetryAfterForm.None))
            AssertHit(all, "fault of a change", $"Status 503, Retry-After {form}");
    }

    [TestMethod]
    public void All_actions_and_results_occur()
    {
        var all = s_campaign.Statistics.All.ToList();
        foreach (var action in new[]
            {
                nameof(ConnectAction), nameof(DisconnectAction), nameof(GetAction), nameof(ListAction), nameof(ListNodePoolsAction),
                nameof(SetLeaseAction), nameof(WatchAction), nameof(SignInAction), nameof(SignOutAction), nameof(KillAction), nameof(OtherConnectAction),
                nameof(OtherDisconnectAction), nameof(SleepAction), nameof(WallJumpAction),
            })
        {
            AssertHit(all, "action", action);
        }

        foreach (var change in new[] { nameof(ConnectAction), nameof(DisconnectAction) })
        {
            foreach (var answer in new[] { "ok", "notApplied", "unknown" })
                AssertHit(all, "answer", $"{change}: {answer}");
        }

        AssertHit(all, "answer", "DisconnectAction: applied");
        AssertHit(all, "gone", "confirmed");
        AssertHit(all, "unknown", "ConnectAction, and it is CONNECTED");
        AssertHit(all, "unknown", "ConnectAction, and it is DISCONNECTED");
        AssertHit(all, "killed", "with a change on its way");
        AssertHit(all, "riddle", "named by the next server");
        AssertHit(all, "sent again", "ConnectionRefused");
        AssertHit(all, "sent again", "Status 429, Retry-After Seconds");
        AssertHit(all, "sent again", "Status 503");
        AssertHit(all, "late effect after notApplied", "DeliveredLate");
        AssertHit(all, "at rest", "a client watches");
        foreach (var hit in new[] { "ended", "kept in time", "sent again" })
            AssertHit(all, "lease", hit);
        foreach (var hit in new[] { "sent soon", "sent later", "sent again" })
            AssertHit(all, "waited for room", hit);
    }

    private static void AssertHit(List<((string Topic, string Name) Key, long Count)> all, string topic, string name) =>
        Assert.IsTrue(
            all.Exists(entry => entry.Key.Topic == topic && entry.Key.Name.StartsWith(name, StringComparison.Ordinal) && entry.Count > 0),
            $"{topic}: {name} was never hit.");
}
