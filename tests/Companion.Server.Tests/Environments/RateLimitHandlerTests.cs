using System.Net;
using Companion.Server.Pacing;
using Companion.Testing;

namespace Companion.Server.Tests.Environments;

/// <summary>Which responses limit how often requests may be sent.</summary>
[TestClass]
public sealed class RateLimitHandlerTests
{
    private readonly TestTimeProvider _time = new();
    private readonly RequestRateLimiter _pace;

    public RateLimitHandlerTests() => _pace = new RequestRateLimiter(_time);

    [TestMethod]
    [DataRow("GET", 429, "", true)]
    [DataRow("POST", 429, "", false)]
    [DataRow("POST", 429, "Retry-After: 7", true)]
    [DataRow("POST", 429, "retry-after-ms: 700", true)]
    [DataRow("POST", 429, "X-RateLimit-Remaining: 0", true)]
    [DataRow("POST", 429, "x-ratelimit-remaining-requests: 0", true)]
    [DataRow("POST", 429, "RateLimit-Remaining: 0", true)]
    [DataRow("POST", 429, "RateLimit: limit=10, remaining=0, reset=50", true)]
    [DataRow("POST", 429, "RateLimit: \"default\";r=0;t=50", true)]
    [DataRow("POST", 429, "X-RateLimit-Remaining: 57", false)]
    [DataRow("POST", 429, "RateLimit: \"default\";r=9;t=50", false)]
    [DataRow("POST", 429, "RateLimit-Limit: 10", false)]
    [DataRow("GET", 503, "Retry-After: 7", false)]
    [DataRow("POST", 503, "X-RateLimit-Remaining: 0", false)]
    [DataRow("GET", 200, "X-RateLimit-Remaining: 0", false)]
    public async Task A_rejected_read_or_rate_limit_headers_show_a_limit(string method, int status, string header, bool isShown)
    {
        await AnswerAsync(method, status, header);
        Assert.AreEqual(isShown, _pace.IsCautious);
    }

    [TestMethod]
    [DataRow(200, 0)]
    [DataRow(429, 7)]
    [DataRow(503, 7)]
    public async Task Retry_After_applies_to_every_error(int status, int seconds)
    {
        await AnswerAsync("GET", status, "Retry-After: 7");
        Assert.AreEqual(TimeSpan.FromSeconds(seconds), _pace.Delay(RequestPriority.Change));
    }

    [TestMethod]
    public async Task After_a_rejection_for_capacity_the_next_change_is_sent_at_once()
    {
        for (var i = 0; i < 12; i++)
        {
            await _pace.EnterAsync(isChange: true, CancellationToken.None);
            await AnswerAsync("POST", 429, header: "");
        }

        Assert.AreEqual(TimeSpan.Zero, _pace.Delay(RequestPriority.Poll));
    }

    private async Task AnswerAsync(string method, int status, string header)
    {
        using var answer = new HttpResponseMessage((HttpStatusCode)status);
        if (header.Split(": ", 2) is [var name, var value])
            answer.Headers.TryAddWithoutValidation(name, value);
        using var answers = new RateLimitHandler(_pace, _time, new StubHandler(_ => answer));
        using var invoker = new HttpMessageInvoker(answers);
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri("https://gateway.example/"));
        using var response = await invoker.SendAsync(request, CancellationToken.None);
    }
}
