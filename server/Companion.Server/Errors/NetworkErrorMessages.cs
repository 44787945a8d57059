using System.Net.Sockets;
using Companion.Gateway;
using Companion.Gateway.Network;
using Companion.Protocol;
using Companion.Server.Language;

namespace Companion.Server.Errors;

/// <summary>A message about a fault on the network path to the gateway, and its fix. For diagnoses and all other errors.</summary>
internal readonly record struct Remedy(string Message, string? Fix = null);

/// <summary>Finds the cause of a fault on the network path to the gateway.</summary>
/// <param name="proxy">The proxy for the gateway, without its credentials, or null.</param>
internal sealed class NetworkErrorMessages(Phrases phrases, GatewayUrl url, GatewayHttpOptions options, Uri? proxy)
{
    private const int WantsPassword = 407;

    private string Gateway => url.BaseUri.IdnHost;

    /// <summary>The proxy as text for people: scheme, host, and port.</summary>
    public string ProxyName => proxy is null ? "" : $"{proxy.Scheme}://{proxy.Authority}";

    /// <summary>Where the proxy address comes from.</summary>
    public string ProxySource => !string.IsNullOrWhiteSpace(options.Proxy) ? phrases.ProxySetting
        : options.ProxyVariable is { } variable ? phrases.ProxyVariable(variable)
        : phrases.ProxySystem;

    /// <summary>The message for a failed call, or null if the network path isn't the cause.</summary>
    public Remedy? Of(GatewayException fault) => fault switch
    {
        { NotSentReason: NotSentReason.NameResolution } => NotResolved(),
        { NotSentReason: NotSentReason.ConnectionRefused, SocketError: null } when proxy is not null => ProxyRefused(status: null),
        { NotSentReason: NotSentReason.ConnectionRefused } => NotConnected(fault.SocketError),
        { NotSentReason: NotSentReason.ConnectTimeout } => NotConnected(SocketError.TimedOut),
        { NotSentReason: NotSentReason.Proxy } or { ProxyStatus: not null } when proxy is not null => ProxyRefused(fault.ProxyStatus),
        { InvalidResponseReason: InvalidResponseReason.WebPage, HttpStatus: { } status } => PageInstead(status),

        // These three statuses are about the gateway itself, page or not: the key, or a missing route.
        { IsWebPage: true, Kind: FaultKind.ErrorResponse, HttpStatus: { } status and >= 400 and < 500 and not (401 or 404 or 410) } => PageInstead(status),
        _ => null,
    };

    /// <summary>A name doesn't resolve: the proxy's, if there is one, because the proxy resolves the gateway's.</summary>
    public Remedy NotResolved() => proxy is null
        ? new Remedy(phrases.GatewayNotResolved(Gateway), StepFixes.OpenSettings)
        : new Remedy(phrases.ProxyNotResolved(proxy.IdnHost, ProxySource), StepFixes.OpenProxySettings);

    /// <summary>The connection failed: to the proxy, if there is one.</summary>
    /// <param name="error">How it failed, or null if unknown.</param>
    public Remedy NotConnected(SocketError? error)
    {
        var why = error switch
        {
            SocketError.ConnectionRefused => phrases.RefusesConnections,
            SocketError.NetworkUnreachable or SocketError.HostUnreachable or null => phrases.NotReachable,
            _ => phrases.NotResponding,
        };
        return proxy is null
            ? new Remedy(phrases.GatewayNotConnected(Gateway, url.BaseUri.Port, why), StepFixes.OpenSettings)
            : new Remedy(phrases.ProxyNotConnected(ProxyName, ProxySource, why), StepFixes.OpenProxySettings);
    }

    /// <summary>The proxy doesn't connect to the gateway.</summary>
    /// <param name="status">The HTTP status of its response, or null if there was none.</param>
    public Remedy ProxyRefused(int? status) => status switch
    {
        null => new Remedy(phrases.ProxyClosed(ProxyName, Gateway), StepFixes.OpenProxySettings),
        WantsPassword => new Remedy(phrases.ProxyWantsPassword(ProxyName), StepFixes.OpenProxySettings),
        >= 500 => new Remedy(phrases.ProxyCannotReach(ProxyName, Gateway, status.Value), StepFixes.OpenSettings),
        _ => new Remedy(phrases.ProxyRefuses(ProxyName, Gateway, status.Value), StepFixes.OpenProxySettings),
    };

    /// <summary>A web page was received instead of an API response.</summary>
    public Remedy PageInstead(int status) => new(phrases.WebPageReceived(status), StepFixes.OpenSettings);
}
