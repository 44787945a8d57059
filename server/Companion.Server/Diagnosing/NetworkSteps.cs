using System.Net;
using System.Net.Sockets;
using Companion.Gateway;
using Companion.Protocol;

namespace Companion.Server.Diagnosing;

/// <summary>Says in plain words what was found on the way to the gateway.</summary>
/// <param name="steps">Takes the steps.</param>
/// <param name="url">The gateway.</param>
/// <param name="options">How the network is reached.</param>
internal sealed class NetworkSteps(StepList steps, GatewayUrl url, GatewayHttpOptions options)
{
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
        var whose = found.Proxy is null ? "the gateway" : "the proxy";
        if (IPAddress.TryParse(host.Trim('[', ']'), out _))
            steps.Skip(DiagnosisSteps.NameResolution, $"{host} is an address: there is no name to look up.");
        else if (found.Addresses is { } addresses)
            steps.Ok(DiagnosisSteps.NameResolution, $"{host} is {string.Join(", ", addresses.Take(8))}.", found.ResolveTime);
        else
            steps.Fail(
                DiagnosisSteps.NameResolution,
                $"The name of {whose}, {host}, does not resolve: check the network, a VPN, and how it is written in {Setting(found)}.",
                found.Proxy is null ? StepFixes.OpenSettings : StepFixes.OpenProxySettings,
                found.Detail,
                found.ResolveTime);
    }

    private string Setting(NetworkFindings found) => found.Proxy is null ? "the gateway's URL" : ProxySource();

    private string ProxySource() => HasConfiguredProxy ? "the setting http.proxy" : "the environment (HTTPS_PROXY) or the system";

    private void Proxy(NetworkFindings found)
    {
        const string Id = DiagnosisSteps.Proxy;
        if (found.Proxy is not { } proxy)
        {
            steps.Skip(Id, options.IsDirect ? "No proxy is used, as http.proxySupport is off." : $"No proxy is used for {Gateway}.");
            return;
        }

        var name = $"{proxy.Scheme}://{proxy.Authority}";
        if (steps.HasFailed)
            steps.SkipRest(Id);
        else if (found.Connected is null)
            steps.Fail(
                Id, $"The proxy {name}, from {ProxySource()}, {NotConnected(found)}.", StepFixes.OpenProxySettings, found.Detail, found.ConnectTime);
        else if (found.ProxyStatus == 407)
            steps.Fail(
                Id,
                $"The proxy {name} wants a user name and a password, or does not accept those it got (407): write them into http.proxy as http://user:password@host:port, or into http.proxyAuthorization.",
                StepFixes.OpenProxySettings, found.Detail, found.ConnectTime);
        else if (found.ProxyStatus is { } status)
            steps.Fail(
                Id,
                $"The proxy {name} refuses to connect to {Gateway} (HTTP {status}): ask whoever runs it to allow that, or reach the gateway without it by http.noProxy.",
                StepFixes.OpenProxySettings, found.Detail, found.ConnectTime);
        else if (found.Failure is HttpRequestError.ProxyTunnelError or HttpRequestError.ConnectionError)
            steps.Fail(
                Id, $"The proxy {name} closed the connection instead of connecting to {Gateway}.", StepFixes.OpenProxySettings, found.Detail, found.ConnectTime);
        else
            steps.Ok(Id, $"The proxy {name}, from {ProxySource()}, connects to {Gateway}.", found.ConnectTime);
    }

    private void Tcp(NetworkFindings found)
    {
        const string Id = DiagnosisSteps.Tcp;
        var port = url.BaseUri.Port;
        if (steps.HasFailed)
            steps.SkipRest(Id);
        else if (found.Proxy is not null)
            steps.Skip(Id, "The proxy makes the connection.");
        else if (found.Connected is null)
            steps.Fail(
                Id, $"{Gateway}, port {port}, {NotConnected(found)}: check the port, a firewall, and whether a proxy is needed here.",
                StepFixes.OpenSettings, found.Detail, found.ConnectTime);
        else if (found.Failures.Where(f => f.Error != SocketError.OperationAborted && f.Error != SocketError.TimedOut).ToList() is { Count: > 0 } failures)
            steps.Warn(
                Id,
                $"Connected to {found.Connected}, port {port}. {string.Join(", ", failures.Select(static f => f.Address))} did not answer: {Family(failures[0])} leads nowhere here.",
                took: found.ConnectTime);
        else
            steps.Ok(Id, $"Connected to {found.Connected}, port {port}.", found.ConnectTime);
    }

    private static string Family(ConnectionAttempt attempt) => attempt.Address.AddressFamily == AddressFamily.InterNetworkV6 ? "IPv6" : "IPv4";

    private static string NotConnected(NetworkFindings found) => (found.Failures is { Count: > 0 } failures ? failures[^1].Error : SocketError.TimedOut) switch
    {
        SocketError.ConnectionRefused => "refuses connections: nobody listens there",
        SocketError.NetworkUnreachable or SocketError.HostUnreachable => "cannot be reached from this network",
        _ => "does not answer",
    };

    private void Http(NetworkFindings found)
    {
        const string Id = DiagnosisSteps.Http;
        if (steps.HasFailed)
            steps.SkipRest(Id);
        else if (found.HttpStatus is not { } status)
            steps.Fail(
                Id, found.TimedOut ? $"{Gateway} accepts connections, and does not answer." : $"{Gateway} does not answer in HTTP.",
                StepFixes.OpenSettings, found.Detail, found.HttpTime);
        else if (status is >= 300 and < 400 || (found.IsPage && status < 500))
            steps.Fail(
                Id,
                $"A page for people comes in place of the gateway's answer (HTTP {status}): this network wants you to sign in with a browser first, or the gateway's URL is another site's.",
                StepFixes.OpenSettings, took: found.HttpTime);
        else if (status >= 500)
            steps.Warn(Id, $"The gateway, or a proxy before it, fails (HTTP {status}): try again in a minute.", took: found.HttpTime);
        else
            steps.Ok(Id, $"The gateway answers in HTTP/{found.HttpVersion?.ToString(found.HttpVersion.Major > 1 ? 1 : 2)}.", found.HttpTime);
    }
}
