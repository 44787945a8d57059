using System.Globalization;

namespace Companion.Server.Language;

// The network path to the gateway, in a diagnosis. A "source" is where the proxy address comes from; a "why" is what happened to a connection.
internal partial class Phrases
{
    public virtual string CertificateFileMissing(string variable, string path) =>
        $"The {variable} environment variable refers to {path}, which doesn't exist. It's ignored.";

    public virtual string OpenSslMissing =>
        "Companion's server needs OpenSSL, which isn't installed on this system. Install OpenSSL 3 (libssl), and then restart the server.";

    public virtual string EntriesIgnored(string origin, string entries) => $"{origin} has entries that can't be read and are ignored: {entries}.";

    public virtual string GatewayIs(string gateway, string origin) => $"The gateway is {gateway} ({origin}).";

    public virtual string SandboxInProcess => "The sandbox runs in this process.";

    public virtual string NotChecked => "Not checked because an earlier step failed.";

    public virtual string Versions(string server, string protocol, string runtime, string system, string vscode) =>
        $"{server}, protocol {protocol}, {runtime}, {system}, VS Code {vscode}.";

    public virtual string UnknownVersion => "unknown";

    public virtual string IsAddress(string host) => $"{host} is an IP address, so there's no name to resolve.";

    public virtual string Resolves(string host, string addresses) => $"{host} resolves to {addresses}.";

    public virtual string GatewayNotResolved(string host) =>
        $"Couldn't resolve the gateway's host name, {host}. Check your network, your VPN, and the spelling in the gateway URL.";

    public virtual string ProxyNotResolved(string host, string source) =>
        $"Couldn't resolve the proxy's host name, {host}. Check your network, your VPN, and the spelling in {source}.";

    public virtual string ProxySetting => "the http.proxy setting";

    public virtual string ProxyVariable(string variable) => $"the {variable} environment variable";

    public virtual string ProxySystem => "the system";

    public virtual string ProxySupportOff => "No proxy is used because http.proxySupport is off.";

    public virtual string NoProxyFor(string gateway) => $"No proxy is used for {gateway}.";

    public virtual string ProxyNotConnected(string proxy, string source, string why) => $"The proxy {proxy} (from {source}) {why}.";

    public virtual string ProxyWantsPassword(string proxy) =>
        $"The proxy {proxy} requires a user name and password, or doesn't accept the ones it got (407). Set them in http.proxy as "
        + "http://user:password@host:port, or in http.proxyAuthorization.";

    public virtual string ProxyCannotReach(string proxy, string gateway, int status) => string.Create(
        CultureInfo.InvariantCulture,
        $"The proxy {proxy} can't reach {gateway} (HTTP {status}). Check the gateway URL, or try again in a minute.");

    public virtual string ProxyRefuses(string proxy, string gateway, int status) => string.Create(
        CultureInfo.InvariantCulture,
        $"The proxy {proxy} doesn't allow connections to {gateway} (HTTP {status}). Ask its administrator to allow them, or bypass the proxy with http.noProxy.");

    public virtual string ProxyClosed(string proxy, string gateway) =>
        $"The proxy {proxy} closed the connection instead of connecting to {gateway}.";

    public virtual string ProxyConnects(string proxy, string source, string gateway) => $"The proxy {proxy} (from {source}) connects to {gateway}.";

    public virtual string ProxyMakesConnection => "The proxy makes the connection.";

    public virtual string RefusesConnections => "refuses connections because nothing is listening there";

    public virtual string NotReachable => "can't be reached from this network";

    public virtual string NotResponding => "isn't responding";

    public virtual string GatewayNotConnected(string gateway, int port, string why) => string.Create(
        CultureInfo.InvariantCulture, $"{gateway} (port {port}) {why}. Check the port, the firewall, and whether you need a proxy.");

    public virtual string ConnectedTo(string address, int port) => string.Create(CultureInfo.InvariantCulture, $"Connected to {address}, port {port}.");

    public virtual string ConnectedExcept(string address, int port, string others, string family) =>
        string.Create(CultureInfo.InvariantCulture, $"Connected to {address}, port {port}. Couldn't connect to {others} because {family} doesn't work here.");

    public virtual string NoHttpResponse(string gateway) => $"{gateway} accepts connections but doesn't respond.";

    public virtual string NotHttp(string gateway) => $"{gateway} doesn't respond with HTTP.";

    public virtual string WebPageReceived(int status) => string.Create(
        CultureInfo.InvariantCulture,
        $"Received a web page instead of an API response (HTTP {status}). Either this network requires you to sign in with a browser first, or the gateway URL belongs to another site.");

    public virtual string HttpError(int status) =>
        string.Create(CultureInfo.InvariantCulture, $"The gateway, or a proxy in front of it, is failing (HTTP {status}). Try again in a minute.");

    public virtual string RespondsWithHttp(string version) => $"The gateway responds with HTTP/{version}.";
}
