using System.Globalization;

namespace Companion.Server.Language;

// Of the way to the gateway, in a diagnosis. A "source" says where the proxy's address comes from, a "why" what became of a connection.
internal partial class Phrases
{
    public virtual string CertificateFileMissing(string variable, string path) =>
        $"The environment variable {variable} names {path}, which is not there: it is passed over.";

    public virtual string EntriesUnread(string origin, string entries) => $"{origin} has entries that cannot be read and are skipped: {entries}.";

    public virtual string GatewayIs(string gateway, string origin) => $"The gateway is {gateway} ({origin}).";

    public virtual string SandboxIsHere => "The sandbox is in this process.";

    public virtual string NotLookedAt => "Not looked at, as a step before it failed.";

    public virtual string Versions(string server, string protocol, string runtime, string system, string vscode) =>
        $"{server}, protocol {protocol}, {runtime}, {system}, VS Code {vscode}.";

    public virtual string UnknownVersion => "unknown";

    public virtual string IsAddress(string host) => $"{host} is an address: there is no name to look up.";

    public virtual string Resolves(string host, string addresses) => $"{host} is {addresses}.";

    public virtual string GatewayNotResolved(string host) =>
        $"The name of the gateway, {host}, does not resolve: check the network, a VPN, and how it is written in the gateway's URL.";

    public virtual string ProxyNotResolved(string host, string source) =>
        $"The name of the proxy, {host}, does not resolve: check the network, a VPN, and how it is written in {source}.";

    public virtual string ProxySetting => "the setting http.proxy";

    public virtual string ProxyVariable(string variable) => $"the environment variable {variable}";

    public virtual string ProxySystem => "the system";

    public virtual string ProxySupportOff => "No proxy is used, as http.proxySupport is off.";

    public virtual string NoProxyFor(string gateway) => $"No proxy is used for {gateway}.";

    public virtual string ProxyNotConnected(string proxy, string source, string why) => $"The proxy {proxy}, from {source}, {why}.";

    public virtual string ProxyWantsPassword(string proxy) =>
        $"The proxy {proxy} wants a user name and a password, or does not accept those it got (407): write them into http.proxy as "
        + "http://user:password@host:port, or into http.proxyAuthorization.";

    public virtual string ProxyCannotReach(string proxy, string gateway, int status) => string.Create(
        CultureInfo.InvariantCulture,
        $"The proxy {proxy} does not get through to {gateway} (HTTP {status}): check the gateway's URL, or try again in a minute.");

    public virtual string ProxyRefuses(string proxy, string gateway, int status) => string.Create(
        CultureInfo.InvariantCulture,
        $"The proxy {proxy} refuses to connect to {gateway} (HTTP {status}): ask whoever runs it to allow that, or reach the gateway without it by http.noProxy.");

    public virtual string ProxyClosed(string proxy, string gateway) =>
        $"The proxy {proxy} closed the connection instead of connecting to {gateway}.";

    public virtual string ProxyConnects(string proxy, string source, string gateway) => $"The proxy {proxy}, from {source}, connects to {gateway}.";

    public virtual string ProxyMakesConnection => "The proxy makes the connection.";

    public virtual string RefusesConnections => "refuses connections: nobody listens there";

    public virtual string OutOfReach => "cannot be reached from this network";

    public virtual string Silent => "does not answer";

    public virtual string GatewayNotConnected(string gateway, int port, string why) =>
        string.Create(CultureInfo.InvariantCulture, $"{gateway}, port {port}, {why}: check the port, a firewall, and whether a proxy is needed here.");

    public virtual string ConnectedTo(string address, int port) => string.Create(CultureInfo.InvariantCulture, $"Connected to {address}, port {port}.");

    public virtual string ConnectedExcept(string address, int port, string others, string family) =>
        string.Create(CultureInfo.InvariantCulture, $"Connected to {address}, port {port}. {others} did not answer: {family} leads nowhere here.");

    public virtual string SilentOnHttp(string gateway) => $"{gateway} accepts connections, and does not answer.";

    public virtual string NotHttp(string gateway) => $"{gateway} does not answer in HTTP.";

    public virtual string PageInstead(int status) => string.Create(
        CultureInfo.InvariantCulture,
        $"A page for people comes in place of the gateway's answer (HTTP {status}): this network wants you to sign in with a browser first, or the gateway's URL is another site's.");

    public virtual string FailsWith(int status) =>
        string.Create(CultureInfo.InvariantCulture, $"The gateway, or a proxy before it, fails (HTTP {status}): try again in a minute.");

    public virtual string AnswersInHttp(string version) => $"The gateway answers in HTTP/{version}.";
}
