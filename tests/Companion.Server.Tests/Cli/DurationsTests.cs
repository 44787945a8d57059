using System.Globalization;
using Companion.Server.Cli.Output;
using Companion.Testing;

namespace Companion.Server.Tests.Cli;

[TestClass]
public sealed class DurationsTests
{
    [TestMethod]
    [DataRow("90m", 5400)]
    [DataRow("2h", 7200)]
    [DataRow("1d12h", 129_600)]
    [DataRow("1h30m15s", 5415)]
    [DataRow("7d", 604_800)]
    [DataRow("", null)]
    [DataRow("2", null)]
    [DataRow("h", null)]
    [DataRow("0m", null)]
    [DataRow("-2h", null)]
    [DataRow("1.5h", null)]
    [DataRow("2h1d", null)]
    [DataRow("1h1h", null)]
    [DataRow("2H", null)]
    [DataRow("2h ", null)]
    [DataRow("99999999999h", null)]
    public void Durations_have_numbers_with_units_the_largest_first(string text, int? seconds)
    {
        var isValid = Durations.TryParse(text, out var duration);

        Assert.AreEqual(seconds, isValid ? (int)duration.TotalSeconds : null);
    }

    [TestMethod]
    [DataRow("18:30", "2026-11-29T18:30:00+01:00", DisplayName = "later today")]
    [DataRow("9:05", "2026-11-30T09:05:00+01:00", DisplayName = "tomorrow")]
    [DataRow("12:00", "2026-11-30T12:00:00+01:00", DisplayName = "now is over")]
    [DataRow("2026-12-01T08:00", "2026-12-01T08:00:00+01:00")]
    [DataRow("2026-12-01 08:00", "2026-12-01T08:00:00+01:00")]
    [DataRow("2026-12-01T08:00:00Z", "2026-12-01T08:00:00+00:00")]
    [DataRow("2026-12-01T08:00:00.500-05:00", "2026-12-01T08:00:00.500-05:00")]
    [DataRow("2027-03-28T02:30", null, DisplayName = "skipped when clocks go forward")]
    [DataRow("2027-10-31T02:30", "2027-10-31T02:30:00+02:00", DisplayName = "the first of two such times")]
    [DataRow("24:00", null)]
    [DataRow("18.30", null)]
    [DataRow("tomorrow", null)]
    [DataRow("2026-13-01T08:00", null)]
    public void Times_are_the_next_in_the_local_time_zone_or_have_an_offset(string text, string? expected)
    {
        var time = new TestTimeProvider();
        time.SetUtcNow(new DateTimeOffset(2026, 11, 29, 11, 0, 0, TimeSpan.Zero));
        time.SetLocalTimeZone(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));

        var isValid = Durations.TryParseTime(text, time, out var at);

        Assert.AreEqual(expected, isValid ? at.ToString(at.Millisecond == 0 ? "yyyy-MM-ddTHH:mm:sszzz" : "yyyy-MM-ddTHH:mm:ss.fffzzz", CultureInfo.InvariantCulture) : null);
    }

    [TestMethod]
    [DataRow(-1, "0 s")]
    [DataRow(59, "59 s")]
    [DataRow(61, "1 m 1 s")]
    [DataRow(11_520, "3 h 12 m")]
    [DataRow(100_000, "1 d 3 h")]
    public void Durations_are_short_for_people(int seconds, string expected) =>
        Assert.AreEqual(expected, Durations.Text(TimeSpan.FromSeconds(seconds)));
}
