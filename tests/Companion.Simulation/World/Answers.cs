using System.Globalization;
using System.Net;
using System.Text;
using Companion.Sandbox;
using Companion.Simulation.Schedules;

namespace Companion.Simulation.World;

/// <summary>Creates HTTP responses, actual and faulty ones.</summary>
internal static class Answers
{
    private const string Html = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>";
    private const string Portal = "<html><head><title>Guest network: log in</title></head><body></body></html>";
    private const long Gigabyte = 1L << 30;
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>The gateway's own response.</summary>
    public static HttpResponseMessage True(SandboxResponse answer)
    {
        var response = Of(answer.Status, new ByteArrayContent(Encoding.UTF8.GetBytes(answer.Body)));
        foreach (var (name, value) in answer.Headers)
            response.Headers.TryAddWithoutValidation(name, value);
        return response;
    }

    /// <summary>The gateway's own status with a faulty body.</summary>
    public static HttpResponseMessage WithBody(SandboxResponse answer, FaultType fault)
    {
        var body = Encoding.UTF8.GetBytes(answer.Body);
        var content = fault == FaultType.EmptyBody
            ? (HttpContent)new ByteArrayContent([])
            : new StreamContent(new SimBodyStream(body.AsMemory(0, fault == FaultType.CutBody ? body.Length / 2 : 0), fault));
        if (fault == FaultType.HugeBody)
            content.Headers.ContentLength = Gigabyte;
        return Of(answer.Status, content);
    }

    /// <summary>A login page instead of the gateway's response.</summary>
    public static HttpResponseMessage CaptivePortal() => Of(200, new StringContent(Portal, Encoding.UTF8, "text/html"));

    /// <summary>The gateway's own "not found".</summary>
    public static HttpResponseMessage NotFound() => Of(404, new StringContent("""{"code":5,"message":"not found","details":[]}"""));

    /// <summary>A success response with this body.</summary>
    public static HttpResponseMessage Success(string body) => Of(200, new StringContent(body));

    /// <summary>JSON that isn't an environment.</summary>
    public static HttpResponseMessage NoResource(int number) => Success((number % 4) switch
    {
        0 => "[]",
        1 => """{"code":14,"message":"the service is unavailable","details":[]}""",
        2 => """{"environment":{"name":"accounts/a/environments/e","state":"DISCONNECTED"}}""",
        _ => """{"state":"DISCONNECTED"}""",
    });

    /// <summary>A redirect to a login page.</summary>
    public static HttpResponseMessage Redirect()
    {
        var response = Of(302, new ByteArrayContent([]));
        response.Headers.TryAddWithoutValidation("Location", "https://portal.example/login");
        return response;
    }

    /// <summary>An HTTP error.</summary>
    public static HttpResponseMessage Error(Fault fault, DateTimeOffset now)
    {
        var response = Of(fault.HttpStatus, fault.HttpStatus switch
        {
            502 => new StringContent(Html, Encoding.UTF8, "text/html"),
            404 => new StringContent(Html, Encoding.UTF8, "text/html"),
            410 => new StringContent("""{"error":"the page is gone"}"""),
            504 or 408 => new ByteArrayContent([]),
            _ => new StringContent(Body(fault.HttpStatus)),
        });
        var wait = TimeSpan.FromMilliseconds(fault.RetryAfterMs);
        switch (fault.RetryAfter)
        {
            case RetryAfterForm.Seconds:
                Add(response, "Retry-After", string.Create(CultureInfo.InvariantCulture, $"{wait.TotalSeconds}"));
                break;
            case RetryAfterForm.Date:
                Add(response, "Date", now.ToString("R", CultureInfo.InvariantCulture));
                Add(response, "Retry-After", (now + wait).ToString("R", CultureInfo.InvariantCulture));
                break;
            case RetryAfterForm.DateAlone:
                Add(response, "Retry-After", (now + wait).ToString("R", CultureInfo.InvariantCulture));
                break;
            case RetryAfterForm.Milliseconds:
                Add(response, "retry-after-ms", string.Create(CultureInfo.InvariantCulture, $"{wait.TotalMilliseconds}"));
                break;
            case RetryAfterForm.Negative:
                Add(response, "Retry-After", "-30");
                break;
            case RetryAfterForm.Past:
                Add(response, "Retry-After", "Fri, 31 Dec 1999 23:59:59 GMT");
                break;
            case RetryAfterForm.Absurd:
                Add(response, "Retry-After", "99999999999");
                break;
            case RetryAfterForm.Nonsense:
                Add(response, "Retry-After", "soon");
                break;
        }

        return response;
    }

    /// <summary>How long the client has to wait after such a response, at most an hour; null if it isn't specified.</summary>
    public static TimeSpan? Wait(Fault fault, DateTimeOffset wall, DateTimeOffset made)
    {
        var wait = TimeSpan.FromMilliseconds(fault.RetryAfterMs);
        return fault.RetryAfter switch
        {
            RetryAfterForm.Seconds or RetryAfterForm.Milliseconds => wait,
            RetryAfterForm.Date => wait,
            RetryAfterForm.DateAlone => Clamp(WholeSecond(made + wait) - wall),
            RetryAfterForm.Negative or RetryAfterForm.Past => TimeSpan.Zero,
            RetryAfterForm.Absurd => Longest,
            _ => null,
        };
    }

    private static DateTimeOffset WholeSecond(DateTimeOffset date) => date.AddTicks(-(date.Ticks % TimeSpan.TicksPerSecond));

    private static TimeSpan Clamp(TimeSpan wait) => wait < TimeSpan.Zero ? TimeSpan.Zero : wait > Longest ? Longest : wait;

    private static void Add(HttpResponseMessage response, string name, string value) => response.Headers.TryAddWithoutValidation(name, value);

    private static HttpResponseMessage Of(int status, HttpContent content) => new((HttpStatusCode)status) { Content = content };

    private static string Body(int status)
    {
        var (code, message) = status switch
        {
            401 => (16, "the API key is invalid"),
            403 => (7, "not allowed"),
            409 => (10, "the operation was aborted"),
            412 => (9, "account is suspended: CREDIT_DEPLETED"),
            429 => (8, "rate limit exceeded"),
            500 => (13, "internal error"),
            503 => (14, "the service is unavailable"),
            _ => (2, "unknown"),
        };
        return string.Create(CultureInfo.InvariantCulture, $$"""{"code":{{code}},"message":"{{message}}","details":[]}""");
    }
}
