using Companion.Gateway;
using Companion.Protocol;
using Companion.Server.Changes;
using Companion.Server.Leases;
using Companion.Server.Storage;
using Companion.Server.Tests.Support;

namespace Companion.Server.Tests.Leases;

/// <summary>Each row of the lease machine, without a clock.</summary>
[TestClass]
public sealed class LeaseMachineTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly Guid Attempt = new("6f9619ff-8b86-d011-b42d-00c04fc964ff");
    private static readonly EnvironmentInfo Here = Samples.Environment("CONNECTED", 1, "h100-8x");
    private static readonly ConnectionFingerprint Connection = ConnectionFingerprint.Of(Here)!;

    // An end at 14:00, set at 12:00.
    private static readonly KeptEnd Kept = new(Connection, Noon, Noon.AddHours(2));
    private static readonly Lease Lease = new("acme", "train-a") { Kept = Kept };
    private static readonly Lease Ending = Lease with { Kept = Kept with { Stage = LeaseStage.Ending, NotBefore = Kept.Until } };

    [TestMethod]
    [DataRow(89.9, "None", null)]
    [DataRow(90, "Notify", 30)]
    [DataRow(109.9, "Notify", 30)]
    [DataRow(110, "Notify", 10)]
    [DataRow(118, "Notify", 2)]
    [DataRow(119.99, "Notify", 2)]
    [DataRow(120, "Disconnect", null)]
    [DataRow(121, "Disconnect", null)]
    public void A_lease_is_announced_before_its_end_and_never_ends_early(double minutes, string action, int? noticed)
    {
        var step = Tick(Lease, minutes);
        Assert.AreEqual(action, $"{step.Action}");
        Assert.AreEqual(noticed, step.Lease!.Kept!.Noticed);
        Assert.AreEqual(action == "Disconnect" ? LeaseStage.Ending : LeaseStage.Kept, step.Lease.Kept.Stage);
    }

    [TestMethod]
    public void The_system_keeps_only_the_end_that_it_has_a_timer_for()
    {
        var kept = LeaseMachine.Next(Lease, new LeaseEvent.SystemKeeps(Noon, Kept.Until)).Lease!;
        CollectionAssert.AreEqual(new[] { "vscode", "system" }, LeaseMachine.Describe(kept, Noon)!.KeptBy.ToArray());
        var (memory, folder) = (MemoryOf("gateway"), Path.GetTempPath());
        Assert.IsTrue(SystemEnds.IsFor(SystemEnds.IdOf(memory, Lease.Key), memory, kept));

        Assert.AreEqual(Lease, LeaseMachine.Next(Lease, new LeaseEvent.SystemKeeps(Noon, Kept.Until.AddHours(1))).Lease);
        Assert.AreEqual(Ending, LeaseMachine.Next(Ending, new LeaseEvent.SystemKeeps(Noon, Kept.Until)).Lease);
        Assert.AreEqual(Lease, LeaseMachine.Next(kept, new LeaseEvent.SystemReleases(Noon)).Lease);

        var moved = kept with { Kept = kept.Kept! with { Until = Kept.Until.AddHours(1) } };
        CollectionAssert.AreEqual(new[] { "vscode" }, LeaseMachine.Describe(moved, Noon)!.KeptBy.ToArray());
        Assert.IsFalse(SystemEnds.IsFor(SystemEnds.IdOf(memory, Lease.Key), memory, moved));
        Assert.IsFalse(SystemEnds.IsFor(SystemEnds.IdOf(MemoryOf("another gateway"), Lease.Key), memory, kept));
        Assert.IsFalse(SystemEnds.IsFor(SystemEnds.IdOf(MemoryOf("gateway", folder), Lease.Key), memory, kept), "another folder has leases of its own");
    }

    private static SessionMemory MemoryOf(string gateway, string? folder = null) =>
        new(folder is null ? new NoStore() : new FolderStore(folder), gateway, TimeProvider.System);

    [TestMethod]
    public void Each_notice_is_given_once()
    {
        var lease = Lease;
        var notices = new List<double>();
        for (var minutes = 0.0; minutes < 120; minutes += 0.5)
        {
            var step = Tick(lease, minutes);
            if (step.Action == LeaseAction.Notify)
                notices.Add(minutes);
            lease = step.Lease!;
        }

        CollectionAssert.AreEqual(new[] { 90.0, 110, 118 }, notices);
    }

    [TestMethod]
    [DataRow(1, "")]
    [DataRow(2, "")]
    [DataRow(5, "2")]
    [DataRow(30, "10 2")]
    [DataRow(31, "30 10 2")]
    public void Notices_that_are_longer_than_the_lease_are_skipped(int length, string expected)
    {
        var lease = Lease with { Kept = Kept with { Until = Noon.AddMinutes(length) } };
        var notices = new List<int>();
        for (var minutes = 0.0; minutes < length; minutes += 0.5)
        {
            var step = Tick(lease, minutes);
            if (step.Action == LeaseAction.Notify)
                notices.Add(step.Lease!.Kept!.Noticed!.Value);
            lease = step.Lease!;
        }

        Assert.AreEqual(expected, string.Join(' ', notices));
    }

    [TestMethod]
    public void The_next_tick_is_the_next_notice_or_the_end()
    {
        Assert.AreEqual(Noon.AddMinutes(90), LeaseMachine.NextTick(Lease, Noon));
        Assert.AreEqual(Noon.AddMinutes(110), LeaseMachine.NextTick(Noticed(30), Noon));
        Assert.AreEqual(Noon.AddMinutes(118), LeaseMachine.NextTick(Noticed(10), Noon));
        Assert.AreEqual(Noon.AddMinutes(120), LeaseMachine.NextTick(Noticed(2), Noon));
        Assert.IsNull(LeaseMachine.NextTick(Lease with { Kept = Kept with { Stage = LeaseStage.Missed } }, Noon));
        Assert.IsNull(LeaseMachine.NextTick(new Lease("acme", "train-a") { Asked = Asked() }, Noon));

        static Lease Noticed(int minutes) => Lease with { Kept = Kept with { Noticed = minutes } };
    }

    [TestMethod]
    public void An_end_that_has_passed_is_announced_two_minutes_before_it_is_made_up_for()
    {
        var late = Tick(Lease, 300);
        Assert.AreEqual(LeaseAction.Notify, late.Action);
        Assert.AreEqual(Noon.AddMinutes(302), late.Lease!.Kept!.End);
        Assert.AreEqual(Kept.Until, LeaseMachine.Describe(late.Lease, Noon.AddMinutes(300))!.Missed);
        Assert.AreEqual(LeaseAction.None, Tick(late.Lease, 301.9).Action);
        Assert.AreEqual(LeaseAction.Disconnect, Tick(late.Lease, 302).Action);

        var again = Tick(late.Lease, 400);
        Assert.AreEqual(LeaseAction.Notify, again.Action);
        Assert.AreEqual(Kept.Until, again.Lease!.Kept!.Missed);
    }

    [TestMethod]
    [DataRow("DISCONNECTED", 2, null, 8, false)]
    [DataRow("DELETING", 2, "h100-8x", 8, false)]
    [DataRow("CONNECTED", 2, "cpu", 8, false)]
    [DataRow("CONNECTED", 2, "h100-8x", 16, false)]
    [DataRow("CONNECTED", 1, "h100-8x", 8, true)]
    [DataRow("CONNECTED", 2, "h100-8x", 8, true)]
    [DataRow("DISCONNECTING", 2, "h100-8x", 8, true)]
    [DataRow("RECONNECTING", 2, "cpu", 8, true)]
    [DataRow("CONNECTED", 2, null, 8, true)]
    public void A_lease_is_dropped_if_its_connection_is_certainly_over(string state, int changed, string? pool, int ranks, bool isKept)
    {
        var seen = Samples.Environment(state, changed, pool, ranks);
        foreach (var lease in new[] { Lease, Ending, Lease with { Kept = Kept with { Stage = LeaseStage.Missed } } })
            Assert.AreEqual(isKept ? lease : null, LeaseMachine.Next(lease, Observed(seen)).Lease);
    }

    [TestMethod]
    [DataRow("DISCONNECTED", 2, null, -1, DisplayName = "read before the end was set")]
    [DataRow("CONNECTED", 2, "cpu", -1, DisplayName = "another connection, read before the end was set")]
    [DataRow("DISCONNECTED", 0, null, 1, DisplayName = "an outdated replica")]
    public void What_another_process_saw_before_the_connection_does_not_drop_its_lease(string state, int changed, string? pool, int seconds)
    {
        var seen = Samples.Environment(state, changed, pool) with { ObservedAt = Noon.AddSeconds(seconds) };
        Assert.AreEqual(Lease, LeaseMachine.Next(Lease, Observed(seen)).Lease);
        var asked = new Lease("acme", "train-a") { Asked = Asked() with { StateBefore = "DISCONNECTED" } };
        var connected = Here with { ObservedAt = Noon.AddSeconds(-1) };
        Assert.AreEqual(asked, LeaseMachine.Next(asked, Observed(connected) with { IsFree = true }).Lease);
    }

    [TestMethod]
    [DataRow("CONNECTED", 1, "h100-8x", 8, true)]
    [DataRow("CONNECTED", 2, "h100-8x", 8, false, DisplayName = "perhaps reconnected the same way")]
    [DataRow("CONNECTED", 1, "cpu", 8, false)]
    [DataRow("CONNECTED", 1, "h100-8x", 16, false)]
    [DataRow("CONNECTED", 1, null, 8, false)]
    [DataRow("DISCONNECTED", 1, "h100-8x", 8, false)]
    [DataRow("RECONNECTING", 1, "h100-8x", 8, false)]
    public void Only_the_same_connection_may_be_ended(string state, int changed, string? pool, int ranks, bool mayBeSent) => Assert.AreEqual(
        mayBeSent, (Samples.Disconnect() with { Only = Connection }).MayBeSent(Samples.Environment(state, changed, pool, ranks)));

    [TestMethod]
    public void Role_and_zone_are_part_of_the_fingerprint_and_omitted_members_contradict_nothing()
    {
        var there = new ConnectionInfo { NodePoolId = "h100-8x", NumRanks = 8, Role = "r", Zone = "z" };
        var connection = ConnectionFingerprint.Of(Here with { Connection = there })!;
        Assert.IsTrue(connection.IsOf(Here with { Connection = there with { Role = null, Zone = null, NumRanks = null } }));
        Assert.IsFalse(connection.IsOf(Here with { Connection = there with { Role = "s" } }));
        Assert.IsFalse(connection.IsOf(Here with { Connection = there with { Zone = "y" } }));
    }

    [TestMethod]
    public void An_update_that_was_watched_throughout_is_still_the_same_connection()
    {
        var later = Samples.Environment("CONNECTED", 2, "h100-8x");
        var lease = LeaseMachine.Next(Lease, Observed(later) with { IsContinuous = true }).Lease!;
        Assert.IsTrue(lease.Kept!.Connection.IsOf(later));
        Assert.IsFalse(LeaseMachine.Next(Lease, Observed(later)).Lease!.Kept!.Connection.IsOf(later));
    }

    public static IEnumerable<object?[]> Answers =>
    [
        ["applied", new ChangeAnswer.Done(Samples.Environment("DISCONNECTED", 2)), null, null],
        ["gone", new ChangeAnswer.Faulted(Samples.Answered(404, GoogleRpcCode.NotFound), Outcomes.Applied, null), null, null],
        ["busy", new ChangeAnswer.Busy(Samples.Connect()), LeaseStage.Kept, 0],
        ["busy elsewhere", null, LeaseStage.Kept, 0],
        ["not applied", new ChangeAnswer.Faulted(Samples.NotSent(), Outcomes.NotApplied, Here), LeaseStage.Kept, 1],
        ["signed out", new ChangeAnswer.Left(LeaveReason.SignedOut, Outcomes.NotApplied, Here), LeaseStage.Kept, 1],
        ["snapshot failed", new ChangeAnswer.SettledElsewhere(Samples.Environment("CONNECTED", 3, "h100-8x", status: new StatusInfo { Code = "INTERNAL" })), LeaseStage.Kept, 1],
        ["connected again without a failure", new ChangeAnswer.SettledElsewhere(Samples.Environment("CONNECTED", 3, "h100-8x")), LeaseStage.Missed, 0],
        ["disconnected", new ChangeAnswer.Withheld(Samples.Environment("DISCONNECTED", 0)), null, null],
        ["another one", new ChangeAnswer.Withheld(Samples.Environment("CONNECTED", 2, "cpu")), null, null],
        ["changing", new ChangeAnswer.Withheld(Samples.Environment("RECONNECTING", 2, "h100-8x")), LeaseStage.Kept, 0],
        ["perhaps another one", new ChangeAnswer.Withheld(Samples.Environment("CONNECTED", 2, "h100-8x")), LeaseStage.Missed, 0],
        ["unknown", new ChangeAnswer.Faulted(Samples.Lost(), Outcomes.Unknown, Here), LeaseStage.Missed, 0],
        ["timed out", new ChangeAnswer.Left(LeaveReason.TimedOut, Outcomes.Unknown, Here), LeaseStage.Missed, 0],
        ["unclear", new ChangeAnswer.Unclear(Here), LeaseStage.Missed, 0],
        ["without effect", new ChangeAnswer.NothingHappened(Here), LeaseStage.Missed, 0],
    ];

    [TestMethod]
    [DynamicData(nameof(Answers))]
    public void A_disconnect_is_repeated_only_if_it_provably_had_no_effect(string name, object? answer, object? stage, object? tries)
    {
        var step = LeaseMachine.Next(Ending, new LeaseEvent.Ended(Kept.Until.AddMinutes(1), (ChangeAnswer?)answer));
        Assert.AreEqual(stage, step.Lease?.Kept?.Stage, name);
        Assert.AreEqual(tries, step.Lease?.Kept?.Tries, name);
        if (step.Lease is null)
            return;
        Assert.AreEqual(Kept.Until, LeaseMachine.Describe(step.Lease, Kept.Until.AddMinutes(1))!.Missed);
        var next = Tick(step.Lease, 121.4);
        Assert.AreEqual(LeaseAction.None, next.Action, name);
        Assert.AreEqual(stage is LeaseStage.Kept ? LeaseAction.Disconnect : LeaseAction.None, Tick(step.Lease, 121.5).Action, name);
    }

    [TestMethod]
    public void The_wait_doubles_up_to_ten_minutes_and_ten_disconnects_are_the_most()
    {
        var lease = Ending;
        var now = Kept.Until;
        var waits = new List<double>();
        while (true)
        {
            lease = LeaseMachine.Next(lease, new LeaseEvent.Ended(now, new ChangeAnswer.Faulted(Samples.NotSent(), Outcomes.NotApplied, Here))).Lease!;
            if (lease.Kept!.Stage == LeaseStage.Missed)
                break;
            waits.Add((lease.Kept.NotBefore!.Value - now).TotalSeconds);
            now = lease.Kept.NotBefore.Value;
            lease = LeaseMachine.Next(lease, new LeaseEvent.Tick(now, IsFree: false)).Lease!;
        }

        CollectionAssert.AreEqual(new double[] { 30, 60, 120, 240, 480, 600, 600, 600, 600 }, waits);
        Assert.IsEmpty(LeaseMachine.Describe(lease, now)!.KeptBy);
    }

    [TestMethod]
    public void A_disconnect_whose_process_ended_is_not_repeated()
    {
        Assert.AreEqual(Ending, Tick(Ending, 120.5, isFree: true).Lease, "Its process may not have the lock yet.");
        Assert.AreEqual(Ending, Tick(Ending, 180, isFree: false).Lease);
        var missed = Tick(Ending, 180, isFree: true).Lease!;
        Assert.AreEqual(LeaseStage.Missed, missed.Kept!.Stage);
        Assert.AreEqual(LeaseAction.None, Tick(missed, 500, isFree: true).Action);
        Assert.AreEqual(LeaseStage.Missed, LeaseMachine.Next(Ending, new LeaseEvent.Broken(Noon)).Lease!.Kept!.Stage);
    }

    [TestMethod]
    public void The_duration_counts_from_the_confirmed_connection()
    {
        var asked = LeaseMachine.Next(new Lease("acme", "train-a"), new LeaseEvent.ConnectAsked(Noon, Asked())).Lease!;
        Assert.IsNull(LeaseMachine.Describe(asked, Noon));
        var accepted = new LeaseEvent.Connected(Noon, Attempt, Samples.Environment("CONNECTING", 1, "h100-8x"));
        Assert.AreEqual(asked, LeaseMachine.Next(asked, accepted).Lease);
        var kept = LeaseMachine.Next(asked, new LeaseEvent.Connected(Noon, Attempt, Here with { ObservedAt = Noon.AddMinutes(4) })).Lease!;
        Assert.AreEqual(Noon.AddMinutes(64), kept.Kept!.Until);
        Assert.IsNull(kept.Asked);
    }

    [TestMethod]
    public void A_failed_reconnect_leaves_the_end_of_the_connection_as_it_was()
    {
        var asked = LeaseMachine.Next(Lease, new LeaseEvent.ConnectAsked(Noon, Asked())).Lease!;
        Assert.AreEqual(asked, LeaseMachine.Next(asked, new LeaseEvent.NotConnected(Noon, Guid.Empty)).Lease, "another connect");
        Assert.AreEqual(Lease, LeaseMachine.Next(asked, new LeaseEvent.NotConnected(Noon, Attempt)).Lease);
        Assert.IsNull(LeaseMachine.Next(asked with { Kept = null }, new LeaseEvent.NotConnected(Noon, Attempt)).Lease);
        Assert.IsNull(LeaseMachine.Next(Lease, new LeaseEvent.Replaced(Noon)).Lease);
    }

    [TestMethod]
    [DataRow("DISCONNECTED", 0, "CONNECTED", 1, "h100-8x", true, true)]
    [DataRow("CONNECTED", 0, "CONNECTED", 1, "h100-8x", true, true)]
    [DataRow("CONNECTED", 1, "CONNECTED", 1, "h100-8x", true, false, DisplayName = "it was there before")]
    [DataRow(null, 0, "CONNECTED", 1, "h100-8x", true, false, DisplayName = "it may have been there before")]
    [DataRow("DISCONNECTED", 0, "CONNECTED", 1, "cpu", true, false)]
    [DataRow("DISCONNECTED", 0, "CONNECTED", 1, "h100-8x", false, false, DisplayName = "a process is working on it")]
    [DataRow("DISCONNECTED", 0, "CONNECTING", 1, "h100-8x", true, false)]
    public void Whichever_process_sees_the_connection_starts_its_lease(
        string? before, int changedBefore, string state, int changed, string pool, bool isFree, bool starts)
    {
        var asked = Asked() with { StateBefore = before, UpdateTimeBefore = Samples.Environment("CONNECTED", changedBefore).UpdateTime };
        var lease = new Lease("acme", "train-a") { Asked = asked };
        var after = LeaseMachine.Next(lease, Observed(Samples.Environment(state, changed, pool)) with { IsFree = isFree }).Lease!;
        Assert.AreEqual(starts, after.Kept is not null);
        Assert.AreEqual(starts, after.Asked is null);
    }

    [TestMethod]
    public void The_end_of_a_connect_that_did_not_happen_is_forgotten_after_two_minutes()
    {
        var lease = new Lease("acme", "train-a") { Asked = Asked() with { StateBefore = "DISCONNECTED" } };
        var seen = Observed(Samples.Environment("DISCONNECTED")) with { IsFree = true };
        Assert.AreEqual(lease, LeaseMachine.Next(lease, seen with { Now = Noon.AddMinutes(2) }).Lease);
        Assert.IsNull(LeaseMachine.Next(lease, seen with { Now = Noon.AddMinutes(2.1) }).Lease);
        Assert.AreEqual(lease, LeaseMachine.Next(lease, seen with { Now = Noon.AddMinutes(2.1), IsFree = false }).Lease);
    }

    [TestMethod]
    [DataRow("DISCONNECTED", true)]
    [DataRow(null, false, DisplayName = "unknown")]
    public void An_end_that_is_set_after_a_connect_is_not_started_again_by_a_later_reconnect(string? before, bool isResult)
    {
        var asked = new Lease("acme", "train-a") { Asked = Asked() with { StateBefore = before } };
        var set = LeaseMachine.Next(asked, new LeaseEvent.Set(Noon, new LeaseParams { DurationSeconds = 3600 }, Here)).Lease!;
        Assert.AreEqual(isResult, set.Asked is null);
        var seen = Observed(Samples.Environment("CONNECTED", 2, "h100-8x")) with { IsFree = true };
        Assert.AreEqual(set.Kept, LeaseMachine.Next(set, seen).Lease!.Kept);
    }

    [TestMethod]
    public void The_end_can_be_moved_and_cleared_until_the_disconnect_starts()
    {
        var end = new LeaseParams { DurationSeconds = 3600 };
        var moved = LeaseMachine.Next(Tick(Lease, 118).Lease!, new LeaseEvent.Set(Noon.AddMinutes(119), end, Here)).Lease!;
        Assert.AreEqual(Noon.AddMinutes(179), moved.Kept!.Until);
        Assert.IsNull(moved.Kept.Noticed);
        Assert.IsNull(LeaseMachine.Next(Lease, new LeaseEvent.Cleared(Noon)).Lease);
        Assert.AreEqual(LeaseAction.Refuse, LeaseMachine.Next(Ending, new LeaseEvent.Set(Noon, end, Here)).Action);
        Assert.AreEqual(new LeaseStep(Ending, LeaseAction.Refuse), LeaseMachine.Next(Ending, new LeaseEvent.Cleared(Noon)));
        Assert.IsNull(LeaseMachine.Next(Lease, new LeaseEvent.Gone(Noon)).Lease);
    }

    [TestMethod]
    [DataRow(120, 0, true)]
    [DataRow(121, 0, false)]
    [DataRow(119, 0, true, DisplayName = "an earlier end")]
    [DataRow(150, 150, true)]
    [DataRow(151, 150, false)]
    [DataRow(500, null, true)]
    public void An_end_is_moved_back_only_as_far_as_allowed(int minutes, int? latest, bool isAllowed)
    {
        var set = new LeaseEvent.Set(Noon, new LeaseParams { Until = Noon.AddMinutes(minutes) }, Here, latest is { } most ? Noon.AddMinutes(most) : null);
        var step = LeaseMachine.Next(Lease, set);
        Assert.AreEqual(isAllowed ? LeaseAction.None : LeaseAction.RefuseLater, step.Action);
        Assert.AreEqual(Noon.AddMinutes(isAllowed ? minutes : 120), step.Lease!.Kept!.Until);

        var asked = new Lease("acme", "train-a") { Asked = Asked() with { DurationSeconds = 7200 } };
        Assert.AreEqual(step.Action, LeaseMachine.Next(asked, set).Action);
        Assert.AreEqual(step.Action, LeaseMachine.Next(asked with { Asked = Asked() with { DurationSeconds = null, Until = Noon.AddMinutes(120) } }, set).Action);
        Assert.AreEqual(LeaseAction.None, LeaseMachine.Next(new Lease("acme", "train-a"), set).Action);
    }

    [TestMethod]
    public void A_lease_is_described_as_missed_only_after_its_end()
    {
        var info = LeaseMachine.Describe(Lease, Noon)!;
        Assert.AreEqual(Kept.Until, info.Until);
        CollectionAssert.AreEqual(new[] { "vscode" }, info.KeptBy.ToArray());
        Assert.IsNull(info.Missed);
        Assert.IsNull(LeaseMachine.Describe(Lease, Kept.Until.AddMinutes(1))!.Missed);
        Assert.AreEqual(Kept.Until, LeaseMachine.Describe(Lease, Kept.Until.AddMinutes(1.1))!.Missed);
        Assert.IsNull(LeaseMachine.Describe(Ending, Kept.Until.AddMinutes(5))!.Missed);
    }

    private static LeaseEvent.Observed Observed(EnvironmentInfo seen) => new(Noon.AddMinutes(1), seen, IsContinuous: false, IsFree: false);

    private static LeaseStep Tick(Lease lease, double minutes, bool isFree = false) =>
        LeaseMachine.Next(lease, new LeaseEvent.Tick(Noon.AddMinutes(minutes), isFree));

    private static AskedEnd Asked() => new(Attempt, Samples.Connect().Connection, Noon) { DurationSeconds = 3600 };
}
