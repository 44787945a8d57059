using Companion.Protocol;
using Companion.Server.Changes;
using Companion.Server.Tests.Support;

namespace Companion.Server.Tests.Changes;

/// <summary>What an environment's description says about a change, seen beside what was there before.</summary>
[TestClass]
public sealed class JudgeTests
{
    [TestMethod]
    [DataRow("DISCONNECTED", 0, null, "DISCONNECTED", 0, null, nameof(Verdict.Unchanged), DisplayName = "nothing moved")]
    [DataRow("DISCONNECTED", 0, null, "DISCONNECTED", 1, null, nameof(Verdict.Failed), DisplayName = "came and went")]
    [DataRow("DISCONNECTED", 0, null, "CONNECTING", 1, "h100-8x", nameof(Verdict.UnderWay), DisplayName = "on its way")]
    [DataRow("DISCONNECTED", 0, null, "CONNECTING", 1, "cpu", nameof(Verdict.UnderWay), DisplayName = "on its way for somebody else")]
    [DataRow("DISCONNECTED", 0, null, "CONNECTED", 2, "h100-8x", nameof(Verdict.InEffect), DisplayName = "connected")]
    [DataRow("DISCONNECTED", 0, null, "CONNECTED", 2, "cpu", nameof(Verdict.Failed), DisplayName = "connected elsewhere by somebody else")]
    [DataRow("CONNECTED", 0, "cpu", "CONNECTED", 0, "cpu", nameof(Verdict.Unchanged), DisplayName = "still the old connection")]
    [DataRow("CONNECTED", 0, "cpu", "RECONNECTING", 1, "h100-8x", nameof(Verdict.UnderWay), DisplayName = "changing over")]
    [DataRow("CONNECTED", 0, "cpu", "DISCONNECTING", 1, "cpu", nameof(Verdict.UnderWay), DisplayName = "somebody disconnects it")]
    [DataRow("DISCONNECTED", 0, null, "DELETING", 1, null, nameof(Verdict.Failed), DisplayName = "being deleted")]
    [DataRow("DISCONNECTED", 0, null, "MIGRATING", 1, null, nameof(Verdict.UnderWay), DisplayName = "a state of tomorrow")]
    public void Connect(string was, int then, string? oldPool, string state, int now, string? pool, string verdict) =>
        Assert.AreEqual(verdict, Samples.Connect().Judge(Samples.Environment(was, then, oldPool), Samples.Environment(state, now, pool)).ToString());

    [TestMethod]
    [DataRow("CONNECTED", 0, "CONNECTED", 0, nameof(Verdict.Unchanged), DisplayName = "nothing moved")]
    [DataRow("CONNECTED", 0, "CONNECTED", 1, nameof(Verdict.Failed), DisplayName = "the snapshot failed")]
    [DataRow("CONNECTED", 0, "DISCONNECTING", 1, nameof(Verdict.UnderWay), DisplayName = "on its way")]
    [DataRow("CONNECTED", 0, "DISCONNECTED", 2, nameof(Verdict.InEffect), DisplayName = "disconnected")]
    [DataRow("CONNECTING", 0, "CONNECTING", 0, nameof(Verdict.Unchanged), DisplayName = "still connecting")]
    [DataRow("CONNECTED", 0, "RECONNECTING", 1, nameof(Verdict.UnderWay), DisplayName = "somebody reconnects it")]
    public void Disconnect(string was, int then, string state, int now, string verdict) =>
        Assert.AreEqual(verdict, Samples.Disconnect().Judge(Samples.Environment(was, then, "cpu"), Samples.Environment(state, now, "cpu")).ToString());

    [TestMethod]
    [DataRow(8, nameof(Verdict.InEffect))]
    [DataRow(4, nameof(Verdict.Failed))]
    public void The_number_of_ranks_belongs_to_what_was_asked(int ranks, string verdict) => Assert.AreEqual(
        verdict,
        Samples.Connect().Judge(
            Samples.Environment(EnvironmentStates.Disconnected),
            Samples.Environment(EnvironmentStates.Connected, changed: 1, "h100-8x", ranks)).ToString());
}
