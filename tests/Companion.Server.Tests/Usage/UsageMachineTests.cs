using Companion.Protocol;
using Companion.Server.Tests.Support;
using Companion.Server.Usage;

namespace Companion.Server.Tests.Usage;

/// <summary>Each kind of observation, without a clock.</summary>
[TestClass]
public sealed class UsageMachineTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly UsageRow Open = Next(null, Connected(0)).Open!;

    [TestMethod]
    public void A_connection_begins_when_it_is_first_seen()
    {
        var (open, closed) = Next(null, Connected(0) with { InstanceType = "p5.48xlarge" });
        Assert.IsNull(closed);
        Assert.AreEqual((Noon, Noon, "h100-8x", 8, "p5.48xlarge"), (open!.From, open.Until, open.NodePoolId, open.NumRanks, open.InstanceType));
    }

    [TestMethod]
    public void A_connection_begins_earlier_if_its_start_was_seen()
    {
        Assert.AreEqual(At(-3), Next(null, Connected(0, since: -3)).Open!.From);
        Assert.AreEqual(Noon, Next(null, Connected(0, since: 1)).Open!.From, "the clock was set back");
    }

    [TestMethod]
    [DataRow("DISCONNECTED")]
    [DataRow("CONNECTING")]
    [DataRow("CREATING")]
    [DataRow("DISCONNECTING")]
    [DataRow("HIBERNATING")]
    public void Without_a_connection_nothing_is_counted(string state)
    {
        Assert.AreEqual(default, Next(null, Look(0, Samples.Environment(state, 1, "h100-8x"))));
        Assert.AreEqual(default, Next(null, Look(0, null)));
    }

    [TestMethod]
    [DataRow(0.5)]
    [DataRow(5)]
    [DataRow(60 * 24 * 40, DisplayName = "a gap of 40 days with the same update time")]
    public void An_unchanged_environment_was_connected_all_the_time(double minutes)
    {
        var (open, closed) = Next(Open, Connected(minutes));
        Assert.AreEqual((Noon, At(minutes)), (open!.From, open.Until));
        Assert.IsNull(closed);
    }

    [TestMethod]
    public void The_end_counts_as_seen_if_someone_looked_within_five_minutes()
    {
        var (open, closed) = Next(Open, Disconnected(5));
        Assert.IsNull(open);
        Assert.AreEqual((At(5), null, "elsewhere"), (closed!.Until, closed.EndedBefore, closed.End));
    }

    [TestMethod]
    public void The_time_in_which_nobody_looked_is_not_counted()
    {
        var (open, closed) = Next(Open, Disconnected(5.01));
        Assert.IsNull(open);
        Assert.AreEqual((Noon, At(5.01), "elsewhere"), (closed!.Until, closed.EndedBefore, closed.End));
    }

    [TestMethod]
    public void Another_connection_after_a_gap_ends_the_one_before_at_its_last_look()
    {
        var (open, closed) = Next(Open, Connected(60, changed: 30));
        Assert.AreEqual((Noon, At(60)), (closed!.Until, closed.EndedBefore!.Value));
        Assert.AreEqual((At(60), At(60)), (open!.From, open.Until));
    }

    [TestMethod]
    public void Another_node_pool_is_another_connection_without_a_gap()
    {
        var (open, closed) = Next(Open, Look(2, Samples.Environment("CONNECTED", 1, "a100-west")));
        Assert.AreEqual((At(2), null), (closed!.Until, closed.EndedBefore));
        Assert.AreEqual((At(0), "a100-west"), (open!.From, open.NodePoolId));
    }

    [TestMethod]
    public void A_failed_disconnect_leaves_the_same_connection()
    {
        var open = Next(Open, Look(1, Samples.Environment("DISCONNECTING", 2, "h100-8x")) with { IsChangedHere = true }).Open!;
        Assert.AreEqual((At(1), "here"), (open.Until, open.End));
        var (again, closed) = Next(open, Connected(2, changed: 3));
        Assert.AreEqual((Noon, At(2), null), (again!.From, again.Until, again.End));
        Assert.IsNull(closed);
    }

    [TestMethod]
    [DataRow(true, false)]
    [DataRow(false, true)]
    [DataRow(true, true)]
    public void A_disconnect_from_here_is_remembered_even_if_nobody_waits_for_it(bool atStart, bool atEnd)
    {
        var open = Next(Open, Look(1, Samples.Environment("DISCONNECTING", 2, "h100-8x")) with { IsChangedHere = atStart }).Open;
        Assert.AreEqual("here", Next(open, Disconnected(2) with { IsChangedHere = atEnd }).Closed!.End);
    }

    [TestMethod]
    public void A_deleted_environment_ends_its_connection()
    {
        Assert.AreEqual("deleted", Next(Open, Look(1, null)).Closed!.End);
        Assert.AreEqual("deleted", Next(Open, Look(1, Samples.Environment("DELETING", 2))).Closed!.End);
    }

    [TestMethod]
    public void An_unsupported_state_says_nothing()
    {
        Assert.AreEqual((Open, null), Next(Open, Look(1, Samples.Environment("HIBERNATING", 2))));
    }

    [TestMethod]
    public void An_observation_that_another_process_stores_late_changes_nothing()
    {
        var open = Open with { Until = At(10) };
        Assert.AreEqual((open, null), Next(open, Disconnected(9)));
    }

    [TestMethod]
    public void After_the_clock_was_set_back_the_end_is_still_seen()
    {
        var open = Open with { Until = At(600) };
        var (left, closed) = Next(open, Disconnected(30));
        Assert.IsNull(left);
        Assert.AreEqual((Noon, At(30)), (closed!.From, closed.Until));
        Assert.AreEqual((At(-30), At(-30)), Times(Next(open, Disconnected(-30)).Closed!));

        static (DateTimeOffset From, DateTimeOffset Until) Times(UsageRow row) => (row.From, row.Until);
    }

    [TestMethod]
    public void What_was_unknown_is_filled_in_later()
    {
        var bare = Open with { NumRanks = null, InstanceType = null };
        var open = Next(bare, Connected(1) with { InstanceType = "p5.48xlarge" }).Open!;
        Assert.AreEqual((8, "p5.48xlarge"), (open.NumRanks, open.InstanceType));
        Assert.AreEqual("p5.48xlarge", Next(open, Connected(2)).Open!.InstanceType);
    }

    private static (UsageRow? Open, UsageRow? Closed) Next(UsageRow? open, UsageLook look) => UsageMachine.Next(open, look);

    private static UsageLook Connected(double minutes, int changed = 1, double? since = null) => Look(
        minutes, Samples.Environment("CONNECTED", changed, "h100-8x") with { StateSince = since is { } start ? At(start) : null });

    private static UsageLook Disconnected(double minutes) => Look(minutes, Samples.Environment("DISCONNECTED", 2, "h100-8x"));

    private static UsageLook Look(double minutes, EnvironmentInfo? environment) => new(Samples.Key, At(minutes), environment);

    private static DateTimeOffset At(double minutes) => Noon.AddMinutes(minutes);
}
