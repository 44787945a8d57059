using System.Net;
using System.Text;

namespace Companion.Gateway.Network;

/// <summary>The proxy from settings, environment variables, or the system, with exceptions for hosts that are reached directly.</summary>
internal sealed class GatewayProxy : IWebProxy
{
    private readonly IWebProxy? _system;
    private readonly Uri? _address;
    private readonly NoProxyList _direct;
    private ICredentials? _ownCredentials;

    // Not WebProxy, because its bypass list uses regular expressions, whose engine would have to be in every package.
    private GatewayProxy(Uri? address, IWebProxy? system, NoProxyList direct) =>
        (_address, _system, _direct) = (address, system, direct);

    /// <inheritdoc/>
    public ICredentials? Credentials
    {
        get => _ownCredentials ?? _system?.Credentials;
        set => _ownCredentials = value;
    }

    /// <summary>Creates the proxy that the options specify.</summary>
    /// <exception cref="GatewayHttpOptionException">The proxy's URL or authorization can't be used.</exception>
    public static GatewayProxy Create(GatewayHttpOptions options)
    {
        var direct = NoProxyList.Parse(options);
        if (options.IsDirect)
            return new GatewayProxy(null, null, direct);
        var credentials = Credential(options.ProxyAuthorization);
        if (GetConfigured(options) is not var (text, origin))
            return new GatewayProxy(null, HttpClient.DefaultProxy, direct) { _ownCredentials = credentials };
        var proxy = ProxyAddress.Read(text, origin);
        return new GatewayProxy(proxy.Url, null, direct) { _ownCredentials = proxy.Credentials ?? credentials };
    }

    /// <summary>Returns the specified proxy and the name of its setting or variable, or null if the system decides.</summary>
    public static (string Text, string Origin)? GetConfigured(GatewayHttpOptions options) =>
        !string.IsNullOrWhiteSpace(options.Proxy) ? (options.Proxy, GatewayHttpOptions.ProxySetting)
        : options.EnvironmentProxy is { } variable ? (variable.Value, variable.Origin)
        : null;

    /// <summary>Returns the secrets in the options, which must be masked everywhere, except those that are too short to be secrets.</summary>
    public static IEnumerable<string> GetSecrets(GatewayHttpOptions options)
    {
        const int Shortest = 6;
        var secrets = new[] { options.Proxy, options.EnvironmentProxy?.Value }.SelectMany(Password).Append(options.ProxyAuthorization?.Split(' ', 2)[^1]);
        return secrets.OfType<string>().Select(static s => s.Trim()).Where(static s => s.Length >= Shortest);
    }

    private static IEnumerable<string> Password(string? proxy)
    {
        if (proxy?.LastIndexOf('@') is not (> 0 and var at))
            return [];
        var password = proxy[..at].Split("//", 2)[^1].Split(':', 2)[^1];
        return [password, Uri.UnescapeDataString(password)];
    }

    /// <inheritdoc/>
    public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : _address ?? _system?.GetProxy(destination);

    /// <inheritdoc/>
    public bool IsBypassed(Uri host) =>
        host.IsLoopback || _direct.Contains(host) || (_address is null && _system?.IsBypassed(host) != false);

    // .NET answers a proxy's Basic challenge itself. It sends other schemes only if it created the header.
    private static NetworkCredential? Credential(string? authorization)
    {
        const string BasicRequirement = "a value such as \"Basic dXNlcjpwYXNz\": the Basic scheme with a Base64-encoded user name and password";
        const string Scheme = "Basic ";
        if (string.IsNullOrWhiteSpace(authorization))
            return null;
        var text = authorization.Trim();
        var decoded = new byte[text.Length];
        if (!text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            || !Convert.TryFromBase64String(text[Scheme.Length..].Trim(), decoded, out var length))
            throw new GatewayHttpOptionException("http.proxyAuthorization", BasicRequirement);
        var parts = Encoding.UTF8.GetString(decoded, 0, length).Split(':', 2);
        return parts.Length == 2
            ? new NetworkCredential(parts[0], parts[1])
            : throw new GatewayHttpOptionException("http.proxyAuthorization", BasicRequirement);
    }
}
