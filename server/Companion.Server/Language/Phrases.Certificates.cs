using System.Globalization;

namespace Companion.Server.Language;

// Of certificates, in a diagnosis. "Where" is what WhereTrusted says.
internal partial class Phrases
{
    public virtual string PlainHttp => "Plain HTTP, which stays on this machine.";

    public virtual string HandshakeHangs(string host) => $"{host} does not go through with the TLS handshake.";

    public virtual string HandshakeFailed(string host) =>
        $"The TLS handshake with {host} failed before a certificate was shown: it may not speak TLS at this port.";

    public virtual string UncheckedAndGood => "Certificates are not checked, as http.proxyStrictSSL is off. This one is good: switch it on.";

    public virtual string UncheckedAndBad(string problem) =>
        $"Certificates are not checked, as http.proxyStrictSSL is off: whoever is on the way can read the API key. {problem}";

    public virtual string Trusted(string subject, string issuer, string until) =>
        $"The certificate of {subject} is trusted, by {issuer}; it is valid until {until}.";

    public virtual string NoCertificate => "The gateway showed no certificate.";

    public virtual string Expired(string until) =>
        $"The certificate, or one that vouches for it, has expired (it was valid until {until}): the gateway has to renew it, or this machine's clock is wrong.";

    public virtual string NotYetValid(string from) => $"The certificate is valid from {from} on: is this machine's clock right?";

    public virtual string WrongName(string names, string host) =>
        $"The certificate is for {names}, not for {host}: the URL is wrong, or somebody else answers.";

    public virtual string SelfSigned(string issuer, string where) => $"The certificate is self-signed ({issuer}); nobody vouches for it. {where}";

    public virtual string UntrustedIssuer(string issuer, string where) => $"Its issuer is not trusted on this machine: {issuer}. {where}";

    public virtual string Revoked => "The certificate was revoked.";

    public virtual string CertificateNotAccepted => "The certificate was not accepted.";

    public virtual string WhereTrusted(string places) =>
        $"It was looked for in: {places}. If it is your network's own, put it into a PEM file and name that in companion.caFile.";

    public virtual string TrustFile(string name, string path, int certificates) =>
        string.Create(CultureInfo.InvariantCulture, $"{name} ({path}, certificates: {certificates})");

    public virtual string TrustFileUnusable(string name, string path) => $"{name} ({path}, cannot be used)";

    public virtual string TrustStore => OperatingSystem.IsMacOS() ? "the keychain of macOS" : "the trust store of Windows";

    public virtual string TrustStoreAt(string paths) => $"the system's trust store ({paths})";
}
