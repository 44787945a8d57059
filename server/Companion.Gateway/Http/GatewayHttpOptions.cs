namespace Companion.Gateway;

/// <summary>How the network is reached. The default is the environment's proxy and the system's trust store.</summary>
public sealed record GatewayHttpOptions
{
    /// <summary>
    /// URL of the proxy (http, https, socks4, socks4a or socks5), with user name and password where it wants them. Null or blank:
    /// what the environment (HTTPS_PROXY and its kin) or the system says.
    /// </summary>
    public string? Proxy { get; init; }

    /// <summary>
    /// Hosts that are reached without a proxy: "host" and ".host" (with everything below it), "*.host", an IP address, a network
    /// such as 10.0.0.0/8, each with ":port" or without; "*" for all. Used with any proxy; this machine itself is never proxied.
    /// </summary>
    public IReadOnlyList<string>? NoProxy { get; init; }

    /// <summary>False accepts every certificate, a forged one too. Default: true.</summary>
    public bool StrictSsl { get; init; } = true;

    /// <summary>Path of a PEM file with certificate authorities to trust beside the system's. Null or blank: none.</summary>
    public string? CaFile { get; init; }

    /// <summary>How long a connection may take to be established, TLS included. Default: 15 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);
}

/// <summary>An option of <see cref="GatewayHttpOptions"/> cannot be used.</summary>
/// <param name="option">The option by the name that <c>initialize</c> has for it: proxy, noProxy or caFile.</param>
/// <param name="takes">What the option takes, or what is wrong with the file; never the value, which may hold a password.</param>
public sealed class GatewayHttpOptionException(string option, string takes) : Exception($"{option} takes {takes}.")
{
    /// <summary>The option's name: proxy, noProxy or caFile.</summary>
    public string Option { get; } = option;

    /// <summary>What the option takes, to finish the sentence "caFile takes …".</summary>
    public string Takes { get; } = takes;
}
