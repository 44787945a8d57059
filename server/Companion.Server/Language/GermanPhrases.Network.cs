using System.Globalization;

namespace Companion.Server.Language;

internal sealed partial class GermanPhrases
{
    public override string CertificateFileMissing(string variable, string path) =>
        $"Die Umgebungsvariable {variable} verweist auf {path}. Diese Datei ist nicht vorhanden und wird ignoriert.";

    public override string OpenSslMissing =>
        "Der Server von Companion benötigt OpenSSL, das auf diesem System nicht installiert ist. Installieren Sie OpenSSL 3 (libssl), und starten Sie dann den Server neu.";

    public override string EntriesIgnored(string origin, string entries) =>
        $"{origin} enthält Einträge, die nicht gelesen werden können und ignoriert werden: {entries}.";

    public override string GatewayIs(string gateway, string origin) => $"Das Gateway ist {gateway} ({origin}).";

    public override string SandboxInProcess => "Die Sandbox wird in diesem Prozess ausgeführt.";

    public override string NotChecked => "Nicht geprüft, da ein vorheriger Schritt fehlgeschlagen ist.";

    public override string Versions(string server, string protocol, string runtime, string system, string vscode) =>
        $"{server}, Protokoll {protocol}, {runtime}, {system}, VS Code {vscode}.";

    public override string UnknownVersion => "unbekannt";

    public override string IsAddress(string host) => $"{host} ist eine IP-Adresse. Es muss kein Name aufgelöst werden.";

    public override string Resolves(string host, string addresses) => $"{host} wird in {addresses} aufgelöst.";

    public override string GatewayNotResolved(string host) =>
        $"Der Hostname des Gateways, {host}, konnte nicht aufgelöst werden. Prüfen Sie das Netzwerk, das VPN und die Schreibweise in der Gateway-URL.";

    public override string ProxyNotResolved(string host, string source) =>
        $"Der Hostname des Proxys, {host}, konnte nicht aufgelöst werden. Prüfen Sie das Netzwerk, das VPN und die Schreibweise in {source}.";

    public override string ProxySetting => "der Einstellung http.proxy";

    public override string ProxyVariable(string variable) => $"der Umgebungsvariablen {variable}";

    public override string ProxySystem => "dem System";

    public override string ProxySupportOff => "Es wird kein Proxy verwendet, da http.proxySupport deaktiviert ist.";

    public override string NoProxyFor(string gateway) => $"Für {gateway} wird kein Proxy verwendet.";

    public override string ProxyNotConnected(string proxy, string source, string why) => $"Der Proxy {proxy} (aus {source}) {why}.";

    public override string ProxyWantsPassword(string proxy) =>
        $"Der Proxy {proxy} erfordert einen Benutzernamen und ein Kennwort oder akzeptiert die angegebenen nicht (407). Geben Sie sie als "
        + "http://user:password@host:port in http.proxy oder in http.proxyAuthorization an.";

    public override string ProxyCannotReach(string proxy, string gateway, int status) => string.Create(
        CultureInfo.InvariantCulture,
        $"Der Proxy {proxy} kann {gateway} nicht erreichen (HTTP {status}). Prüfen Sie die Gateway-URL, oder versuchen Sie es in einer Minute erneut.");

    public override string ProxyRefuses(string proxy, string gateway, int status) => string.Create(
        CultureInfo.InvariantCulture,
        $"Der Proxy {proxy} lässt keine Verbindungen mit {gateway} zu (HTTP {status}). Bitten Sie den zuständigen Administrator, sie zuzulassen, oder umgehen Sie den Proxy mit http.noProxy.");

    public override string ProxyClosed(string proxy, string gateway) =>
        $"Der Proxy {proxy} hat die Verbindung geschlossen, statt eine Verbindung mit {gateway} herzustellen.";

    public override string ProxyConnects(string proxy, string source, string gateway) =>
        $"Der Proxy {proxy} (aus {source}) stellt die Verbindung mit {gateway} her.";

    public override string ProxyMakesConnection => "Der Proxy stellt die Verbindung her.";

    public override string RefusesConnections => "lehnt Verbindungen ab, da dort nichts auf Verbindungen wartet";

    public override string NotReachable => "ist aus diesem Netzwerk nicht erreichbar";

    public override string NotResponding => "antwortet nicht";

    public override string GatewayNotConnected(string gateway, int port, string why) => string.Create(
        CultureInfo.InvariantCulture, $"{gateway} (Port {port}) {why}. Prüfen Sie den Port, die Firewall und ob Sie einen Proxy benötigen.");

    public override string ConnectedTo(string address, int port) => string.Create(CultureInfo.InvariantCulture, $"Verbunden mit {address}, Port {port}.");

    public override string ConnectedExcept(string address, int port, string others, string family) => string.Create(
        CultureInfo.InvariantCulture,
        $"Verbunden mit {address}, Port {port}. Mit {others} konnte keine Verbindung hergestellt werden, da {family} hier nicht funktioniert.");

    public override string NoHttpResponse(string gateway) => $"{gateway} nimmt Verbindungen an, antwortet aber nicht.";

    public override string NotHttp(string gateway) => $"{gateway} antwortet nicht mit HTTP.";

    public override string WebPageReceived(int status) => string.Create(
        CultureInfo.InvariantCulture,
        $"Statt einer API-Antwort wurde eine Webseite empfangen (HTTP {status}). Entweder erfordert dieses Netzwerk zuerst eine Anmeldung im Browser, oder die Gateway-URL gehört zu einer anderen Website.");

    public override string HttpError(int status) => string.Create(
        CultureInfo.InvariantCulture, $"Das Gateway oder ein vorgeschalteter Proxy ist gestört (HTTP {status}). Versuchen Sie es in einer Minute erneut.");

    public override string RespondsWithHttp(string version) => $"Das Gateway antwortet mit HTTP/{version}.";
}
