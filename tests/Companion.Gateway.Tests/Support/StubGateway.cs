using System.Net;
using System.Text;
using Companion.Gateway.Api;

namespace Companion.Gateway.Tests.Support;

/// <summary>A client whose handler returns the test's responses and records requests.</summary>
internal sealed class StubGateway : HttpMessageHandler
{
    public const string Key = "fw_test_0123456789abcdef";

    private readonly Func<HttpRequestMessage, HttpResponseMessage> _answer;

    public StubGateway(Func<HttpRequestMessage, HttpResponseMessage> answer)
    {
        _answer = answer;
        Client = NewClient(() => Key);
    }

    public GatewayClient Client { get; private set; }

    public RecordingLogger Log { get; } = new();

    public TestTimeProvider Time { get; } = new();

    public List<SentRequest> Sent { get; } = [];

    /// <summary>Returns the exception of a failing call, which must be a sentence and never contain a key.</summary>
    public static async Task<GatewayException> FailureOf(Func<Task> call)
    {
        var e = await Assert.ThrowsExactlyAsync<GatewayException>(call);
        Assert.DoesNotContain("fw_", e.ToString());
        Assert.AreNotEqual(GoogleRpcCode.Ok, e.Code);
        Assert.IsFalse(string.IsNullOrWhiteSpace(e.Message));
        return e;
    }

    public static StubGateway Answering(
        string body, int status = 200, string mediaType = "application/json", params (string Name, string Value)[] headers) =>
        new(_ => Response(body, status, mediaType, headers));

    /// <summary>Responds with the requested resource, which only has a name, or with an empty list.</summary>
    public static StubGateway Naming() => new(static request => Response(request.RequestUri!.Query.Length > 0
        ? "{}"
        : $$"""{"name":"{{Uri.UnescapeDataString(request.RequestUri.Segments[^1].Split(':')[0])}}"}"""));

    public static HttpResponseMessage Response(
        string body, int status = 200, string mediaType = "application/json", params (string Name, string Value)[] headers)
    {
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, mediaType) };
        foreach (var (name, value) in headers)
            Assert.IsTrue(response.Headers.TryAddWithoutValidation(name, value));
        return response;
    }

    public StubGateway WithKey(Func<string?> apiKey)
    {
        Client = NewClient(apiKey);
        return this;
    }

    public StubGateway At(string url)
    {
        Assert.IsTrue(GatewayUrl.TryParse(url, out var parsed, out _));
        Client = new GatewayClient(new HttpClient(this), parsed, () => Key, Time, Log);
        return this;
    }

    public StubGateway With(ResponseBuffers buffers)
    {
        Client = new GatewayClient(new HttpClient(this), GatewayUrl.Default, () => Key, Time, Log, gate: null, buffers);
        return this;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
        Assert.IsLessThan(1000, Sent.Count, "The client does not stop asking.");
        Sent.Add(new SentRequest(request.Method.Method, request.RequestUri!.AbsoluteUri, body, request));
        return _answer(request);
    }

    private GatewayClient NewClient(Func<string?> apiKey) =>
        new(new HttpClient(this), GatewayUrl.Default, apiKey, Time, Log);
}

internal sealed record SentRequest(string Method, string Url, string? Body, HttpRequestMessage Message);
