using System.Globalization;
using System.Net;
using Companion.Gateway.Api;
using FsCheck;
using FsCheck.Fluent;

namespace Companion.Gateway.Tests.Properties;

[TestClass]
public sealed class RetryAfterProperties
{
    private const long HourInMs = 3_600_000;

    private static readonly DateTimeOffset Now = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);

    private static readonly Gen<string> HeaderTexts = Gen.OneOf(
        Texts.Any,
        Gen.Elements(
            "0", "-0", "-1", "+1", "1e400", "-1e400", "0x10", "NaN", "Infinity", "-Infinity", "9223372036854775808", "1,5", "12:30", " 3 ", "3 s",
            "Sun, 22 Nov 2026 08:00:20 GMT", "Sun, 99 Nov 2026 08:00:20 GMT", "Mon, 01 Jan 0001 00:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT",
            "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-11-22T08:00:07Z"),
        ArbMap.Default.GeneratorFor<double>().Select(static number => number.ToString("R", CultureInfo.InvariantCulture)));

    [TestMethod]
    public void Any_headers_mean_no_wait_or_up_to_an_hour() => PropertyTest.ForAll(
        HeaderTexts.Three(),
        static texts =>
        {
            var (retryAfter, milliseconds, date) = texts;
            var wait = Read(("Retry-After", retryAfter), ("retry-after-ms", milliseconds), ("Date", date));
            Assert.IsTrue(wait is null || (wait >= TimeSpan.Zero && wait <= TimeSpan.FromHours(1)), $"{wait}");
        },
        times: 5000);

    [TestMethod]
    public void Seconds_and_milliseconds_agree() => PropertyTest.ForAll(
        Gen.Choose(-5000, int.MaxValue),
        static number =>
        {
            Assert.AreEqual(Expected(number * 1000L), Read(("Retry-After", $"{number}")));
            AreOfOneTick(Expected(number), Read(("retry-after-ms", $"{number}")));
            AreOfOneTick(Expected(number), Read(("retry-after-ms", $"{number}"), ("Retry-After", "17")));
        });

    [TestMethod]
    public void A_date_and_its_distance_in_seconds_agree() => PropertyTest.ForAll(
        from seconds in Gen.OneOf(Gen.Choose(-10, 3700), Gen.Choose(-1_000_000, 1_000_000))
        from skew in Gen.OneOf(Gen.Constant(0), Gen.Choose(-100_000_000, 100_000_000))
        from obsolete in Gen.Elements(false, true)
        select (seconds, skew, obsolete),
        static at =>
        {
            // The response's clock may be off by years. Only the distance from its Date counts.
            var answered = Now.AddSeconds(at.skew);
            var until = answered.AddSeconds(at.seconds);
            var text = until.ToString(at.obsolete ? "dddd, dd-MMM-yy HH:mm:ss 'GMT'" : "R", CultureInfo.InvariantCulture);
            Assert.AreEqual(Expected(at.seconds * 1000L), Read(("Retry-After", text), ("Date", answered.ToString("R", CultureInfo.InvariantCulture))));
            if (at.skew == 0)
                Assert.AreEqual(Expected(at.seconds * 1000L), Read(("Retry-After", text)));
        });

    private static TimeSpan Expected(long milliseconds) => TimeSpan.FromMilliseconds(Math.Clamp(milliseconds, 0, HourInMs), 0);

    // Milliseconds aren't exact in binary, so 100 ns more or less are accepted.
    private static void AreOfOneTick(TimeSpan expected, TimeSpan? read) =>
        Assert.IsInRange(expected.Ticks - 1, expected.Ticks + 1, read!.Value.Ticks);

    private static TimeSpan? Read(params (string Name, string Value)[] headers)
    {
        using var response = new HttpResponseMessage(HttpStatusCode.TooManyRequests);
        foreach (var (name, value) in headers)
            response.Headers.TryAddWithoutValidation(name, value);
        return RetryAfterHeader.Read(response.Headers, Now);
    }
}
