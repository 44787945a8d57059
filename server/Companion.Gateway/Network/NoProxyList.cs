using System.Globalization;
using System.Net;
using Companion.Gateway.Credentials;

namespace Companion.Gateway.Network;

/// <summary>
/// The hosts that are reached without a proxy, by curl's rules: a name includes its subdomains. In addition, "*.host" is supported as in editors,
/// and a port can follow.
/// </summary>
internal sealed class NoProxyList
{
    private const int MaxShownLength = 100;

    private readonly List<Entry> _entries = [];
    private readonly List<InvalidNoProxyEntry> _invalidEntries = [];

    private NoProxyList()
    {
    }

    /// <summary>The invalid entries, which are ignored.</summary>
    public IReadOnlyList<InvalidNoProxyEntry> InvalidEntries => _invalidEntries;

    /// <summary>Parses the entries of the setting, and those of the environment if the environment's or the system's proxy is used.</summary>
    public static NoProxyList Parse(GatewayHttpOptions options)
    {
        var list = new NoProxyList();
        list.Add(options.NoProxy ?? [], GatewayHttpOptions.NoProxySetting);
        if (string.IsNullOrWhiteSpace(options.Proxy) && options.EnvironmentNoProxy is { } variable)
            list.Add([variable.Value], variable.Origin);
        return list;
    }

    /// <summary>Whether a destination is reached directly.</summary>
    public bool Contains(Uri destination)
    {
        var host = destination.IdnHost.Trim('[', ']').TrimEnd('.');
        if (IPAddress.TryParse(host, out var address) && address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return _entries.Exists(entry => (entry.Port is null || entry.Port == destination.Port) && Matches(entry, host, address));
    }

    private static bool Matches(Entry entry, string host, IPAddress? address)
    {
        if (entry.Host is null)
            return true;
        if (address is not null)
            return entry.Network is { } network && network.Contains(address);
        return entry.Network is null
            && (host.Equals(entry.Host, StringComparison.OrdinalIgnoreCase)
                || (host.Length > entry.Host.Length && host[^(entry.Host.Length + 1)] == '.'
                    && host.EndsWith(entry.Host, StringComparison.OrdinalIgnoreCase)));
    }

    private void Add(IEnumerable<string> texts, string origin)
    {
        foreach (var text in texts.SelectMany(static text => text.Split([',', ';', ' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries)))
        {
            if (ParseOne(text) is { } entry)
                _entries.Add(entry);
            else
                _invalidEntries.Add(new InvalidNoProxyEntry(origin, ForDisplay(text)));
        }
    }

    private static string ForDisplay(string text)
    {
        var clean = MessageText.Clean(text[(text.LastIndexOf('@') + 1)..], apiKey: null) ?? "";
        return clean.Length <= MaxShownLength ? clean : string.Concat(clean.AsSpan(0, MaxShownLength), "…");
    }

    private static Entry? ParseOne(string text)
    {
        if (text == "*")
            return new Entry(null, null, null);
        if (ParseNetwork(text) is { } network)
            return new Entry(text, network, null);

        var (host, port) = SplitPort(text);
        if (ParseNetwork(host) is { } withPort)
            return new Entry(host, withPort, port);
        if (host.StartsWith("*.", StringComparison.Ordinal))
            host = host[1..];
        host = host.Trim('.');
        return Uri.CheckHostName(host) is UriHostNameType.Dns && Uri.TryCreate($"https://{host}", UriKind.Absolute, out var url)
            ? new Entry(url.IdnHost, null, port)
            : null;
    }

    private static IPNetwork? ParseNetwork(string text)
    {
        var parts = text.Split('/', 2);
        if (!IPAddress.TryParse(parts[0], out var address))
            return null;
        var bytes = address.GetAddressBytes();
        var length = bytes.Length * 8;
        if (parts.Length > 1
            && (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out length) || length > bytes.Length * 8))
            return null;

        // Like curl: 10.1.2.3/8 is the network that contains 10.1.2.3.
        for (var bit = length; bit < bytes.Length * 8; bit++)
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        return new IPNetwork(new IPAddress(bytes), length);
    }

    private static (string Host, int? Port) SplitPort(string text)
    {
        var colon = text.LastIndexOf(':');
        return colon > 0 && ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? (text[..colon], port)
            : (text, null);
    }

    private sealed record Entry(string? Host, IPNetwork? Network, int? Port);
}
