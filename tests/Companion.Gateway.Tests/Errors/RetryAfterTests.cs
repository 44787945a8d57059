using Companion.Gateway.Tests.Support;

namespace Companion.Gateway.Tests.Errors;

[TestClass]
public sealed class RetryAfterTests
{
    // The fake clock is at 08:00:00 on Sunday, 22 November 2026.
    [TestMethod]
    [DataRow("Retry-After", "7", 7.0)]
    [DataRow("Retry-After", " 1.5 ", 1.5)]
    [DataRow("Retry-After", "0", 0.0)]
    [DataRow("Retry-After", "-5", 0.0)]
    [DataRow("Retry-After", "999999999999", 3600.0)]
    [DataRow("Retry-After", "1e308", 3600.0)]
    [DataRow("Retry-After", "Infinity", 3600.0)]
    [DataRow("Retry-After", "NaN", null)]
    [DataRow("Retry-After", "soon", null)]
    [DataRow("Retry-After", "", null)]
    [DataRow("Retry-After", "Sun, 22 Nov 2026 08:00:20 GMT", 20.0)]
    [DataRow("Retry-After", "Sun, 22 Nov 2026 07:00:00 GMT", 0.0)]
    [DataRow("Retry-After", "Fri, 31 Dec 9999 23:59:59 GMT", 3600.0)]
    [DataRow("retry-after-ms", "250", 0.25)]
    [DataRow("Retry-After-Ms", "1e12", 3600.0)]
    public async Task Waits_are_read_and_limited(string header, string value, double? seconds)
    {
        var gateway = StubGateway.Answering("", 429, "text/plain", (header, value));
        var e = await StubGateway.FailureOf(() => gateway.Client.VerifyApiKeyAsync(CancellationToken.None));
        Assert.AreEqual(seconds, e.RetryAfter?.TotalSeconds);
    }

    [TestMethod]
    public async Task Milliseconds_take_precedence_over_seconds()
    {
        var gateway = StubGateway.Answering("", 429, "text/plain", ("Retry-After", "30"), ("retry-after-ms", "100"));
        var e = await StubGateway.FailureOf(() => gateway.Client.VerifyApiKeyAsync(CancellationToken.None));
        Assert.AreEqual(TimeSpan.FromMilliseconds(100), e.RetryAfter);
    }

    [TestMethod]
    public async Task A_date_is_relative_to_the_responses_own_date()
    {
        var gateway = StubGateway.Answering(
            "", 503, "text/plain", ("Date", "Sun, 22 Nov 2026 05:00:00 GMT"), ("Retry-After", "Sun, 22 Nov 2026 05:00:09 GMT"));
        var e = await StubGateway.FailureOf(() => gateway.Client.VerifyApiKeyAsync(CancellationToken.None));
        Assert.AreEqual(TimeSpan.FromSeconds(9), e.RetryAfter);
    }
}
