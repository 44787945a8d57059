using System.Net;

namespace Companion.Gateway.Network;

/// <summary>Creates the HTTP client for the gateway. A process has a single one.</summary>
public static class GatewayHttp
{
    /// <summary>The maximum number of connections. Further requests wait, within their time limit.</summary>
    public const int MaxConnections = 256;

    private const int MaxResponseHeadersKibibytes = 32;

    /// <summary>Creates a handler that doesn't follow redirects, doesn't keep cookies, unpacks gzip and brotli, and offers HTTP/2.</summary>
    /// <exception cref="GatewayHttpOptionException">An option can't be used.</exception>
    public static SocketsHttpHandler CreateHandler(GatewayHttpOptions options) => CreateHandler(options, trace: null);

    /// <summary>Creates a handler that records how it connects.</summary>
    /// <param name="trace">Records each step, or null.</param>
    /// <exception cref="GatewayHttpOptionException">An option can't be used.</exception>
    internal static SocketsHttpHandler CreateHandler(GatewayHttpOptions options, ConnectionTrace? trace)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false, // the key must not be sent to another host
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Brotli,
            RequestHeaderEncodingSelector = SendOnce.Guard,
            MaxResponseHeadersLength = MaxResponseHeadersKibibytes,
            ConnectTimeout = options.ConnectTimeout,
            EnableMultipleHttp2Connections = true,
            MaxConnectionsPerServer = MaxConnections,

            // After sleep or a network change, a laptop has dead connections that seem alive.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(60),
            KeepAlivePingDelay = TimeSpan.FromSeconds(15),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(10),
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            Proxy = GatewayProxy.Create(options),
            ConnectCallback = new SocketConnector(TimeProvider.System, trace).ConnectAsync,
        };
        handler.SslOptions.RemoteCertificateValidationCallback = CertificateTrust.Create(options, trace);
        return handler;
    }

    /// <summary>Creates a request that only opens a connection to a gateway.</summary>
    public static HttpRequestMessage CreateConnectionRequest(Uri url)
    {
        var request = new HttpRequestMessage(HttpMethod.Head, url) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionOrLower };
        request.Headers.TryAddWithoutValidation(SendOnce.Marker, "*/*");
        return request;
    }

    /// <summary>Creates a client without a timeout. <c>GatewayClient</c> limits each call.</summary>
    /// <param name="handler">The handler. The client disposes it.</param>
    public static HttpClient CreateClient(HttpMessageHandler handler) => new(handler) { Timeout = Timeout.InfiniteTimeSpan };
}
