using System.Globalization;

namespace Companion.Server.Language;

internal sealed partial class GermanPhrases
{
    public override string PlainHttp => "Unverschlüsseltes HTTP, das diesen Computer nicht verlässt.";

    public override string HandshakeHangs(string host) => $"{host} schließt den TLS-Handshake nicht ab.";

    public override string HandshakeFailed(string host) =>
        $"Der TLS-Handshake mit {host} ist fehlgeschlagen, bevor ein Zertifikat vorgelegt wurde. Dieser Port verwendet möglicherweise kein TLS.";

    public override string UnverifiedButValid =>
        "Zertifikate werden nicht überprüft, da http.proxyStrictSSL deaktiviert ist. Dieses ist gültig. Sie können die Einstellung daher aktivieren.";

    public override string UnverifiedAndInvalid(string problem) =>
        $"Zertifikate werden nicht überprüft, da http.proxyStrictSSL deaktiviert ist. Der API-Schlüssel kann auf dem Netzwerkpfad mitgelesen werden. {problem}";

    public override string Trusted(string subject, string issuer, string until) =>
        $"Das Zertifikat für {subject} ist vertrauenswürdig (ausgestellt von {issuer}, gültig bis {until}).";

    public override string NoCertificate => "Das Gateway hat kein Zertifikat vorgelegt.";

    public override string Expired(string until) =>
        $"Das Zertifikat oder eines in seiner Kette ist abgelaufen (gültig bis {until}). Es muss auf dem Gateway erneuert werden, oder die Uhr dieses Computers geht falsch.";

    public override string NotYetValid(string from) => $"Das Zertifikat ist erst ab {from} gültig. Prüfen Sie die Uhr dieses Computers.";

    public override string WrongName(string names, string host) =>
        $"Das Zertifikat ist für {names} ausgestellt, nicht für {host}. Die URL ist falsch, oder ein anderer Server antwortet.";

    public override string SelfSigned(string issuer, string where) =>
        $"Das Zertifikat ist selbstsigniert ({issuer}) und wird von keiner Zertifizierungsstelle bestätigt. {where}";

    public override string UntrustedIssuer(string issuer, string where) =>
        $"Der Aussteller des Zertifikats ist auf diesem Computer nicht vertrauenswürdig: {issuer}. {where}";

    public override string Revoked => "Das Zertifikat wurde widerrufen.";

    public override string CertificateNotAccepted => "Das Zertifikat wurde nicht akzeptiert.";

    public override string WhereTrusted(string places) =>
        $"Vertrauenswürdige Zertifikate stammen aus: {places}. Wenn dieses zu Ihrem eigenen Netzwerk gehört, speichern Sie es als PEM-Datei, und legen Sie companion.caFile auf deren Pfad fest.";

    public override string TrustFile(string name, string path, int certificates) =>
        string.Create(CultureInfo.InvariantCulture, $"{name} ({path}, Zertifikate: {certificates})");

    public override string TrustFileUnusable(string name, string path) => $"{name} ({path}, nicht verwendbar)";

    public override string TrustStore => OperatingSystem.IsMacOS() ? "dem macOS-Schlüsselbund" : "dem Windows-Zertifikatspeicher";

    public override string TrustStoreAt(string paths) => $"dem Zertifikatspeicher des Systems ({paths})";
}
