using Companion.Gateway.Credentials;

namespace Companion.Gateway.Network;

/// <summary>How the network is reached. The default is the environment's proxy and the system's trust store.</summary>
public sealed record GatewayHttpOptions
{
    /// <summary>The name of the setting of <see cref="Proxy"/>.</summary>
    public const string ProxySetting = "http.proxy";

    /// <summary>The name of the setting of <see cref="NoProxy"/>.</summary>
    public const string NoProxySetting = "http.noProxy";

    /// <summary>
    /// URL of the proxy (http, https, socks4, socks4a, socks5 or socks5h), with user name and password where it wants them. Null or blank:
    /// <see cref="EnvironmentProxy"/>, else what the system says.
    /// </summary>
    public string? Proxy { get; init; }

    /// <summary>The variable that names a proxy, written as <see cref="Proxy"/>; null where none does.</summary>
    public FoundValue? EnvironmentProxy { get; init; }

    /// <summary>The variable that names hosts as <see cref="NoProxy"/> does, for every proxy but that of the setting; null where none does.</summary>
    public FoundValue? EnvironmentNoProxy { get; init; }

    /// <summary>True: no proxy at all, not even the environment's. Default: false.</summary>
    public bool IsDirect { get; init; }

    /// <summary>
    /// The value of a Proxy-Authorization header of the scheme Basic, for a proxy whose URL holds no user name. Null or blank: none.
    /// </summary>
    public string? ProxyAuthorization { get; init; }

    /// <summary>
    /// Hosts that are reached without a proxy: "host" and ".host" (with everything below it), "*.host", an IP address, a network
    /// such as 10.0.0.0/8, each with ":port" or without; "*" for all. Used with any proxy; this machine itself is never proxied. What cannot
    /// be read is skipped: see <see cref="InvalidNoProxyEntries"/>.
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
    public IEnumerable<string> Secrets => GatewayProxy.GetSecrets(this);

    /// <summary>The entries of <see cref="NoProxy"/> and <see cref="EnvironmentNoProxy"/> that cannot be read, without user names and passwords.</summary>
    public IReadOnlyList<InvalidNoProxyEntry> InvalidNoProxyEntries => IsDirect ? [] : NoProxyList.Parse(this).InvalidEntries;

    /// <summary>The variable that names the proxy in use; null where a setting or the system does.</summary>
    public string? ProxyVariable => string.IsNullOrWhiteSpace(Proxy) ? EnvironmentProxy?.Origin : null;

    /// <summary>The proxy that is used for a gateway, without its credentials; null for none.</summary>
    /// <param name="gateway">The gateway. Can't be the sandbox.</param>
    /// <exception cref="GatewayHttpOptionException">An option cannot be used.</exception>
    public Uri? ProxyFor(GatewayUrl gateway) =>
        GatewayProxy.Create(this).GetProxy(gateway.BaseUri) is { } proxy ? new UriBuilder(proxy.Scheme, proxy.Host, proxy.Port).Uri : null;

    /// <summary>The options without their secrets, for logs and debuggers.</summary>
    public override string ToString() => $"{nameof(GatewayHttpOptions)} {{ StrictSsl = {StrictSsl}, CaFile = {CaFile}, IsDirect = {IsDirect} }}";
}

/// <summary>An entry of a list of hosts that cannot be read.</summary>
/// <param name="Origin">The name of the setting or variable.</param>
public sealed record InvalidNoProxyEntry(string Origin, string Text);

/// <summary>An option of <see cref="GatewayHttpOptions"/> cannot be used.</summary>
/// <param name="option">The name of the setting, such as http.proxy, or of the environment variable.</param>
/// <param name="requirement">What the option must be. Never its value, which may contain a password.</param>
public sealed class GatewayHttpOptionException(string option, string requirement) : Exception($"{option} must be {requirement}.")
{
    /// <summary>The setting that holds it, such as http.proxy, or the environment variable.</summary>
    public string Option { get; } = option;

    /// <summary>What the option takes, to finish the sentence "companion.caFile must be …".</summary>
    public string Requirement { get; } = requirement;
}
