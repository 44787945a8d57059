using System.Net;

namespace Companion.Gateway.Network;

/// <summary>A proxy and its credentials, from a setting or an environment variable.</summary>
/// <param name="Url">The URL without the user name and password, because error messages would repeat them.</param>
/// <param name="Credentials">The user name and password from the URL, or null.</param>
internal readonly record struct ProxyAddress(Uri Url, NetworkCredential? Credentials)
{
    private const string Requirement = "an http, https, socks4, socks4a, socks5, or socks5h URL, such as http://proxy.example:8080, without quotation marks";

    private static readonly string[] Schemes = ["http", "https", "socks4", "socks4a", "socks5"];

    /// <summary>Parses a proxy.</summary>
    /// <param name="text">A URL, or a host and port.</param>
    /// <param name="origin">The name of the setting or variable.</param>
    /// <exception cref="GatewayHttpOptionException">The text isn't a valid proxy.</exception>
    public static ProxyAddress Read(string text, string origin)
    {
        // "proxy:8080" is common. As a URL, it would have the scheme "proxy".
        text = text.Trim();
        var url = text.Contains("://", StringComparison.Ordinal) ? text : $"http://{text}";
        // socks5h is the same as socks5, because .NET lets every socks5 proxy look up the name.
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Host.Length == 0 || (url != text && uri.AbsolutePath != "/")
            || uri.Scheme.Replace("socks5h", "socks5", StringComparison.Ordinal) is var scheme && !Schemes.Contains(scheme))
            throw new GatewayHttpOptionException(origin, Requirement);
        var port = uri.IsDefaultPort || uri.Port < 0 ? DefaultPort(scheme) : uri.Port;
        return new ProxyAddress(new UriBuilder(scheme, uri.Host, port).Uri, CredentialsOf(uri));
    }

    private static int DefaultPort(string scheme) => scheme switch
    {
        "http" => 80,
        "https" => 443,
        _ => 1080,
    };

    private static NetworkCredential? CredentialsOf(Uri uri)
    {
        if (uri.UserInfo.Length == 0)
            return null;
        var parts = uri.UserInfo.Split(':', 2);
        return new NetworkCredential(Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "");
    }
}
