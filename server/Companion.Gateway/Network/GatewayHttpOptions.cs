using Companion.Gateway.Credentials;

namespace Companion.Gateway.Network;

/// <summary>How to connect. By default, with the environment's proxy and the system's trust store.</summary>
public sealed record GatewayHttpOptions
{
    /// <summary>The name of the setting for <see cref="Proxy"/>.</summary>
    public const string ProxySetting = "http.proxy";

    /// <summary>The name of the setting for <see cref="NoProxy"/>.</summary>
    public const string NoProxySetting = "http.noProxy";

    /// <summary>
    /// The proxy's URL (http, https, socks4, socks4a, socks5, or socks5h), with a user name and password if required. If it's null or blank,
    /// <see cref="EnvironmentProxy"/> or else the system's proxy is used.
    /// </summary>
    public string? Proxy { get; init; }

    /// <summary>The environment variable with a proxy, in the same format as <see cref="Proxy"/>, or null.</summary>
    public FoundValue? EnvironmentProxy { get; init; }

    /// <summary>
    /// The environment variable with hosts, in the same format as <see cref="NoProxy"/>, or null. Applies to any proxy except the one from the
    /// setting.
    /// </summary>
    public FoundValue? EnvironmentNoProxy { get; init; }

    /// <summary>True to use no proxy at all, not even the environment's. Default: false.</summary>
    public bool IsDirect { get; init; }

    /// <summary>
    /// The value of a Proxy-Authorization header with the Basic scheme, for a proxy whose URL has no user name. Null or blank for none.
    /// </summary>
    public string? ProxyAuthorization { get; init; }

    /// <summary>
    /// Hosts that are reached without a proxy: "host" and ".host" (with all subdomains), "*.host", an IP address, or a network such as
    /// 10.0.0.0/8, each with an optional ":port", or "*" for all. Applies to any proxy. This machine is never proxied. Invalid entries are
    /// skipped. See <see cref="InvalidNoProxyEntries"/>.
    /// </summary>
    public IReadOnlyList<string>? NoProxy { get; init; }

    /// <summary>False to accept any certificate, including forged ones. Default: true.</summary>
    public bool StrictSsl { get; init; } = true;

    /// <summary>The path of a PEM file with certificate authorities to trust in addition to the system's. Null or blank for none.</summary>
    public string? CaFile { get; init; }

    /// <summary>
    /// Files with certificate authorities from environment variables, trusted in addition to the system's. Unusable files are ignored.
    /// </summary>
    public IReadOnlyList<CertificateFile> CertificateFiles { get; init; } = [];

    /// <summary>The time limit for establishing a connection, including TLS. Default: 15 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The secrets in these options, which must be masked everywhere.</summary>
    public IEnumerable<string> Secrets => GatewayProxy.GetSecrets(this);

    /// <summary>The invalid entries of <see cref="NoProxy"/> and <see cref="EnvironmentNoProxy"/>, without user names and passwords.</summary>
    public IReadOnlyList<InvalidNoProxyEntry> InvalidNoProxyEntries => IsDirect ? [] : NoProxyList.Parse(this).InvalidEntries;

    /// <summary>The environment variable with the current proxy, or null if a setting or the system specifies it.</summary>
    public string? ProxyVariable => string.IsNullOrWhiteSpace(Proxy) ? EnvironmentProxy?.Origin : null;

    /// <summary>Returns the proxy for a gateway without its credentials, or null for none.</summary>
    /// <param name="gateway">The gateway. Can't be the sandbox.</param>
    /// <exception cref="GatewayHttpOptionException">An option can't be used.</exception>
    public Uri? ProxyFor(GatewayUrl gateway) =>
        GatewayProxy.Create(this).GetProxy(gateway.BaseUri) is { } proxy ? new UriBuilder(proxy.Scheme, proxy.Host, proxy.Port).Uri : null;

    /// <summary>The options without secrets, for logs and debuggers.</summary>
    public override string ToString() => $"{nameof(GatewayHttpOptions)} {{ StrictSsl = {StrictSsl}, CaFile = {CaFile}, IsDirect = {IsDirect} }}";
}

/// <summary>An invalid entry in a list of hosts.</summary>
/// <param name="Origin">The name of the setting or variable.</param>
public sealed record InvalidNoProxyEntry(string Origin, string Text);

/// <summary>An option of <see cref="GatewayHttpOptions"/> can't be used.</summary>
/// <param name="option">The name of the setting, such as http.proxy, or of the environment variable.</param>
/// <param name="requirement">What the option must be. Never its value, which may contain a password.</param>
public sealed class GatewayHttpOptionException(string option, string requirement) : Exception($"{option} must be {requirement}.")
{
    /// <summary>The name of the setting, such as http.proxy, or of the environment variable.</summary>
    public string Option { get; } = option;

    /// <summary>What the option must be, to complete the sentence "companion.caFile must be …".</summary>
    public string Requirement { get; } = requirement;
}
