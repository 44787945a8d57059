using System.Net;

namespace Companion.Gateway;

/// <summary>The configured proxy, or the environment's, less the hosts that are reached directly.</summary>
internal sealed class GatewayProxy : IWebProxy
{
    private const string Takes = "an http, https, socks4, socks4a or socks5 URL such as http://proxy.example:8080";

    private static readonly string[] Schemes = ["http", "https", "socks4", "socks4a", "socks5"];

    private readonly IWebProxy _proxy;
    private readonly NoProxyList _direct;

    private GatewayProxy(IWebProxy proxy, NoProxyList direct)
    {
        _proxy = proxy;
        _direct = direct;
    }

    /// <inheritdoc/>
    public ICredentials? Credentials
    {
        get => _proxy.Credentials;
        set => _proxy.Credentials = value;
    }

    /// <summary>The proxy that the options ask for.</summary>
    /// <param name="options">How the network is reached.</param>
    /// <exception cref="GatewayHttpOptionException">The proxy's URL or an entry of noProxy cannot be used.</exception>
    public static GatewayProxy Create(GatewayHttpOptions options)
    {
        var proxy = string.IsNullOrWhiteSpace(options.Proxy) ? HttpClient.DefaultProxy : Configured(options.Proxy.Trim());
        return new GatewayProxy(proxy, NoProxyList.Parse(options.NoProxy ?? []));
    }

    /// <inheritdoc/>
    public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : _proxy.GetProxy(destination);

    /// <inheritdoc/>
    public bool IsBypassed(Uri host) => host.IsLoopback || _direct.Contains(host) || _proxy.IsBypassed(host);

    private static WebProxy Configured(string text)
    {
        // "proxy:8080" is how many write it; read as a URL it would have the scheme "proxy".
        var url = text.Contains("://", StringComparison.Ordinal) ? text : $"http://{text}";
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Host.Length == 0 || !Schemes.Contains(uri.Scheme))
            throw new GatewayHttpOptionException("proxy", Takes);

        // The password stays out of the address, which error messages repeat.
        var address = new UriBuilder(uri.Scheme, uri.Host, uri.Port).Uri;
        return new WebProxy(address) { Credentials = CredentialsOf(uri) };
    }

    private static NetworkCredential? CredentialsOf(Uri uri)
    {
        if (uri.UserInfo.Length == 0)
            return null;
        var parts = uri.UserInfo.Split(':', 2);
        return new NetworkCredential(Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "");
    }
}
