using Companion.Protocol;
using Companion.Server.Environments;
using Companion.Server.Tests.Support;

namespace Companion.Server.Tests.Environments;

[TestClass]
public sealed class StateSinceTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private static readonly EnvironmentInfo Connecting = Samples.Environment("CONNECTING", 1, "h100-8x");

    private static readonly EnvironmentInfo Connected = Samples.Environment("CONNECTED", 2, "h100-8x");

    [TestMethod]
    public void The_first_read_proves_nothing() => Assert.IsNull(StateSince.Of(before: null, Connected, TimeSpan.Zero));

    [TestMethod]
    [DataRow(0, 0, true)]
    [DataRow(60, 60, true)]
    [DataRow(61, 60, false)] // the wall clock was set back
    [DataRow(60, 61, false)] // the machine slept
    [DataRow(10, -61, false)]
    [DataRow(10, -5, true)] // a small correction of the wall clock
    public void A_change_of_state_is_reported_if_both_clocks_agree(int elapsed, int wall, bool isTold)
    {
        var now = Connected with { ObservedAt = Connecting.ObservedAt + (wall * Second) };
        Assert.AreEqual(isTold ? now.ObservedAt : null, StateSince.Of(Connecting, now, elapsed * Second));
    }

    [TestMethod]
    [DataRow("CONNECTING", null, true)]
    [DataRow("CONNECTING", "INTERNAL", true, DisplayName = "the failure of an earlier change")]
    [DataRow("DISCONNECTED", null, true)]
    [DataRow("RECONNECTING", null, true)]
    [DataRow("RECONNECTING", "OK", true)]
    [DataRow("RECONNECTING", "RESOURCE_EXHAUSTED", false)]
    [DataRow("DISCONNECTING", "INTERNAL", false)]
    [DataRow("DISCONNECTING", null, false)]
    public void The_end_of_a_failed_change_is_not_the_start_of_the_connection(string before, string? status, bool isStart)
    {
        var now = Connected with { Status = status is null ? null : new StatusInfo { Code = status } };
        Assert.AreEqual(isStart ? now.ObservedAt : null, StateSince.Of(Connecting with { State = before }, now, Second));
    }

    [TestMethod]
    public void It_stays_the_same_while_nothing_changes_at_the_gateway()
    {
        var since = Connected.ObservedAt;
        var later = Connected with { ObservedAt = since.AddHours(8) };
        Assert.AreEqual(since, StateSince.Of(Connected with { StateSince = since }, later, TimeSpan.FromHours(1)));
        Assert.IsNull(StateSince.Of(Connected, later, Second));
    }

    [TestMethod]
    public void A_state_that_may_have_changed_in_between_has_no_start_time()
    {
        var known = Connected with { StateSince = Connected.ObservedAt };
        EnvironmentInfo[] others =
        [
            known with { UpdateTime = known.UpdateTime!.Value.AddSeconds(1) },
            known with { Connection = known.Connection! with { NodePoolId = "other" } },
            known with { Status = new StatusInfo { Code = "INTERNAL" } },
        ];
        foreach (var now in others)
            Assert.IsNull(StateSince.Of(known, now with { StateSince = null }, Second), now.ToString());
        var untimed = known with { UpdateTime = null };
        Assert.IsNull(StateSince.Of(untimed, untimed, Second));
    }
}
