using System.Globalization;

namespace Companion.Server.Language;

internal sealed partial class GermanPhrases
{
    public override string CertificateFileMissing(string variable, string path) =>
        $"Die Umgebungsvariable {variable} nennt {path}, das es nicht gibt: Sie wird übergangen.";

    public override string EntriesUnread(string origin, string entries) =>
        $"{origin} hat Einträge, die nicht gelesen werden können und übergangen werden: {entries}.";

    public override string GatewayIs(string gateway, string origin) => $"Das Gateway ist {gateway} ({origin}).";

    public override string SandboxIsHere => "Die Sandbox ist in diesem Prozess.";

    public override string NotLookedAt => "Nicht geprüft, da ein Schritt davor fehlgeschlagen ist.";

    public override string Versions(string server, string protocol, string runtime, string system, string vscode) =>
        $"{server}, Protokoll {protocol}, {runtime}, {system}, VS Code {vscode}.";

    public override string UnknownVersion => "unbekannt";

    public override string IsAddress(string host) => $"{host} ist eine Adresse: Es gibt keinen Namen aufzulösen.";

    public override string Resolves(string host, string addresses) => $"{host} hat die Adresse {addresses}.";

    public override string GatewayNotResolved(string host) =>
        $"Der Name des Gateways, {host}, lässt sich nicht auflösen: Prüfen Sie das Netz, ein VPN und die Schreibweise in der URL des Gateways.";

    public override string ProxyNotResolved(string host, string source) =>
        $"Der Name des Proxys, {host}, lässt sich nicht auflösen: Prüfen Sie das Netz, ein VPN und die Schreibweise in {source}.";

    public override string ProxySetting => "der Einstellung http.proxy";

    public override string ProxyVariable(string variable) => $"der Umgebungsvariablen {variable}";

    public override string ProxySystem => "dem System";

    public override string ProxySupportOff => "Es wird kein Proxy verwendet, da http.proxySupport ausgeschaltet ist.";

    public override string NoProxyFor(string gateway) => $"Für {gateway} wird kein Proxy verwendet.";

    public override string ProxyNotConnected(string proxy, string source, string why) => $"Der Proxy {proxy}, aus {source}, {why}.";

    public override string ProxyWantsPassword(string proxy) =>
        $"Der Proxy {proxy} verlangt Benutzername und Kennwort oder nimmt die angegebenen nicht an (407): Schreiben Sie sie als "
        + "http://user:password@host:port in http.proxy oder in http.proxyAuthorization.";

    public override string ProxyCannotReach(string proxy, string gateway, int status) => string.Create(
        CultureInfo.InvariantCulture,
        $"Der Proxy {proxy} kommt nicht zu {gateway} durch (HTTP {status}): Prüfen Sie die URL des Gateways, oder versuchen Sie es in einer Minute erneut.");

    public override string ProxyRefuses(string proxy, string gateway, int status) => string.Create(
        CultureInfo.InvariantCulture,
        $"Der Proxy {proxy} lehnt es ab, zu {gateway} zu verbinden (HTTP {status}): Bitten Sie seinen Betreiber, es zu erlauben, oder erreichen Sie das Gateway mit http.noProxy ohne ihn.");

    public override string ProxyClosed(string proxy, string gateway) =>
        $"Der Proxy {proxy} hat die Verbindung geschlossen, statt zu {gateway} zu verbinden.";

    public override string ProxyConnects(string proxy, string source, string gateway) => $"Der Proxy {proxy}, aus {source}, verbindet zu {gateway}.";

    public override string ProxyMakesConnection => "Der Proxy stellt die Verbindung her.";

    public override string RefusesConnections => "lehnt Verbindungen ab: Dort hört niemand zu";

    public override string OutOfReach => "ist aus diesem Netz nicht erreichbar";

    public override string Silent => "antwortet nicht";

    public override string GatewayNotConnected(string gateway, int port, string why) =>
        string.Create(CultureInfo.InvariantCulture, $"{gateway}, Port {port}, {why}: Prüfen Sie den Port, eine Firewall und ob hier ein Proxy nötig ist.");

    public override string ConnectedTo(string address, int port) => string.Create(CultureInfo.InvariantCulture, $"Verbunden mit {address}, Port {port}.");

    public override string ConnectedExcept(string address, int port, string others, string family) =>
        string.Create(CultureInfo.InvariantCulture, $"Verbunden mit {address}, Port {port}. {others} antwortete nicht: {family} führt hier nirgends hin.");

    public override string SilentOnHttp(string gateway) => $"{gateway} nimmt Verbindungen an und antwortet nicht.";

    public override string NotHttp(string gateway) => $"{gateway} antwortet nicht in HTTP.";

    public override string PageInstead(int status) => string.Create(
        CultureInfo.InvariantCulture,
        $"Statt der Antwort des Gateways kommt eine Seite für Menschen (HTTP {status}): Dieses Netz verlangt erst eine Anmeldung im Browser, oder die URL des Gateways gehört zu einer anderen Website.");

    public override string FailsWith(int status) =>
        string.Create(CultureInfo.InvariantCulture, $"Das Gateway oder ein Proxy davor ist gestört (HTTP {status}): Versuchen Sie es in einer Minute erneut.");

    public override string AnswersInHttp(string version) => $"Das Gateway antwortet in HTTP/{version}.";
}
