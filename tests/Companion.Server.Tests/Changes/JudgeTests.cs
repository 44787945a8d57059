using Companion.Protocol;
using Companion.Server.Changes;
using Companion.Server.Tests.Support;

namespace Companion.Server.Tests.Changes;

/// <summary>What an environment's state proves about a change, compared with the state before it.</summary>
[TestClass]
public sealed class JudgeTests
{
    private const string Role = "arn:aws:iam::123456789012:role/ml/trainer";
    private const string RoleInUse = "arn:aws:sts::123456789012:assumed-role/trainer/session-7";

    [TestMethod]
    [DataRow("DISCONNECTED", 0, null, "DISCONNECTED", 0, null, nameof(Verdict.Unchanged), DisplayName = "nothing moved")]
    [DataRow("DISCONNECTED", 0, null, "DISCONNECTED", 1, null, nameof(Verdict.BackAsBefore), DisplayName = "updated, or came and went")]
    [DataRow("DISCONNECTED", 0, null, "CONNECTING", 1, "h100-8x", nameof(Verdict.UnderWay), DisplayName = "on its way")]
    [DataRow("DISCONNECTED", 0, null, "CONNECTING", 1, "cpu", nameof(Verdict.UnderWay), DisplayName = "on its way for somebody else")]
    [DataRow("DISCONNECTED", 0, null, "CONNECTED", 2, "h100-8x", nameof(Verdict.InEffect), DisplayName = "connected")]
    [DataRow("DISCONNECTED", 0, null, "CONNECTED", 2, "cpu", nameof(Verdict.Unclear), DisplayName = "connected elsewhere")]
    [DataRow("DISCONNECTED", 0, null, "CONNECTED", 2, null, nameof(Verdict.Differs), DisplayName = "connected, and the gateway does not say to what")]
    [DataRow("CONNECTED", 0, "cpu", "CONNECTED", 0, "cpu", nameof(Verdict.Unchanged), DisplayName = "still the old connection")]
    [DataRow("CONNECTED", 0, "cpu", "CONNECTED", 1, "cpu", nameof(Verdict.BackAsBefore), DisplayName = "updated, or back at the old connection")]
    [DataRow("CONNECTED", 0, "cpu", "CONNECTED", 1, "spot", nameof(Verdict.Unclear), DisplayName = "changed over elsewhere")]
    [DataRow("CONNECTED", 0, "cpu", "CONNECTED", 1, null, nameof(Verdict.Unclear), DisplayName = "changed over, and the gateway does not say to what")]
    [DataRow("CONNECTED", 0, "cpu", "RECONNECTING", 1, "h100-8x", nameof(Verdict.UnderWay), DisplayName = "changing over")]
    [DataRow("CONNECTED", 0, "cpu", "DISCONNECTING", 1, "cpu", nameof(Verdict.UnderWay), DisplayName = "somebody disconnects it")]
    [DataRow("CONNECTED", 0, "cpu", "DISCONNECTED", 1, "cpu", nameof(Verdict.Failed), DisplayName = "fell off its node pool")]
    [DataRow("RECONNECTING", 0, "cpu", "DISCONNECTED", 1, "cpu", nameof(Verdict.Failed), DisplayName = "fell off while changing over")]
    [DataRow("CONNECTING", 0, "cpu", "DISCONNECTED", 1, "cpu", nameof(Verdict.Failed), DisplayName = "did not get there")]
    [DataRow("CREATING", 0, null, "DISCONNECTED", 1, null, nameof(Verdict.BackAsBefore), DisplayName = "created")]
    [DataRow("DISCONNECTED", 0, null, "CREATING", 1, null, nameof(Verdict.Unchanged), DisplayName = "being created")]
    [DataRow("DISCONNECTED", 0, null, "STATE_UNSPECIFIED", 1, null, nameof(Verdict.Unchanged), DisplayName = "no state")]
    [DataRow("DISCONNECTED", 0, null, "DELETING", 1, null, nameof(Verdict.Failed), DisplayName = "being deleted")]
    [DataRow("DISCONNECTED", 0, null, "MIGRATING", 1, null, nameof(Verdict.UnderWay), DisplayName = "a state of tomorrow")]
    public void Connect(string was, int then, string? oldPool, string state, int now, string? pool, string verdict) =>
        Assert.AreEqual(verdict, Samples.Connect().Judge(Samples.Environment(was, then, oldPool), Samples.Environment(state, now, pool)).ToString());

