using Companion.Gateway;
using Companion.Gateway.Api;
using Companion.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Companion.Server.Tests.Support;

/// <summary>Gateways that return prepared responses immediately, one after the other.</summary>
internal static class AnsweringGateway
{
    /// <summary>A client for such a gateway.</summary>
    public static IGateway Client(params string[] answers)
    {
        var next = 0;
        Assert.IsTrue(GatewayUrl.TryParse("https://gateway.example", out var url, out _));
        var handler = new StubHandler(_ => new HttpResponseMessage { Content = new StringContent(answers[next++]) });
        return new GatewayClient(new HttpClient(handler), url, static () => "fw_test_0123456789", new TestTimeProvider(), NullLogger.Instance);
    }

    /// <summary>Pages of environments, as the client reads them. Each response except the last gets a token.</summary>
    public static IAsyncEnumerable<GatewayEnvironmentPage> ListAsync(params string[] pages)
    {
        var linked = pages.Select((page, i) => i == pages.Length - 1 ? page : $$"""{{page.TrimEnd('}', ' ')}},"nextPageToken":"{{i}}"}""");
        return Client([.. linked]).ListEnvironmentsAsync("acme", CancellationToken.None);
    }
}
