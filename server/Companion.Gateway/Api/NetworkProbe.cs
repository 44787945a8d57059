using System.Net;
using Companion.Gateway.Network;

namespace Companion.Gateway.Api;

/// <summary>Finds out how far a request to the gateway gets by sending one without the key.</summary>
public static class NetworkProbe
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>Sends the request.</summary>
    /// <param name="url">The gateway. Can't be the sandbox.</param>
    /// <exception cref="GatewayHttpOptionException">An option can't be used.</exception>
    public static async Task<NetworkFindings> RunAsync(
        GatewayUrl url, GatewayHttpOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var trace = new ConnectionTrace(time);
        using var handler = GatewayHttp.CreateHandler(options, trace);
        using var http = GatewayHttp.CreateClient(handler);
        using var timeout = new CancellationTokenSource(Limit, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, url.At(GatewayRoutes.VerifyApiKey().PathAndQuery))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        var started = time.GetTimestamp();
        NetworkFindings findings;
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, linked.Token).ConfigureAwait(false);
            findings = new NetworkFindings
            {
                HttpStatus = (int)response.StatusCode,
                HttpVersion = response.Version,
                IsWebPage = response.Content.Headers.ContentType?.MediaType is "text/html",
                ProxyStatus = response.StatusCode == HttpStatusCode.ProxyAuthenticationRequired ? (int)response.StatusCode : null,
            };
        }
        catch (Exception e) when (TransportErrors.IsTransportError(e))
        {
            cancellationToken.ThrowIfCancellationRequested();
            findings = FromFailure(e, timeout.IsCancellationRequested);
        }

        var total = time.GetElapsedTime(started);
        var proxy = handler.Proxy!.GetProxy(request.RequestUri!);
        return findings with
        {
            Proxy = proxy is null ? null : new UriBuilder(proxy.Scheme, proxy.Host, proxy.Port).Uri,
            Host = trace.Host,
            Addresses = trace.Addresses,
            ResolveTime = trace.ResolveTime,
            Connected = trace.Connected,
            ConnectTime = trace.ConnectTime,
            Failures = trace.Failures,
            Certificate = trace.Certificate,
            TlsTime = trace.TlsTime,
            TrustSources = TrustSources.Of(options),
            HttpTime = total - trace.ResolveTime - trace.ConnectTime - trace.TlsTime,
        };
    }

    private static NetworkFindings FromFailure(Exception e, bool timedOut)
    {
        var failure = (e as HttpRequestException)?.HttpRequestError;
        var detail = TransportErrors.Detail(e, "");
        return new NetworkFindings
        {
            Failure = failure ?? HttpRequestError.Unknown,
            TimedOut = timedOut || e is OperationCanceledException,
            ProxyStatus = TransportErrors.ProxyStatus(e),
            Detail = detail,
        };
    }
}
