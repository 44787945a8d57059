using System.Net;

namespace Companion.Gateway.Network;

/// <summary>What was found on the way to the gateway: one request, without the key, by the same way as every other one.</summary>
public sealed record NetworkFindings
{
    /// <summary>The proxy that is used, without its credentials; null for none.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>The host that was connected to: the gateway's, or the proxy's. Null where nothing was even looked up.</summary>
    public string? Host { get; init; }

    /// <summary>What its name resolved to; null where it did not.</summary>
    public IReadOnlyList<IPAddress>? Addresses { get; init; }

    /// <summary>How long that took.</summary>
    public TimeSpan ResolveTime { get; init; }

    /// <summary>The address that answered; null for none.</summary>
    public IPAddress? Connected { get; init; }

    /// <summary>How long that took.</summary>
    public TimeSpan ConnectTime { get; init; }

    /// <summary>The addresses that did not answer.</summary>
    public IReadOnlyList<ConnectionAttempt> Failures { get; init; } = [];

    /// <summary>What was found of the certificate; null where no handshake came that far, or there is none.</summary>
    public CertificateFindings? Certificate { get; init; }

    /// <summary>How long the handshake took, the proxy's answer included.</summary>
    public TimeSpan TlsTime { get; init; }

    /// <summary>Where issuers were looked for, for people.</summary>
    public IReadOnlyList<TrustSource> TrustSources { get; init; } = [];

    /// <summary>The status of the answer; null where none came.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>The version of HTTP that was spoken.</summary>
    public Version? HttpVersion { get; init; }

    /// <summary>True where a page for people was answered: a portal's or a proxy's.</summary>
    public bool IsWebPage { get; init; }

    /// <summary>From the request to the answer, the connection not counted.</summary>
    public TimeSpan HttpTime { get; init; }

    /// <summary>How the request failed; null where it was answered.</summary>
    public HttpRequestError? Failure { get; init; }

    /// <summary>True where it took too long.</summary>
    public bool TimedOut { get; init; }

    /// <summary>The HTTP status by which the proxy refused; null where it did not.</summary>
    public int? ProxyStatus { get; init; }

    /// <summary>What the platform said of the failure, cleaned.</summary>
    public string? Detail { get; init; }
}
