namespace Companion.Server.Pacing;

/// <summary>
/// Days in a time zone. Where clocks change at midnight, a day can begin later, or its first hour can come twice. They change at a quarter of an
/// hour.
/// </summary>
internal static class LocalDay
{
    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);

    /// <summary>The date of a time.</summary>
    public static DateTime Of(DateTimeOffset time, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(time, zone).Date;

    /// <summary>When the day of a time begins.</summary>
    public static DateTimeOffset Start(DateTimeOffset time, TimeZoneInfo zone)
    {
        var start = Floor(time);
        while (Of(start - Quarter, zone) >= Of(time, zone))
            start -= Quarter;
        return start;
    }

    /// <summary>When the day of a time ends.</summary>
    public static DateTimeOffset End(DateTimeOffset time, TimeZoneInfo zone)
    {
        var end = Floor(time) + Quarter;
        while (Of(end, zone) <= Of(time, zone))
            end += Quarter;
        return end;
    }

    private static DateTimeOffset Floor(DateTimeOffset time) => new(time.UtcTicks / Quarter.Ticks * Quarter.Ticks, TimeSpan.Zero);
}
