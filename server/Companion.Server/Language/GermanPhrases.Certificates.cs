using System.Globalization;

namespace Companion.Server.Language;

internal sealed partial class GermanPhrases
{
    public override string PlainHttp => "Unverschlüsseltes HTTP, das diesen Rechner nicht verlässt.";

    public override string HandshakeHangs(string host) => $"{host} führt den TLS-Handshake nicht zu Ende.";

    public override string HandshakeFailed(string host) =>
        $"Der TLS-Handshake mit {host} scheiterte, bevor ein Zertifikat gezeigt wurde: An diesem Port wird vielleicht kein TLS gesprochen.";

    public override string UncheckedAndGood =>
        "Zertifikate werden nicht geprüft, da http.proxyStrictSSL ausgeschaltet ist. Dieses ist gut: Schalten Sie es ein.";

    public override string UncheckedAndBad(string problem) =>
        $"Zertifikate werden nicht geprüft, da http.proxyStrictSSL ausgeschaltet ist: Wer auf dem Weg sitzt, kann den API-Schlüssel lesen. {problem}";

    public override string Trusted(string subject, string issuer, string until) =>
        $"Dem Zertifikat von {subject} wird vertraut, durch {issuer}; es gilt bis {until}.";

    public override string NoCertificate => "Das Gateway hat kein Zertifikat gezeigt.";

    public override string Expired(string until) =>
        $"Das Zertifikat oder eines, das dafür bürgt, ist abgelaufen (es galt bis {until}): Das Gateway muss es erneuern, oder die Uhr dieses Rechners geht falsch.";

    public override string NotYetValid(string from) => $"Das Zertifikat gilt erst ab {from}: Geht die Uhr dieses Rechners richtig?";

    public override string WrongName(string names, string host) =>
        $"Das Zertifikat ist für {names}, nicht für {host}: Die URL ist falsch, oder jemand anderes antwortet.";

    public override string SelfSigned(string issuer, string where) =>
        $"Das Zertifikat ist selbst signiert ({issuer}); niemand bürgt dafür. {where}";

    public override string UntrustedIssuer(string issuer, string where) => $"Seinem Aussteller wird auf diesem Rechner nicht vertraut: {issuer}. {where}";

    public override string Revoked => "Das Zertifikat wurde widerrufen.";

    public override string CertificateNotAccepted => "Das Zertifikat wurde nicht angenommen.";

    public override string WhereTrusted(string places) =>
        $"Gesucht wurde in: {places}. Gehört er zu Ihrem Netz, legen Sie ihn in eine PEM-Datei und nennen Sie diese in companion.caFile.";

    public override string TrustFile(string name, string path, int certificates) =>
        string.Create(CultureInfo.InvariantCulture, $"{name} ({path}, Zertifikate: {certificates})");

    public override string TrustFileUnusable(string name, string path) => $"{name} ({path}, nicht verwendbar)";

    public override string TrustStore => OperatingSystem.IsMacOS() ? "dem Schlüsselbund von macOS" : "dem Zertifikatspeicher von Windows";

    public override string TrustStoreAt(string paths) => $"dem Zertifikatspeicher des Systems ({paths})";
}
