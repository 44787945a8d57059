using System.Globalization;

namespace Companion.Server.Cli.Output;

/// <summary>How durations and times are written on the command line, and shown.</summary>
internal static class Durations
{
    public const string Expected = "a duration such as 90m, 2h, or 1d12h";

    public const string TimeExpected = "a time such as 18:30, 2026-11-30T18:30, or 2026-11-30T18:30:00+01:00";

    private const int LongestYears = 1000;

    /// <summary>Parses numbers with the units d, h, m, and s, each at most once and in this order.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        const string Units = "dhms";
        duration = TimeSpan.Zero;
        var (at, unit) = (0, 0);
        while (at < text.Length)
        {
            var start = at;
            while (at < text.Length && char.IsAsciiDigit(text[at]))
                at++;
            if (at == text.Length || !int.TryParse(text.AsSpan(start, at - start), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                return false;
            var found = Units.IndexOf(text[at], StringComparison.Ordinal);
            if (found < unit || number > TimeSpan.FromDays(365 * LongestYears).TotalSeconds)
                return false;
            duration += found switch
            {
                0 => TimeSpan.FromDays(Math.Min(number, 365 * LongestYears)),
                1 => TimeSpan.FromHours(number),
                2 => TimeSpan.FromMinutes(number),
                _ => TimeSpan.FromSeconds(number),
            };
            (at, unit) = (at + 1, found + 1);
        }

        return duration > TimeSpan.Zero;
    }

    /// <summary>Parses a time of day, which is the next such time, or a local or full date with a time.</summary>
    public static bool TryParseTime(string text, TimeProvider time, out DateTimeOffset result)
    {
        result = default;
        var zone = time.LocalTimeZone;
        var now = TimeZoneInfo.ConvertTime(time.GetUtcNow(), zone);
        if (TimeOnly.TryParseExact(text, ["H:mm", "HH:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var clock))
        {
            var today = now.Date + clock.ToTimeSpan();
            return TryLocal(today, zone, out result) && result > now || TryLocal(today.AddDays(1), zone, out result);
        }

        string[] local = ["yyyy-MM-ddTHH:mm", "yyyy-MM-dd HH:mm", "yyyy-MM-ddTHH:mm:ss"];
        if (DateTime.TryParseExact(text, local, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return TryLocal(date, zone, out result);
        string[] full = ["yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK"];
        return DateTimeOffset.TryParseExact(text, full, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out result);
    }

    /// <summary>A duration for people, such as 3 h 12 m.</summary>
    public static string Text(TimeSpan duration) => duration switch
    {
        { TotalDays: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{(int)duration.TotalDays} d {duration.Hours} h"),
        { TotalHours: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{(int)duration.TotalHours} h {duration.Minutes} m"),
        { TotalMinutes: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{(int)duration.TotalMinutes} m {duration.Seconds} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, (int)duration.TotalSeconds)} s"),
    };

    /// <summary>A time for people, in the local time zone.</summary>
    public static string Text(DateTimeOffset at, TimeProvider time) =>
        TimeZoneInfo.ConvertTime(at, time.LocalTimeZone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static bool TryLocal(DateTime date, TimeZoneInfo zone, out DateTimeOffset result)
    {
        if (zone.IsInvalidTime(date)) // the hour that's skipped when clocks go forward
        {
            result = default;
            return false;
        }

        result = new DateTimeOffset(date, zone.IsAmbiguousTime(date) ? zone.GetAmbiguousTimeOffsets(date).Max() : zone.GetUtcOffset(date));
        return true;
    }
}