    [TestMethod]
    [DataRow("CONNECTED", 0, "CONNECTED", 0, nameof(Verdict.Unchanged), DisplayName = "nothing moved")]
    [DataRow("CONNECTED", 0, "CONNECTED", 1, nameof(Verdict.BackAsBefore), DisplayName = "updated, or the snapshot failed")]
    [DataRow("CONNECTED", 0, "DISCONNECTING", 1, nameof(Verdict.UnderWay), DisplayName = "on its way")]
    [DataRow("CONNECTED", 0, "DISCONNECTED", 2, nameof(Verdict.InEffect), DisplayName = "disconnected")]
    [DataRow("CONNECTING", 0, "CONNECTING", 0, nameof(Verdict.Unchanged), DisplayName = "still connecting")]
    [DataRow("RECONNECTING", 0, "RECONNECTING", 0, nameof(Verdict.Unchanged), DisplayName = "still changing over")]
    [DataRow("CONNECTED", 0, "RECONNECTING", 1, nameof(Verdict.UnderWay), DisplayName = "somebody reconnects it")]
    [DataRow("CONNECTED", 0, "CREATING", 1, nameof(Verdict.Unchanged), DisplayName = "being created")]
    [DataRow("CONNECTED", 0, "STATE_UNSPECIFIED", 1, nameof(Verdict.Unchanged), DisplayName = "no state")]
    [DataRow("CONNECTED", 0, "DELETING", 1, nameof(Verdict.UnderWay), DisplayName = "being deleted")]
    public void Disconnect(string was, int then, string state, int now, string verdict) =>
        Assert.AreEqual(verdict, Samples.Disconnect().Judge(Samples.Environment(was, then, "cpu"), Samples.Environment(state, now, "cpu")).ToString());

    [TestMethod]
    public void A_disconnect_is_unclear_if_the_environment_is_on_another_node_pool() => Assert.AreEqual(
        Verdict.Unclear,
        Samples.Disconnect().Judge(Samples.Environment(EnvironmentStates.Connected, 0, "cpu"), Samples.Environment(EnvironmentStates.Connected, 1, "h100-8x")));

    [TestMethod]
    [DataRow("DISCONNECTED", null, "DISCONNECTED", null)]
    [DataRow("CONNECTED", "cpu", "CONNECTED", "cpu")]
    [DataRow("CONNECTED", "cpu", "CONNECTED", null)]
    public void A_new_failure_proves_that_a_connect_is_not_in_effect(string was, string? oldPool, string state, string? pool)
    {
        var failure = new StatusInfo { Code = "INTERNAL", Message = "no" };
        var after = Samples.Environment(state, 1, pool, status: failure);
        Assert.AreEqual(Verdict.Failed, Samples.Connect().Judge(Samples.Environment(was, 0, oldPool), after));
        Assert.AreNotEqual(Verdict.Failed, Samples.Connect().Judge(Samples.Environment(was, 0, oldPool, status: failure), after));
    }

    [TestMethod]
    public void A_new_failure_proves_that_a_disconnect_is_not_in_effect()
    {
        var failure = new StatusInfo { Code = "INTERNAL", Message = "no" };
        var after = Samples.Environment("CONNECTED", 1, "cpu", status: failure);
        Assert.AreEqual(Verdict.Failed, Samples.Disconnect().Judge(Samples.Environment("CONNECTED", 0, "cpu"), after));
        Assert.AreEqual(Verdict.BackAsBefore, Samples.Disconnect().Judge(Samples.Environment("CONNECTED", 0, "cpu", status: failure), after));
    }

    [TestMethod]
    [DataRow(8, 8, null, null, null, null, nameof(Verdict.InEffect), "", DisplayName = "as requested")]
    [DataRow(8, null, null, null, null, null, nameof(Verdict.InEffect), "", DisplayName = "ranks left out")]
    [DataRow(null, null, null, null, null, null, nameof(Verdict.InEffect), "", DisplayName = "the default, left out")]
    [DataRow(null, 1, null, null, null, null, nameof(Verdict.InEffect), "", DisplayName = "the default")]
    [DataRow(1, null, null, null, null, null, nameof(Verdict.InEffect), "", DisplayName = "the default, requested")]
    [DataRow(4, 8, null, null, null, null, nameof(Verdict.Differs), "numRanks 4 8", DisplayName = "rounded up to a node")]
    [DataRow(null, 8, null, null, null, null, nameof(Verdict.Differs), "numRanks  8", DisplayName = "some where none were requested")]
    [DataRow(8, 4, null, null, null, null, nameof(Verdict.Differs), "numRanks 8 4", DisplayName = "fewer")]
    [DataRow(8, 8, Role, null, null, null, nameof(Verdict.InEffect), "", DisplayName = "role left out")]
    [DataRow(8, 8, Role, Role, null, null, nameof(Verdict.InEffect), "", DisplayName = "role")]
    [DataRow(8, 8, Role, RoleInUse, null, null, nameof(Verdict.InEffect), "", DisplayName = "a session of the role")]
    [DataRow(8, 8, null, Role, null, null, nameof(Verdict.InEffect), "", DisplayName = "a role where none was requested")]
    [DataRow(8, 8, Role, "arn:aws:sts::123456789012:assumed-role/other/session-7", null, null, nameof(Verdict.Differs), "role " + Role + " arn:aws:sts::123456789012:assumed-role/other/session-7")]
    [DataRow(8, 8, Role, "arn:aws:sts::210987654321:assumed-role/trainer/s", null, null, nameof(Verdict.Differs), "role " + Role + " arn:aws:sts::210987654321:assumed-role/trainer/s")]
    [DataRow(8, 8, Role, "arn:aws-cn:sts::123456789012:assumed-role/trainer/s", null, null, nameof(Verdict.Differs), "role " + Role + " arn:aws-cn:sts::123456789012:assumed-role/trainer/s")]
    [DataRow(8, 8, Role, "trainer", null, null, nameof(Verdict.Differs), "role " + Role + " trainer")]
    [DataRow(8, 8, null, null, true, null, nameof(Verdict.InEffect), "", DisplayName = "local storage left out")]
    [DataRow(8, 8, null, null, true, true, nameof(Verdict.InEffect), "", DisplayName = "local storage")]
    [DataRow(8, 8, null, null, false, null, nameof(Verdict.InEffect), "", DisplayName = "no local storage")]
    [DataRow(8, 8, null, null, false, true, nameof(Verdict.Differs), "useLocalStorage false true", DisplayName = "local storage against the request")]
    public void An_echo(int? ranks, int? reportedRanks, string? role, string? reportedRole, bool? storage, bool? reportedStorage, string verdict, string differences)
    {
        var connect = Request(ranks, role, storage);
        var now = Report(1, reportedRanks, reportedRole, reportedStorage);
        Assert.AreEqual(verdict, connect.Judge(Samples.Environment(EnvironmentStates.Disconnected), now).ToString());
        Assert.AreEqual(differences, string.Join(", ", connect.WithDifferences(now).Differences?.Select(d => $"{d.Member} {d.Requested} {d.Actual}") ?? []));
    }

