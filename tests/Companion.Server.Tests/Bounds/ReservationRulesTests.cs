using System.Globalization;
using Companion.Protocol;
using Companion.Server.Bounds;
using Companion.Server.Leases;
using Companion.Server.Tests.Support;

namespace Companion.Server.Tests.Bounds;

/// <summary>What counts as in use, without a clock.</summary>
[TestClass]
public sealed class ReservationRulesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly Reservation Reserved = Reservation(Noon, hours: 2);

    // Confirmed at 12:01 with the update time 12:01.
    private static readonly Reservation Confirmed = ReservationRules.Confirm(Reserved, Seen("CONNECTED", 1, 1, "h100-8x"));

    [TestMethod]
    public void A_confirmed_connection_lasts_as_long_as_asked_for_from_then_on()
    {
        Assert.AreEqual(Noon.AddHours(2), Reserved.Until);
        Assert.AreEqual((Noon.AddMinutes(121), Noon.AddMinutes(1), "h100-8x"), (Confirmed.Until, Confirmed.ConfirmedAt, Confirmed.Connection!.NodePoolId));
        var until = Reserved with { Asked = Reserved.Asked with { DurationSeconds = null, Until = Noon.AddHours(1) } };
        Assert.AreEqual(Noon.AddHours(1), ReservationRules.Confirm(until, Seen("CONNECTED", 1, 1, "h100-8x")).Until);
        Assert.AreSame(Reserved, ReservationRules.Confirm(Reserved, Seen("CONNECTING", 1, 1, "h100-8x")));
        Assert.IsFalse(ReservationRules.Confirm(ReservationRules.End(Reserved, Noon), Seen("CONNECTED", 1, 1, "h100-8x")).IsOver);
    }

    [TestMethod]
    [DataRow("DISCONNECTED", 15, null, true, false, DisplayName = "it may still take effect")]
    [DataRow("DISCONNECTED", 15.1, null, true, true)]
    [DataRow("DELETING", 15.1, null, true, true)]
    [DataRow("CONNECTED", 15.1, "cpu", true, true, DisplayName = "another connection")]
    [DataRow("CONNECTED", 15.1, null, true, false, DisplayName = "perhaps this connection")]
    [DataRow("CONNECTING", 15.1, "h100-8x", true, false)]
    [DataRow("DISCONNECTED", 15.1, null, false, false, DisplayName = "a process is changing the environment")]
    [DataRow("DISCONNECTED", -1, null, true, false, DisplayName = "from before")]
    public void A_connect_that_no_one_has_confirmed_counts_until_it_can_no_longer_take_effect(
        string state, double minutes, string? pool, bool isFree, bool isOver)
    {
        var after = ReservationRules.Observe(Reserved, Seen(state, minutes, 0, pool), isContinuous: false, isFree);
        Assert.AreEqual(isOver, after.IsOver);
        Assert.AreEqual(isOver ? Noon.AddMinutes(minutes) : Reserved.Until, after.Until);
    }

    [TestMethod]
    [DataRow(1, "h100-8x", 8, true, true)]
    [DataRow(1, "h100-8x", 16, true, true, DisplayName = "with more ranks")]
    [DataRow(1, "h100-8x", 4, true, false)]
    [DataRow(1, "cpu", 8, true, false)]
    [DataRow(1, "h100-8x", 8, false, false, DisplayName = "a process is changing the environment")]
    public void A_connect_that_no_one_has_confirmed_is_recognized(int changed, string pool, int ranks, bool isFree, bool isConfirmed)
    {
        var after = ReservationRules.Observe(Reserved, Seen("CONNECTED", 5, changed, pool, ranks), isContinuous: false, isFree);
        Assert.AreEqual(isConfirmed, after.Connection is not null);
        Assert.AreEqual(isConfirmed ? Math.Max(ranks, 8) : 8, after.Ranks);
    }

    [TestMethod]
    [DataRow("DISCONNECTED", 1.1, 2, null, true, DisplayName = "the gateway says that it's newer")]
    [DataRow("DISCONNECTED", 1.9, 1, null, false, DisplayName = "perhaps from before")]
    [DataRow("DISCONNECTED", 2, 0, null, true, DisplayName = "too late to be from before")]
    [DataRow("DISCONNECTED", -1, 2, null, false, DisplayName = "before it was reserved")]
    [DataRow("DELETING", 3, 3, null, true)]
    [DataRow("CONNECTED", 3, 3, "cpu", true, DisplayName = "another connection")]
    [DataRow("CONNECTED", 3, 3, "h100-8x", false, DisplayName = "perhaps the same connection")]
    [DataRow("DISCONNECTING", 3, 3, "h100-8x", false)]
    [DataRow("RECONNECTING", 3, 3, "cpu", false)]
    [DataRow("HIBERNATING", 3, 3, null, false)]
    public void A_connection_counts_until_it_was_seen_to_have_ended(string state, double minutes, int changed, string? pool, bool isOver) =>
        Assert.AreEqual(isOver, ReservationRules.Observe(Confirmed, Seen(state, minutes, changed, pool), isContinuous: false, isFree: false).IsOver);

    [TestMethod]
    public void An_update_between_two_close_looks_does_not_hide_the_connection()
    {
        var updated = Seen("CONNECTED", 5, 4, "h100-8x");
        Assert.IsFalse(ReservationRules.IsShownBy(ReservationRules.Observe(Confirmed, updated, isContinuous: false, isFree: true), updated));
        Assert.IsTrue(ReservationRules.IsShownBy(ReservationRules.Observe(Confirmed, updated, isContinuous: true, isFree: true), updated));
    }

    [TestMethod]
    [DataRow(600, 70, 70, DisplayName = "when the environment last changed")]
    [DataRow(600, 1, 600, DisplayName = "it hasn't changed since it was connected")]
    [DataRow(600, 601, 600, DisplayName = "the gateway's clock is ahead")]
    [DataRow(600, null, 600, DisplayName = "the gateway doesn't say")]
    public void It_ended_when_the_gateway_says_or_when_it_was_seen(int seenAt, int? changed, int end)
    {
        var seen = Seen("DISCONNECTED", seenAt, changed ?? 0) with { UpdateTime = changed is { } minutes ? Noon.AddMinutes(minutes) : null };
        Assert.AreEqual(Noon.AddMinutes(end), ReservationRules.Observe(Confirmed, seen, isContinuous: false, isFree: true).Until);
    }

    [TestMethod]
    public void What_is_over_stays_as_it_is()
    {
        var over = ReservationRules.End(Confirmed, Noon.AddHours(1));
        Assert.AreSame(over, ReservationRules.Observe(over, Seen("DISCONNECTED", 90, 90), isContinuous: false, isFree: true));
        Assert.AreEqual(Noon, ReservationRules.End(Reserved, Noon.AddHours(-1)).Until, "the clock was set back");
    }

    [TestMethod]
    public void Other_environments_count_once_and_the_same_one_does_not()
    {
        Reservation[] all =
        [
            Reservation(Noon, 2), Reservation(Noon, 2, "train-b"), Reservation(Noon, 2, "train-b"), Reservation(Noon, 2, account: "other"),
            Reservation(Noon, 2) with { Gateway = "https://other.example" }, ReservationRules.End(Reservation(Noon, 2, "train-c"), Noon),
        ];
        CollectionAssert.AreEqual(
            new[] { "acme/train-b", "other/train-a", "acme/train-a" },
            ReservationRules.Others(all, Reserved).Select(static key => $"{key.AccountId}/{key.EnvironmentId}").ToArray());
    }

    [TestMethod]
    [DataRow("2026-11-22T14:00Z", 2 * 8, DisplayName = "until its end")]
    [DataRow("2026-11-22T15:00Z", 3 * 8, DisplayName = "longer, if it hasn't been seen to end")]
    public void Hours_count_with_ranks_and_until_the_end_was_seen(string now, int hours)
    {
        var time = At(now);
        Assert.AreEqual(hours, ReservationRules.RankHours([Reserved], At("2026-11-22T00:00Z"), At("2026-11-23T00:00Z"), time));
        Assert.AreEqual(4, ReservationRules.RankHours([Reserved], At("2026-11-22T12:30Z"), At("2026-11-22T13:00Z"), time));
        Assert.AreEqual(0, ReservationRules.RankHours([Reserved], At("2026-11-21T00:00Z"), At("2026-11-22T00:00Z"), time));
        Assert.AreEqual(8, ReservationRules.RankHours([ReservationRules.End(Reserved, Noon.AddHours(1))], At("2026-11-22T00:00Z"), At("2026-11-23T00:00Z"), time));
    }

    [TestMethod]
    [DataRow("UTC", "2026-11-22T12:00Z", 2, 16.0, null)]
    [DataRow("UTC", "2026-11-22T12:00Z", 2, 15.9, "16 2026-11-22")]
    [DataRow("UTC", "2026-11-22T23:00Z", 2, 8.0, null, DisplayName = "an hour on each of two days")]
    [DataRow("UTC", "2026-11-22T23:00Z", 2, 7.9, "8 2026-11-22")]
    [DataRow("UTC", "2026-11-22T23:30Z", 2, 11.9, "12 2026-11-23", DisplayName = "too much on the second day")]
    [DataRow("America/New_York", "2026-11-22T23:30Z", 2, 15.9, "16 2026-11-22", DisplayName = "the local day")]
    [DataRow("Europe/Berlin", "2026-10-24T22:00Z", 25, 200.0, null, DisplayName = "a day of 25 hours")]
    [DataRow("Europe/Berlin", "2026-10-24T22:00Z", 26, 199.9, "200 2026-10-25")]
    public void Each_local_day_has_its_own_hours(string zone, string from, int length, double most, string? expected)
    {
        var excess = ReservationRules.Excess(
            [], Reservation(At(from), length), (decimal)most, At(from), TimeZoneInfo.FindSystemTimeZoneById(zone));
        Assert.AreEqual(expected, excess is { } e
            ? string.Create(CultureInfo.InvariantCulture, $"{e.Hours:0.#} {TimeZoneInfo.ConvertTime(e.Day, TimeZoneInfo.FindSystemTimeZoneById(zone)):yyyy-MM-dd}")
            : null);
    }

    [TestMethod]
    public void What_was_used_earlier_in_the_day_counts()
    {
        var before = ReservationRules.End(Reservation(Noon.AddHours(-3), 2), Noon.AddHours(-2));
        Assert.IsNull(ReservationRules.Excess([before], Reserved, 24, Noon, TimeZoneInfo.Utc));
        Assert.AreEqual(24, ReservationRules.Excess([before], Reserved, 23.9m, Noon, TimeZoneInfo.Utc)!.Value.Hours);
        Assert.IsNull(ReservationRules.Excess([before], Reservation(Noon.AddDays(1), 2), 16, Noon.AddDays(1), TimeZoneInfo.Utc));
    }

    [TestMethod]
    [DataRow(true, 2, false)]
    [DataRow(true, 2.1, true)]
    [DataRow(false, 30, false)]
    [DataRow(false, 30.1, true)]
    public void What_no_longer_matters_is_removed(bool isOver, double daysAfterEnd, bool isRemoved)
    {
        var one = isOver ? ReservationRules.End(Reserved, Reserved.Until!.Value) : Reserved;
        var left = ReservationRules.Prune([one], Noon.AddHours(2).AddDays(daysAfterEnd).AddMinutes(-1));
        Assert.HasCount(isRemoved ? 0 : 1, left);
    }

    [TestMethod]
    public void A_connection_without_an_end_counts_for_a_year()
    {
        var endless = Reserved with { Until = null };
        Assert.AreEqual(12 * 8, ReservationRules.RankHours([endless], Noon, Noon.AddHours(12), Noon));
        Assert.HasCount(1, ReservationRules.Prune([endless], Noon.AddDays(365)));
        Assert.IsEmpty(ReservationRules.Prune([endless], Noon.AddDays(400)));
    }

    private static Reservation Reservation(DateTimeOffset from, int hours, string environment = "train-a", string account = "acme")
    {
        var asked = new AskedEnd(Guid.NewGuid(), Samples.Connect().Connection, from) { DurationSeconds = hours * 3600, StateBefore = "DISCONNECTED" };
        return new Reservation("https://gateway.example", account, environment, Actors.Agent, asked, from, asked.Earliest);
    }

    private static EnvironmentInfo Seen(string state, double minutes, int changed, string? pool = null, int ranks = 8) =>
        Samples.Environment(state, changed, pool, ranks) with { ObservedAt = Noon.AddMinutes(minutes) };

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);
}
