using Companion.Gateway;
using Companion.Gateway.Api;
using Companion.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Companion.Server.Tests.Support;

/// <summary>A gateway that returns prepared responses immediately, one after the other.</summary>
internal sealed class AnsweringGateway(params string[] answers) : HttpMessageHandler
{
    private int _next;

    /// <summary>Pages of environments, as the client reads them. Each response except the last gets a token.</summary>
    public static IAsyncEnumerable<GatewayEnvironmentPage> ListAsync(params string[] pages)
    {
        var linked = pages.Select((page, i) => i == pages.Length - 1 ? page : $$"""{{page.TrimEnd('}', ' ')}},"nextPageToken":"{{i}}"}""");
        return new AnsweringGateway([.. linked]).Client().ListEnvironmentsAsync("acme", CancellationToken.None);
    }

    /// <summary>A client for this gateway.</summary>
    public IGateway Client()
    {
        Assert.IsTrue(GatewayUrl.TryParse("https://gateway.example", out var url, out _));
        return new GatewayClient(new HttpClient(this), url, static () => "fw_test_0123456789", new TestTimeProvider(), NullLogger.Instance);
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromResult(new HttpResponseMessage { Content = new StringContent(answers[_next++]) });
}