    [TestMethod]
    [DataRow(8, 8, null, null, null, null, nameof(Verdict.InEffect), DisplayName = "as requested")]
    [DataRow(8, null, null, null, null, null, nameof(Verdict.Unchanged), DisplayName = "ranks left out")]
    [DataRow(4, 8, null, null, null, null, nameof(Verdict.Unchanged), DisplayName = "more ranks")]
    [DataRow(8, 8, Role, RoleInUse, null, null, nameof(Verdict.InEffect), DisplayName = "a session of the role")]
    [DataRow(8, 8, Role, null, null, null, nameof(Verdict.Unchanged), DisplayName = "role left out")]
    [DataRow(8, 8, null, null, true, null, nameof(Verdict.Unchanged), DisplayName = "local storage requested, and left out")]
    [DataRow(8, 8, null, null, true, true, nameof(Verdict.InEffect), DisplayName = "local storage")]
    [DataRow(8, 8, null, null, false, true, nameof(Verdict.Unchanged), DisplayName = "local storage against the request")]
    public void A_previous_connection_is_in_effect_only_if_every_member_is_confirmed(
        int? ranks, int? reportedRanks, string? role, string? reportedRole, bool? storage, bool? reportedStorage, string verdict)
    {
        var there = Report(0, reportedRanks, reportedRole, reportedStorage);
        Assert.AreEqual(verdict, Request(ranks, role, storage).Judge(there, there).ToString());
    }

    [TestMethod]
    [DataRow(16, null, nameof(Verdict.Differs), DisplayName = "rounded up")]
    [DataRow(2, Role, nameof(Verdict.Unclear), DisplayName = "reported as before, which may be how the gateway rounds what was requested")]
    [DataRow(4, null, nameof(Verdict.Unclear), DisplayName = "fewer")]
    [DataRow(16, "trainer", nameof(Verdict.Unclear), DisplayName = "more ranks and another role")]
    public void A_previous_connection_that_changed(int reportedRanks, string? reportedRole, string verdict) => Assert.AreEqual(
        verdict, Request(8, Role, storage: null).Judge(Report(0, 2, Role, storage: null), Report(1, reportedRanks, reportedRole, storage: null)).ToString());

    [TestMethod]
    [DataRow("CONNECTING", "h100-8x", 8, true)]
    [DataRow("RECONNECTING", "h100-8x", null, true, DisplayName = "ranks left out")]
    [DataRow("CONNECTING", "h100-8x", 4, false, DisplayName = "for somebody else")]
    [DataRow("CONNECTING", "cpu", 8, false, DisplayName = "elsewhere")]
    [DataRow("CONNECTED", "h100-8x", 8, false, DisplayName = "over")]
    public void A_connect_has_begun(string state, string pool, int? ranks, bool expected) => Assert.AreEqual(
        expected,
        Samples.Connect().HasBegun(Samples.Environment(state, 1) with { Connection = new ConnectionInfo { NodePoolId = pool, NumRanks = ranks } }));

    [TestMethod]
    [DataRow("DISCONNECTING", true)]
    [DataRow("DISCONNECTED", false)]
    public void A_disconnect_has_begun(string state, bool expected) => Assert.AreEqual(expected, Samples.Disconnect().HasBegun(Samples.Environment(state, 1)));

    private static Connect Request(int? ranks, string? role, bool? storage) => Samples.Connect() with
    {
        Connection = new ConnectionParams { NodePoolId = "h100-8x", NumRanks = ranks, Role = role, UseLocalStorage = storage },
    };

    private static EnvironmentInfo Report(int changed, int? ranks, string? role, bool? storage) => Samples.Environment(EnvironmentStates.Connected, changed) with
    {
        Connection = new ConnectionInfo { NodePoolId = "h100-8x", NumRanks = ranks, Role = role, UseLocalStorage = storage },
    };
}
