using System.Net;
using System.Net.Sockets;
using Companion.Gateway;
using Companion.Protocol;
using Companion.Server.Language;

namespace Companion.Server.Diagnosing;

/// <summary>Says in plain words what was found on the way to the gateway.</summary>
/// <param name="steps">Takes the steps.</param>
/// <param name="url">The gateway.</param>
/// <param name="options">How the network is reached.</param>
internal sealed class NetworkSteps(StepList steps, GatewayUrl url, GatewayHttpOptions options)
{
    private const int NotImplemented = 501; // which says that it has no such route, and that it is well otherwise

    private Phrases Phrases => steps.Phrases;

    private string Gateway => url.BaseUri.IdnHost;

    private bool HasConfiguredProxy => !string.IsNullOrWhiteSpace(options.Proxy);

    /// <summary>Tells every step from the name to HTTP.</summary>
    /// <param name="found">What was found.</param>
    public void Tell(NetworkFindings found)
    {
        NameResolution(found);
        Proxy(found);
        Tcp(found);
        if (steps.HasFailed)
        {
            steps.SkipRest(DiagnosisSteps.Tls, DiagnosisSteps.Http);
            return;
        }

        new TlsStep(steps, url, options).Tell(found);
        Http(found);
    }

    private void NameResolution(NetworkFindings found)
    {
        var host = found.Host ?? Gateway;
        if (IPAddress.TryParse(host.Trim('[', ']'), out _))
            steps.Skip(DiagnosisSteps.NameResolution, Phrases.IsAddress(host));
        else if (found.Addresses is { } addresses)
            steps.Ok(DiagnosisSteps.NameResolution, Phrases.Resolves(host, string.Join(", ", addresses.Take(8))), found.ResolveTime);
        else
            steps.Fail(
                DiagnosisSteps.NameResolution,
                found.Proxy is null ? Phrases.GatewayNotResolved(host) : Phrases.ProxyNotResolved(host, ProxySource()),
                found.Proxy is null ? StepFixes.OpenSettings : StepFixes.OpenProxySettings,
                found.Detail,
                found.ResolveTime);
    }

    private string ProxySource() => HasConfiguredProxy ? Phrases.ProxySetting : Phrases.ProxyEnvironment;

    private void Proxy(NetworkFindings found)
    {
        const string Id = DiagnosisSteps.Proxy;
        if (found.Proxy is not { } proxy)
        {
            steps.Skip(Id, options.IsDirect ? Phrases.ProxySupportOff : Phrases.NoProxyFor(Gateway));
            return;
        }

        var name = $"{proxy.Scheme}://{proxy.Authority}";
        if (steps.HasFailed)
            steps.SkipRest(Id);
        else if (found.Connected is null)
            steps.Fail(
                Id, Phrases.ProxyNotConnected(name, ProxySource(), NotConnected(found)), StepFixes.OpenProxySettings, found.Detail, found.ConnectTime);
        else if (found.ProxyStatus == 407)
            steps.Fail(
                Id,
                Phrases.ProxyWantsPassword(name),
                StepFixes.OpenProxySettings, found.Detail, found.ConnectTime);
        else if (found.ProxyStatus is { } status)
            steps.Fail(
                Id,
                status >= 500 ? Phrases.ProxyCannotReach(name, Gateway, status) : Phrases.ProxyRefuses(name, Gateway, status),
                status >= 500 ? StepFixes.OpenSettings : StepFixes.OpenProxySettings, found.Detail, found.ConnectTime);
        else if (found.Failure is HttpRequestError.ProxyTunnelError or HttpRequestError.ConnectionError)
            steps.Fail(
                Id, Phrases.ProxyClosed(name, Gateway), StepFixes.OpenProxySettings, found.Detail, found.ConnectTime);
        else
            steps.Ok(Id, Phrases.ProxyConnects(name, ProxySource(), Gateway), found.ConnectTime);
    }

    private void Tcp(NetworkFindings found)
    {
        const string Id = DiagnosisSteps.Tcp;
        var port = url.BaseUri.Port;
        if (steps.HasFailed)
            steps.SkipRest(Id);
        else if (found.Proxy is not null)
            steps.Skip(Id, Phrases.ProxyMakesConnection);
        else if (found.Connected is null)
            steps.Fail(
                Id, Phrases.GatewayNotConnected(Gateway, port, NotConnected(found)),
                StepFixes.OpenSettings, found.Detail, found.ConnectTime);
        else if (found.Failures.Where(f => f.Error != SocketError.OperationAborted && f.Error != SocketError.TimedOut).ToList() is { Count: > 0 } failures)
            steps.Warn(
                Id,
                Phrases.ConnectedExcept($"{found.Connected}", port, string.Join(", ", failures.Select(static f => f.Address)), Family(failures[0])),
                took: found.ConnectTime);
        else
            steps.Ok(Id, Phrases.ConnectedTo($"{found.Connected}", port), found.ConnectTime);
    }

    private static string Family(ConnectionAttempt attempt) => attempt.Address.AddressFamily == AddressFamily.InterNetworkV6 ? "IPv6" : "IPv4";

    private string NotConnected(NetworkFindings found) => (found.Failures is { Count: > 0 } failures ? failures[^1].Error : SocketError.TimedOut) switch
    {
        SocketError.ConnectionRefused => Phrases.RefusesConnections,
        SocketError.NetworkUnreachable or SocketError.HostUnreachable => Phrases.OutOfReach,
        _ => Phrases.Silent,
    };

    private void Http(NetworkFindings found)
    {
        const string Id = DiagnosisSteps.Http;
        if (steps.HasFailed)
            steps.SkipRest(Id);
        else if (found.HttpStatus is not { } status)
            steps.Fail(
                Id, found.TimedOut ? Phrases.SilentOnHttp(Gateway) : Phrases.NotHttp(Gateway),
                StepFixes.OpenSettings, found.Detail, found.HttpTime);
        else if (status is >= 300 and < 400 || (found.IsPage && status < 500))
            steps.Fail(
                Id,
                Phrases.PageInstead(status),
                StepFixes.OpenSettings, took: found.HttpTime);
        else if (status is >= 500 and not NotImplemented)
            steps.Fail(Id, Phrases.FailsWith(status), took: found.HttpTime);
        else
            steps.Ok(Id, Phrases.AnswersInHttp($"{found.HttpVersion?.ToString(found.HttpVersion.Major > 1 ? 1 : 2)}"), found.HttpTime);
    }
}
