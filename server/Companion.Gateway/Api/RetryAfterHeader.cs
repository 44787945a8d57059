using System.Globalization;
using System.Net.Http.Headers;

namespace Companion.Gateway.Api;

/// <summary>Reads how long a response asks to wait: <c>retry-after-ms</c>, or <c>Retry-After</c> in seconds or as a date.</summary>
public static class RetryAfterHeader
{
    /// <summary>The longest wait. Longer ones are reduced to it.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromHours(1);

    // The three forms of RFC 9110, section 5.6.7. A more lenient parser would read a mistyped number as a date.
    private static readonly string[] DateFormats =
        ["ddd, dd MMM yyyy HH:mm:ss 'GMT'", "dddd, dd-MMM-yy HH:mm:ss 'GMT'", "ddd MMM d HH:mm:ss yyyy"];

    private const DateTimeStyles DateStyles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowInnerWhite;

    /// <summary>Reads the wait from a response's headers, or returns null.</summary>
    /// <param name="now">The local time, used if the response has a retry date but no Date header.</param>
    public static TimeSpan? Read(HttpResponseHeaders headers, DateTimeOffset now) =>
        ReadNumber(First(headers, "retry-after-ms"), milliseconds: true)
        ?? ReadNumber(First(headers, "Retry-After"), milliseconds: false)
        ?? ReadDate(First(headers, "Retry-After"), First(headers, "Date"), now);

    private static string? First(HttpResponseHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    private static TimeSpan? ReadNumber(string? text, bool milliseconds)
    {
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || double.IsNaN(number))
            return null;
        var seconds = Math.Clamp(milliseconds ? number / 1000 : number, 0, MaxWait.TotalSeconds);
        return TimeSpan.FromSeconds(seconds);
    }

    // Relative to the response's own Date if it has one, in case the local clock is wrong.
    private static TimeSpan? ReadDate(string? text, string? responseDate, DateTimeOffset now)
    {
        if (!TryDate(text, out var date))
            return null;
        var wait = date - (TryDate(responseDate, out var sentAt) ? sentAt : now);
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait > MaxWait ? MaxWait : wait;
    }

    private static bool TryDate(string? text, out DateTimeOffset date) =>
        DateTimeOffset.TryParseExact(text, DateFormats, CultureInfo.InvariantCulture, DateStyles, out date);
}
