using System.Net;
using System.Net.Sockets;
using Companion.Gateway;
using Companion.Gateway.Network;
using Companion.Protocol;
using Companion.Server.Errors;
using Companion.Server.Language;

namespace Companion.Server.Diagnosing;

/// <summary>Describes what was found on the network path to the gateway.</summary>
internal sealed class NetworkSteps(StepList steps, GatewayUrl url, GatewayHttpOptions options)
{
    private const int NotImplemented = 501; // no such route, but otherwise healthy

    private Phrases Phrases => steps.Phrases;

    private NetworkErrorMessages ErrorMessages(NetworkFindings found) => new(Phrases, url, options, found.Proxy);

    private void Fail(string id, Remedy remedy, string? detail, TimeSpan took) => steps.Fail(id, remedy.Message, remedy.Fix, detail, took);

    private string Gateway => url.BaseUri.IdnHost;

    /// <summary>Adds the steps from name resolution to HTTP.</summary>
    public void Add(NetworkFindings found)
    {
        NameResolution(found);
        Proxy(found);
        Tcp(found);
        if (steps.HasFailed)
        {
            steps.SkipRest(DiagnosisSteps.Tls, DiagnosisSteps.Http);
            return;
        }

        new TlsStep(steps, url, options).Add(found);
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
            Fail(DiagnosisSteps.NameResolution, ErrorMessages(found).NotResolved(), found.Detail, found.ResolveTime);
    }

    private void Proxy(NetworkFindings found)
    {
        const string Id = DiagnosisSteps.Proxy;
        if (found.Proxy is null)
        {
            steps.Skip(Id, options.IsDirect ? Phrases.ProxySupportOff : Phrases.NoProxyFor(Gateway));
            return;
        }

        var errors = ErrorMessages(found);
        if (steps.HasFailed)
            steps.SkipRest(Id);
        else if (found.Connected is null)
            Fail(Id, errors.NotConnected(SocketErrorOf(found)), found.Detail, found.ConnectTime);
        else if (found.ProxyStatus is not null || found.Failure is HttpRequestError.ProxyTunnelError or HttpRequestError.ConnectionError)
            Fail(Id, errors.ProxyRefused(found.ProxyStatus), found.Detail, found.ConnectTime);
        else
            steps.Ok(Id, Phrases.ProxyConnects(errors.ProxyName, errors.ProxySource, Gateway), found.ConnectTime);
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
            Fail(Id, ErrorMessages(found).NotConnected(SocketErrorOf(found)), found.Detail, found.ConnectTime);
        else if (found.Failures.Where(f => f.Error != SocketError.OperationAborted && f.Error != SocketError.TimedOut).ToList() is { Count: > 0 } failures)
            steps.Warn(
                Id,
                Phrases.ConnectedExcept($"{found.Connected}", port, string.Join(", ", failures.Select(static f => f.Address)), Family(failures[0])),
                took: found.ConnectTime);
        else
            steps.Ok(Id, Phrases.ConnectedTo($"{found.Connected}", port), found.ConnectTime);
    }

    private static string Family(ConnectionAttempt attempt) => attempt.Address.AddressFamily == AddressFamily.InterNetworkV6 ? "IPv6" : "IPv4";

    private static SocketError SocketErrorOf(NetworkFindings found) => found.Failures is { Count: > 0 } failures ? failures[^1].Error : SocketError.TimedOut;

    private void Http(NetworkFindings found)
    {
        const string Id = DiagnosisSteps.Http;
        if (steps.HasFailed)
            steps.SkipRest(Id);
        else if (found.HttpStatus is not { } status)
            steps.Fail(
                Id, found.TimedOut ? Phrases.NoHttpResponse(Gateway) : Phrases.NotHttp(Gateway),
                StepFixes.OpenSettings, found.Detail, found.HttpTime);
        else if (status is >= 300 and < 400 || (found.IsWebPage && status < 500))
            Fail(Id, ErrorMessages(found).PageInstead(status), detail: null, found.HttpTime);
        else if (status is >= 500 and not NotImplemented)
            steps.Fail(Id, Phrases.HttpError(status), took: found.HttpTime);
        else
            steps.Ok(Id, Phrases.RespondsWithHttp($"{found.HttpVersion?.ToString(found.HttpVersion.Major > 1 ? 1 : 2)}"), found.HttpTime);
    }
}
