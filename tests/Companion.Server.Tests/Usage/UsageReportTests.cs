using Companion.Protocol;
using Companion.Server.Usage;

namespace Companion.Server.Tests.Usage;

[TestClass]
public sealed class UsageReportTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    private static readonly UsageRow Row = new()
    {
        AccountId = "acme",
        EnvironmentId = "train-a",
        DisplayName = "Training",
        NodePoolId = "h100-8x",
        NumRanks = 8,
        From = At("2026-11-03T10:00Z"),
        Until = At("2026-11-03T13:12Z"),
        End = UsageEnds.Here,
    };

    [TestMethod]
    public void Hours_are_multiplied_by_ranks()
    {
        var group = Report([Row]).Single();
        Assert.AreEqual((11_520, 8 * 11_520, 0), (group.ConnectedSeconds, group.RankSeconds, group.NotWatchedSeconds));
        Assert.AreEqual(("train-a", "Training", "h100-8x", 8), (group.EnvironmentId, group.DisplayName, group.NodePoolId, group.NumRanks));
        Assert.AreEqual(default, (group.Day, group.From, group.Until, group.End));
    }

    [TestMethod]
    public void A_connection_with_an_unknown_number_of_ranks_counts_as_one()
    {
        Assert.AreEqual(11_520, Report([Row with { NumRanks = null }]).Single().RankSeconds);
    }

    [TestMethod]
    public void Only_the_part_in_the_range_is_counted()
    {
        Assert.AreEqual(3_600, Report([Row with { From = At("2026-10-20T00:00Z"), Until = At("2026-11-01T01:00Z") }]).Single().ConnectedSeconds);
        Assert.AreEqual(3_600, Report([Row with { From = At("2026-11-30T11:00Z"), Until = At("2026-12-02T00:00Z") }]).Single().ConnectedSeconds);
        Assert.IsEmpty(Report([Row with { From = At("2026-10-20T00:00Z"), Until = At("2026-10-21T01:00Z") }]));
        Assert.IsEmpty(Report([Row with { From = At("2026-11-04T00:00Z"), Until = At("2026-11-04T00:00Z") }]));
    }

    [TestMethod]
    public void Time_in_which_nobody_looked_is_marked()
    {
        var ended = Report([Row with { EndedBefore = Row.Until.AddHours(4) }]).Single();
        Assert.AreEqual((11_520, 14_400), (ended.ConnectedSeconds, ended.NotWatchedSeconds));

        var open = Report([], open: [Row with { End = null, Until = Now.AddMinutes(-6) }]).Single();
        Assert.AreEqual(360, open.NotWatchedSeconds);
        Assert.AreEqual(0, Report([], open: [Row with { End = null, Until = Now.AddMinutes(-5) }]).Single().NotWatchedSeconds);
    }

    [TestMethod]
    public void Groups_are_by_what_was_asked_for_and_say_what_their_connections_have_in_common()
    {
        UsageRow[] rows =
        [
            Row,
            Row with { NodePoolId = "a100-west", NumRanks = 4, From = Row.Until, Until = Row.Until.AddHours(5) },
            Row with { EnvironmentId = "eval-c", DisplayName = null, Until = Row.From.AddHours(1) },
        ];
        Assert.AreEqual("(train-a,) 29520, (eval-c,h100-8x) 3600", Describe(Report(rows, "environment")));
        Assert.AreEqual("(train-a,a100-west) 18000, (,h100-8x) 15120", Describe(Report(rows, "nodePool")));
        Assert.AreEqual("(,) 33120", Describe(Report(rows)));
        Assert.AreEqual(
            "(train-a,a100-west) 18000, (train-a,h100-8x) 11520, (eval-c,h100-8x) 3600", Describe(Report(rows, "environment", "nodePool")));
    }

    [TestMethod]
    public void Grouped_by_connection_each_has_its_times_and_its_end()
    {
        var groups = Report([Row, Row with { From = Row.From.AddDays(1), Until = Row.Until.AddDays(1), End = UsageEnds.Elsewhere }], [Row with { From = Now.AddHours(-1), Until = Now }], "connection");
        Assert.AreEqual("here,elsewhere,", string.Join(',', groups.OrderBy(static group => group.From).Select(static group => group.End)));
        Assert.AreEqual((Row.From, Row.Until), (groups[0].From, groups[0].Until));
    }

    [TestMethod]
    [DataRow("Etc/UTC", "2026-11-03 50400, 2026-11-04 86400, 2026-11-05 3600")]
    [DataRow("America/New_York", "2026-11-03 68400, 2026-11-04 72000")]
    [DataRow("Asia/Kolkata", "2026-11-03 30600, 2026-11-04 86400, 2026-11-05 23400")]
    public void Days_begin_at_midnight_where_the_person_is(string zone, string expected)
    {
        Assert.AreEqual(expected, ByDay(zone, "2026-11-03T10:00Z", "2026-11-05T01:00Z"));
    }

    [TestMethod]
    [DataRow("Europe/Berlin", "2026-10-24T12:00Z", "2026-10-26T12:00Z", "2026-10-24 36000, 2026-10-25 90000, 2026-10-26 46800", DisplayName = "25 hours in autumn")]
    [DataRow("Europe/Berlin", "2026-03-28T12:00Z", "2026-03-30T12:00Z", "2026-03-28 39600, 2026-03-29 82800, 2026-03-30 50400", DisplayName = "23 hours in spring")]
    [DataRow("America/Havana", "2026-03-07T12:00Z", "2026-03-09T12:00Z", "2026-03-07 61200, 2026-03-08 82800, 2026-03-09 28800", DisplayName = "no midnight in spring")]
    [DataRow("America/Havana", "2026-10-31T12:00Z", "2026-11-02T12:00Z", "2026-10-31 57600, 2026-11-01 90000, 2026-11-02 25200", DisplayName = "midnight comes twice")]
    public void A_day_on_which_clocks_change_has_its_own_length(string zone, string from, string until, string expected)
    {
        Assert.AreEqual(expected, ByDay(zone, from, until));
    }

    [TestMethod]
    public void Days_come_in_order_and_the_longest_first_in_each()
    {
        var groups = Report(
            [Row with { Until = Row.From.AddHours(20) }, Row with { EnvironmentId = "eval-c", From = Row.From.AddHours(1), Until = Row.From.AddHours(30) }], "day", "environment");
        Assert.AreEqual("2026-11-03 train-a, 2026-11-03 eval-c, 2026-11-04 eval-c, 2026-11-04 train-a", string.Join(", ", groups.Select(static g => $"{g.Day} {g.EnvironmentId}")));
    }

    private static string ByDay(string zone, string from, string until)
    {
        var report = new UsageReport(At("2026-01-01T00:00Z"), Now, new HashSet<string>(["day"], StringComparer.Ordinal), TimeZoneInfo.FindSystemTimeZoneById(zone));
        report.AddEnded(Row with { From = At(from), Until = At(until) });
        return string.Join(", ", report.Groups().Select(static group => $"{group.Day} {group.ConnectedSeconds}"));
    }

    private static IReadOnlyList<UsageGroup> Report(UsageRow[] ended, params string[] groupBy) => Report(ended, [], groupBy);

    private static IReadOnlyList<UsageGroup> Report(UsageRow[] ended, UsageRow[] open, params string[] groupBy)
    {
        var report = new UsageReport(Start, Now, new HashSet<string>(groupBy, StringComparer.Ordinal), TimeZoneInfo.Utc);
        Array.ForEach(ended, report.AddEnded);
        Array.ForEach(open, report.AddOpen);
        return report.Groups();
    }

    private static string Describe(IReadOnlyList<UsageGroup> groups) =>
        string.Join(", ", groups.Select(static group => $"({group.EnvironmentId},{group.NodePoolId}) {group.ConnectedSeconds}"));

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture);
}
