using System.Net.Sockets;
using Companion.Gateway;
using Companion.Protocol;
using Companion.Server.Language;

namespace Companion.Server.Errors;

/// <summary>What to say about a fault on the way to the gateway, and what puts it right: for a diagnosis and for any other error.</summary>
internal readonly record struct Remedy(string Message, string? Fix = null);

/// <summary>Finds who is at fault on the way to the gateway.</summary>
/// <param name="proxy">The proxy for the gateway, without its credentials, or null.</param>
internal sealed class NetworkErrorMessages(Phrases phrases, GatewayUrl url, GatewayHttpOptions options, Uri? proxy)
{
    private const int WantsPassword = 407;

    private string Gateway => url.BaseUri.IdnHost;

    /// <summary>The proxy for people: its scheme, host and port.</summary>
    public string ProxyName => proxy is null ? "" : $"{proxy.Scheme}://{proxy.Authority}";

    /// <summary>Where the proxy's address comes from.</summary>
    public string ProxySource => !string.IsNullOrWhiteSpace(options.Proxy) ? phrases.ProxySetting
        : options.ProxyVariable is { } variable ? phrases.ProxyVariable(variable)
        : phrases.ProxySystem;

    /// <summary>What to say about a call; null where the way to the gateway is not at fault.</summary>
    public Remedy? Of(GatewayException fault) => fault switch
    {
        { NotSentReason: NotSentReason.NameResolution } => NotResolved(),
        { NotSentReason: NotSentReason.ConnectionRefused, SocketError: null } when proxy is not null => ProxyRefused(status: null),
        { NotSentReason: NotSentReason.ConnectionRefused } => NotConnected(fault.SocketError),
        { NotSentReason: NotSentReason.ConnectTimeout } => NotConnected(SocketError.TimedOut),
        { NotSentReason: NotSentReason.Proxy } or { ProxyStatus: not null } when proxy is not null => ProxyRefused(fault.ProxyStatus),
        { BadAnswerReason: BadAnswerReason.Page, HttpStatus: { } status } => PageInstead(status),

        // What these three say is the gateway's business, page or not: the key, or a route that is not there.
        { IsPage: true, Kind: FaultKind.Answered, HttpStatus: { } status and >= 400 and < 500 and not (401 or 404 or 410) } => PageInstead(status),
        _ => null,
    };

    /// <summary>A name does not resolve: the proxy's where there is one, since it resolves the gateway's itself.</summary>
    public Remedy NotResolved() => proxy is null
        ? new Remedy(phrases.GatewayNotResolved(Gateway), StepFixes.OpenSettings)
        : new Remedy(phrases.ProxyNotResolved(proxy.IdnHost, ProxySource), StepFixes.OpenProxySettings);

    /// <summary>Nobody accepts the connection: the proxy where there is one.</summary>
    /// <param name="error">How it failed, or null if unknown.</param>
    public Remedy NotConnected(SocketError? error)
    {
        var why = error switch
        {
            SocketError.ConnectionRefused => phrases.RefusesConnections,
            SocketError.NetworkUnreachable or SocketError.HostUnreachable or null => phrases.OutOfReach,
            _ => phrases.Silent,
        };
        return proxy is null
            ? new Remedy(phrases.GatewayNotConnected(Gateway, url.BaseUri.Port, why), StepFixes.OpenSettings)
            : new Remedy(phrases.ProxyNotConnected(ProxyName, ProxySource, why), StepFixes.OpenProxySettings);
    }

    /// <summary>The proxy does not connect to the gateway.</summary>
    /// <param name="status">The HTTP status of its response, or null if there was none.</param>
    public Remedy ProxyRefused(int? status) => status switch
    {
        null => new Remedy(phrases.ProxyClosed(ProxyName, Gateway), StepFixes.OpenProxySettings),
        WantsPassword => new Remedy(phrases.ProxyWantsPassword(ProxyName), StepFixes.OpenProxySettings),
        >= 500 => new Remedy(phrases.ProxyCannotReach(ProxyName, Gateway, status.Value), StepFixes.OpenSettings),
        _ => new Remedy(phrases.ProxyRefuses(ProxyName, Gateway, status.Value), StepFixes.OpenProxySettings),
    };

    /// <summary>A page for people came in place of the gateway's answer.</summary>
    public Remedy PageInstead(int status) => new(phrases.PageInstead(status), StepFixes.OpenSettings);
}
