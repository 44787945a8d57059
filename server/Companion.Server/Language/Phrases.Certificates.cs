using System.Globalization;

namespace Companion.Server.Language;

// Certificates, in a diagnosis. "Where" is the result of WhereTrusted.
internal partial class Phrases
{
    public virtual string PlainHttp => "Plain HTTP that doesn't leave this machine.";

    public virtual string HandshakeHangs(string host) => $"{host} doesn't complete the TLS handshake.";

    public virtual string HandshakeFailed(string host) =>
        $"The TLS handshake with {host} failed before a certificate was presented. This port may not use TLS.";

    public virtual string UnverifiedButValid =>
        "Certificates aren't verified because http.proxyStrictSSL is off. This one is valid, so you can turn the setting on.";

    public virtual string UnverifiedAndInvalid(string problem) =>
        $"Certificates aren't verified because http.proxyStrictSSL is off. Anyone on the network path can read the API key. {problem}";

    public virtual string Trusted(string subject, string issuer, string until) =>
        $"The certificate for {subject} is trusted (issued by {issuer}, valid until {until}).";

    public virtual string NoCertificate => "The gateway didn't present a certificate.";

    public virtual string Expired(string until) =>
        $"The certificate, or one in its chain, has expired (valid until {until}). It must be renewed on the gateway, or this machine's clock is wrong.";

    public virtual string NotYetValid(string from) => $"The certificate isn't valid until {from}. Check this machine's clock.";

    public virtual string WrongName(string names, string host) =>
        $"The certificate is for {names}, not for {host}. The URL is wrong, or another server is responding.";

    public virtual string SelfSigned(string issuer, string where) => $"The certificate is self-signed ({issuer}), so no authority vouches for it. {where}";

    public virtual string UntrustedIssuer(string issuer, string where) => $"The certificate's issuer isn't trusted on this machine: {issuer}. {where}";

    public virtual string Revoked => "The certificate has been revoked.";

    public virtual string CertificateNotAccepted => "The certificate wasn't accepted.";

    public virtual string WhereTrusted(string places) =>
        $"Trusted certificates come from: {places}. If this one is your network's own, save it as a PEM file and set companion.caFile to its path.";

    public virtual string TrustFile(string name, string path, int certificates) =>
        string.Create(CultureInfo.InvariantCulture, $"{name} ({path}, certificates: {certificates})");

    public virtual string TrustFileUnusable(string name, string path) => $"{name} ({path}, can't be used)";

    public virtual string TrustStore => OperatingSystem.IsMacOS() ? "the macOS keychain" : "the Windows certificate store";

    public virtual string TrustStoreAt(string paths) => $"the system's certificate store ({paths})";
}
