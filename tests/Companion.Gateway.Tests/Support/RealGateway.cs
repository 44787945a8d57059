using Companion.Gateway.Api;
using Companion.Gateway.Network;
using Companion.Gateway.Resources;

namespace Companion.Gateway.Tests.Support;

/// <summary>A client over real sockets.</summary>
internal sealed class RealGateway : IDisposable
{
    private readonly HttpClient _http;

    public RealGateway(string url, GatewayHttpOptions? options = null, string apiKey = StubGateway.Key)
    {
        Assert.IsTrue(GatewayUrl.TryParse(url, out var parsed, out _));
        _http = GatewayHttp.CreateClient(GatewayHttp.CreateHandler(options ?? new GatewayHttpOptions()));
        Client = new GatewayClient(_http, parsed, () => apiKey, Time, Log);
    }

    public GatewayClient Client { get; }

    public TestTimeProvider Time { get; } = new();

    public RecordingLogger Log { get; } = new();

    public Task<GatewayException> GetFails() => StubGateway.FailureOf(Get);

    public Task<GatewayException> PostFails() => StubGateway.FailureOf(Post);

    public Task<GatewayEnvironment> Get() => Client.GetEnvironmentAsync("acme-research", "train-a", CancellationToken.None);

    public Task Post() =>
        Client.DisconnectEnvironmentAsync("acme-research", "train-a", new GatewayDisconnectEnvironmentBody(), CancellationToken.None);

    public void Dispose() => _http.Dispose();
}
