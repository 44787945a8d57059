using System.Globalization;
using System.Net;

namespace Companion.Gateway;

/// <summary>The hosts that are reached without a proxy.</summary>
internal sealed class NoProxyList
{
    private const string Takes = "host names, .domains, IP addresses or networks such as 10.0.0.0/8, each with :port or without, or *";

    private readonly List<Entry> _entries = [];

    private NoProxyList()
    {
    }

    /// <summary>Reads the entries; blank ones are skipped.</summary>
    /// <param name="entries">One host each, or several with commas or spaces between them.</param>
    /// <exception cref="GatewayHttpOptionException">An entry is none.</exception>
    public static NoProxyList Parse(IEnumerable<string> entries)
    {
        var list = new NoProxyList();
        foreach (var entry in entries.SelectMany(text => text.Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries)))
            list._entries.Add(ParseOne(entry.Trim()) ?? throw new GatewayHttpOptionException("noProxy", Takes));
        return list;
    }

    /// <summary>Tells whether a destination is reached directly.</summary>
    /// <param name="destination">An absolute address.</param>
    public bool Contains(Uri destination)
    {
        var host = destination.IdnHost.Trim('[', ']');
        _ = IPAddress.TryParse(host, out var address);
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

    private static Entry? ParseOne(string text)
    {
        if (text == "*")
            return new Entry(null, null, null);
        if (ParseNetwork(text) is { } network)
            return new Entry(text, network, null);

        var (host, port) = SplitPort(text);
        if (ParseNetwork(host.Trim('[', ']')) is { } withPort)
            return new Entry(host, withPort, port);
        host = host.TrimStart('*').TrimStart('.');
        return Uri.CheckHostName(host) is UriHostNameType.Dns ? new Entry(host, null, port) : null;
    }

    private static IPNetwork? ParseNetwork(string text)
    {
        if (IPAddress.TryParse(text, out var address))
            return new IPNetwork(address, address.GetAddressBytes().Length * 8);
        return text.Contains('/', StringComparison.Ordinal) && IPNetwork.TryParse(text, out var network) ? network : null;
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
