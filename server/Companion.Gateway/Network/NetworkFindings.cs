using System.Net;

namespace Companion.Gateway.Network;

/// <summary>The result of a request to the gateway without the key, sent the same way as any other request.</summary>
public sealed record NetworkFindings
{
    /// <summary>The proxy without its credentials, or null for none.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>The gateway's or proxy's host. Null if it wasn't looked up.</summary>
    public string? Host { get; init; }

    /// <summary>The resolved addresses, or null if that failed.</summary>
    public IReadOnlyList<IPAddress>? Addresses { get; init; }

    /// <summary>How long resolving took.</summary>
    public TimeSpan ResolveTime { get; init; }

    /// <summary>The connected address, or null.</summary>
    public IPAddress? Connected { get; init; }

    /// <summary>How long connecting took.</summary>
    public TimeSpan ConnectTime { get; init; }

    /// <summary>The addresses that didn't respond.</summary>
    public IReadOnlyList<ConnectionAttempt> Failures { get; init; } = [];

    /// <summary>What was found out about the certificate. Null if there's none or the handshake didn't get that far.</summary>
    public CertificateFindings? Certificate { get; init; }

    /// <summary>How long the handshake took, including the proxy's response.</summary>
    public TimeSpan TlsTime { get; init; }

    /// <summary>Where trusted issuers come from.</summary>
    public IReadOnlyList<TrustSource> TrustSources { get; init; } = [];

    /// <summary>The status of the response, or null if there was none.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>The HTTP version of the response.</summary>
    public Version? HttpVersion { get; init; }

    /// <summary>True if the response is a web page, for example of a portal or a proxy.</summary>
    public bool IsWebPage { get; init; }

    /// <summary>The time from the request to the response, without connecting.</summary>
    public TimeSpan HttpTime { get; init; }

    /// <summary>How the request failed, or null if there was a response.</summary>
    public HttpRequestError? Failure { get; init; }

    /// <summary>True if it took too long.</summary>
    public bool TimedOut { get; init; }

    /// <summary>The HTTP status with which the proxy refused, or null.</summary>
    public int? ProxyStatus { get; init; }

    /// <summary>What .NET reported about the failure, cleaned.</summary>
    public string? Detail { get; init; }
}
