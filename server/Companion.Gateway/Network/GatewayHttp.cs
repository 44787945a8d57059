using System.Net;

namespace Companion.Gateway.Network;

/// <summary>Makes the one HTTP client through which a process speaks with the gateway.</summary>
public static class GatewayHttp
{
    /// <summary>The most connections at a time; what comes in between waits, within its time.</summary>
    public const int MaxConnections = 256;

    private const int MaxResponseHeadersKibibytes = 32;

    /// <summary>
    /// A handler that follows no redirect, keeps no cookie, unpacks gzip and brotli, and offers HTTP/2.
    /// </summary>
    /// <exception cref="GatewayHttpOptionException">An option cannot be used.</exception>
    public static SocketsHttpHandler CreateHandler(GatewayHttpOptions options) => CreateHandler(options, trace: null);

    /// <summary>The same, and somebody is told how it connects.</summary>
    /// <param name="trace">Records each step, or null.</param>
    /// <exception cref="GatewayHttpOptionException">An option cannot be used.</exception>
    internal static SocketsHttpHandler CreateHandler(GatewayHttpOptions options, ConnectionTrace? trace)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false, // the key must not follow to where nobody meant it to go
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Brotli,
            RequestHeaderEncodingSelector = SendOnce.Guard,
            MaxResponseHeadersLength = MaxResponseHeadersKibibytes,
            ConnectTimeout = options.ConnectTimeout,
            EnableMultipleHttp2Connections = true,
            MaxConnectionsPerServer = MaxConnections,

            // A laptop that slept, or changed its network, has dead connections that look alive.
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

    /// <summary>A request that opens a connection to a gateway, and asks it for nothing.</summary>
    public static HttpRequestMessage CreateOpening(Uri url)
    {
        var request = new HttpRequestMessage(HttpMethod.Head, url) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionOrLower };
        request.Headers.TryAddWithoutValidation(SendOnce.Marker, "*/*");
        return request;
    }

    /// <summary>A client on a handler. It has no timeout of its own: <c>GatewayClient</c> times each call.</summary>
    /// <param name="handler">The handler. The client disposes it.</param>
    public static HttpClient CreateClient(HttpMessageHandler handler) => new(handler) { Timeout = Timeout.InfiniteTimeSpan };
}
