namespace Companion.Gateway;

/// <summary>How the network is reached. The default is the environment's proxy and the system's trust store.</summary>
public sealed record GatewayHttpOptions
{
    /// <summary>
    /// URL of the proxy (http, https, socks4, socks4a or socks5), with user name and password where it wants them. Null or blank:
    /// what the environment (HTTPS_PROXY and its kin) or the system says.
    /// </summary>
    public string? Proxy { get; init; }

    /// <summary>True: no proxy at all, not even the environment's. Default: false.</summary>
    public bool IsDirect { get; init; }

    /// <summary>
    /// The value of a Proxy-Authorization header of the scheme Basic, for a proxy whose URL holds no user name. Null or blank: none.
    /// </summary>
    public string? ProxyAuthorization { get; init; }

    /// <summary>
    /// Hosts that are reached without a proxy: "host" and ".host" (with everything below it), "*.host", an IP address, a network
    /// such as 10.0.0.0/8, each with ":port" or without; "*" for all. Used with any proxy; this machine itself is never proxied.
    /// </summary>
    public IReadOnlyList<string>? NoProxy { get; init; }

    /// <summary>False accepts every certificate, a forged one too. Default: true.</summary>
    public bool StrictSsl { get; init; } = true;

    /// <summary>Path of a PEM file with certificate authorities to trust beside the system's. Null or blank: none.</summary>
    public string? CaFile { get; init; }

    /// <summary>
    /// Files of certificate authorities that the environment names, trusted beside the system's. One that cannot be used is passed over.
    /// </summary>
    public IReadOnlyList<CertificateFile> CertificateFiles { get; init; } = [];

    /// <summary>How long a connection may take to be established, TLS included. Default: 15 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>What of them is secret, to be masked wherever it turns up.</summary>
    public IEnumerable<string> Secrets => GatewayProxy.SecretsOf(this);

    /// <summary>The options without their secrets, for logs and debuggers.</summary>
    public override string ToString() => $"{nameof(GatewayHttpOptions)} {{ StrictSsl = {StrictSsl}, CaFile = {CaFile}, IsDirect = {IsDirect} }}";
}

/// <summary>An option of <see cref="GatewayHttpOptions"/> cannot be used.</summary>
/// <param name="option">The option by the name that <c>initialize</c> has for it: proxy, noProxy, proxyAuthorization or caFile.</param>
/// <param name="takes">What the option takes, or what is wrong with the file; never the value, which may hold a password.</param>
public sealed class GatewayHttpOptionException(string option, string takes) : Exception($"{option} takes {takes}.")
{
    /// <summary>The option's name: proxy, noProxy, proxyAuthorization or caFile.</summary>
    public string Option { get; } = option;

    /// <summary>What the option takes, to finish the sentence "caFile takes …".</summary>
    public string Takes { get; } = takes;
}
