using System.Net;
using System.Text;

namespace Companion.Gateway;

/// <summary>The configured proxy, or the environment's, less the hosts that are reached directly.</summary>
internal sealed class GatewayProxy : IWebProxy
{
    private const string Takes = "an http, https, socks4, socks4a or socks5 URL such as http://proxy.example:8080";

    private static readonly string[] Schemes = ["http", "https", "socks4", "socks4a", "socks5"];

    private readonly IWebProxy? _environment;
    private readonly Uri? _address;
    private readonly NoProxyList _direct;
    private ICredentials? _ownCredentials;

    // Not WebProxy: its list of exceptions is one of regular expressions, whose engine would be in every package for it.
    private GatewayProxy(Uri? address, IWebProxy? environment, NoProxyList direct) =>
        (_address, _environment, _direct) = (address, environment, direct);

    /// <inheritdoc/>
    public ICredentials? Credentials
    {
        get => _ownCredentials ?? _environment?.Credentials;
        set => _ownCredentials = value;
    }

    /// <summary>The proxy that the options ask for.</summary>
    /// <param name="options">How the network is reached.</param>
    /// <exception cref="GatewayHttpOptionException">The proxy's URL or an entry of noProxy cannot be used.</exception>
    public static GatewayProxy Create(GatewayHttpOptions options)
    {
        var noProxy = NoProxyList.Parse(options.NoProxy ?? []);
        if (options.IsDirect)
            return new GatewayProxy(null, null, noProxy);
        var credentials = Credential(options.ProxyAuthorization);
        if (string.IsNullOrWhiteSpace(options.Proxy))
            return new GatewayProxy(null, HttpClient.DefaultProxy, noProxy) { _ownCredentials = credentials };
        var (address, ownCredentials) = Configured(options.Proxy.Trim());
        return new GatewayProxy(address, null, noProxy) { _ownCredentials = ownCredentials ?? credentials };
    }

    /// <summary>What of the options is secret, so that it can be masked wherever it turns up. Texts too short to be a secret are left out.</summary>
    /// <param name="options">How the network is reached.</param>
    public static IEnumerable<string> SecretsOf(GatewayHttpOptions options)
    {
        const int Shortest = 6;
        string?[] secrets =
        [
            options.ProxyAuthorization?.Split(' ', 2)[^1],
            .. options.Proxy is { } proxy && proxy.LastIndexOf('@') is > 0 and var at
                ? new[] { proxy[..at].Split("//", 2)[^1].Split(':', 2)[^1], Uri.UnescapeDataString(proxy[..at].Split("//", 2)[^1].Split(':', 2)[^1]) }
                : [],
        ];
        return secrets.OfType<string>().Select(static s => s.Trim()).Where(static s => s.Length >= Shortest);
    }

    /// <inheritdoc/>
    public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : _address ?? _environment?.GetProxy(destination);

    /// <inheritdoc/>
    public bool IsBypassed(Uri host) =>
        host.IsLoopback || _direct.Contains(host) || (_address is null && _environment?.IsBypassed(host) != false);

    private static (Uri Address, NetworkCredential? Credentials) Configured(string text)
    {
        // "proxy:8080" is how many write it; read as a URL it would have the scheme "proxy".
        var url = text.Contains("://", StringComparison.Ordinal) ? text : $"http://{text}";
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Host.Length == 0 || !Schemes.Contains(uri.Scheme))
            throw new GatewayHttpOptionException("proxy", Takes);

        // The password stays out of the address, which error messages repeat.
        return (new UriBuilder(uri.Scheme, uri.Host, uri.Port).Uri, CredentialsOf(uri));
    }

    private static NetworkCredential? CredentialsOf(Uri uri)
    {
        if (uri.UserInfo.Length == 0)
            return null;
        var parts = uri.UserInfo.Split(':', 2);
        return new NetworkCredential(Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "");
    }

    // The platform answers a proxy's question for Basic by itself; other schemes it sends only where it made them itself.
    private static NetworkCredential? Credential(string? authorization)
    {
        const string BasicTakes = "a value such as \"Basic dXNlcjpwYXNz\": of the scheme Basic, with user name and password in base64";
        const string Scheme = "Basic ";
        if (string.IsNullOrWhiteSpace(authorization))
            return null;
        var text = authorization.Trim();
        var decoded = new byte[text.Length];
        if (!text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            || !Convert.TryFromBase64String(text[Scheme.Length..].Trim(), decoded, out var length))
            throw new GatewayHttpOptionException("proxyAuthorization", BasicTakes);
        var parts = Encoding.UTF8.GetString(decoded, 0, length).Split(':', 2);
        return parts.Length == 2
            ? new NetworkCredential(parts[0], parts[1])
            : throw new GatewayHttpOptionException("proxyAuthorization", BasicTakes);
    }
}
