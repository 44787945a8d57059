using System.Globalization;
using Companion.Gateway;
using Companion.Protocol;

namespace Companion.Server.Diagnosing;

/// <summary>Says whether the certificate is trusted, and where not, whose fault that is and where it would have to be put right.</summary>
/// <param name="steps">Takes the step.</param>
/// <param name="url">The gateway.</param>
/// <param name="options">How the network is reached.</param>
internal sealed class TlsStep(StepList steps, GatewayUrl url, GatewayHttpOptions options)
{
    private const string Id = DiagnosisSteps.Tls;

    /// <summary>Tells it.</summary>
    /// <param name="found">What was found.</param>
    public void Tell(NetworkFindings found)
    {
        if (url.BaseUri.Scheme != Uri.UriSchemeHttps)
            steps.Skip(Id, "Plain HTTP, which stays on this machine.");
        else if (found.Certificate is not { } certificate)
            steps.Fail(
                Id,
                found.TimedOut
                    ? $"{url.BaseUri.IdnHost} does not go through with the TLS handshake."
                    : $"The TLS handshake with {url.BaseUri.IdnHost} failed before a certificate was shown: it may not speak TLS at this port.",
                StepFixes.OpenSettings, found.Detail, found.TlsTime);
        else if (!options.StrictSsl)
            steps.Warn(
                Id,
                certificate.Problems == CertificateProblems.None
                    ? "Certificates are not checked, as http.proxyStrictSSL is off. This one is good: switch it on."
                    : $"Certificates are not checked, as http.proxyStrictSSL is off: whoever is on the way can read the API key. {Problem(certificate, found)}",
                StepFixes.OpenProxySettings, took: found.TlsTime);
        else if (certificate.Problems != CertificateProblems.None)
            steps.Fail(Id, Problem(certificate, found), StepFixes.OpenSettings, found.Detail, found.TlsTime);
        else
            steps.Ok(Id, $"The certificate of {Short(certificate.Subject)} is trusted, by {Short(certificate.Issuer)}; it is valid until {Day(certificate.NotAfter)}.", found.TlsTime);
    }

    private string Problem(CertificateFindings certificate, NetworkFindings found)
    {
        var sentences = new List<string>();
        if (certificate.Problems.HasFlag(CertificateProblems.Missing))
            sentences.Add("The gateway showed no certificate.");
        if (certificate.Problems.HasFlag(CertificateProblems.Expired))
            sentences.Add($"The certificate, or one that vouches for it, has expired (it was valid until {Day(certificate.NotAfter)}): the gateway has to renew it, or this machine's clock is wrong.");
        if (certificate.Problems.HasFlag(CertificateProblems.NotYetValid))
            sentences.Add($"The certificate is valid from {Day(certificate.NotBefore)} on: is this machine's clock right?");
        if (certificate.Problems.HasFlag(CertificateProblems.WrongName))
            sentences.Add($"The certificate is for {Names(certificate)}, not for {url.BaseUri.IdnHost}: the URL is wrong, or somebody else answers.");
        if (certificate.Problems.HasFlag(CertificateProblems.SelfSigned))
            sentences.Add($"The certificate is self-signed ({certificate.Issuer}); nobody vouches for it.{Expected(found)}");
        if (certificate.Problems.HasFlag(CertificateProblems.UntrustedIssuer))
            sentences.Add($"Its issuer is not trusted on this machine: {certificate.Issuer}.{Expected(found)}");
        if (certificate.Problems.HasFlag(CertificateProblems.Revoked))
            sentences.Add("The certificate was revoked.");
        if (sentences.Count == 0)
            sentences.Add("The certificate was not accepted.");
        return string.Join(' ', sentences);
    }

    private static string Expected(NetworkFindings found) =>
        $" It was looked for in: {string.Join("; ", found.TrustedPlaces)}. If it is your network's own, put it into a PEM file and name that in companion.caFile.";

    private static string Names(CertificateFindings certificate) =>
        certificate.Names.Count > 0 ? string.Join(", ", certificate.Names) : Short(certificate.Subject);

    private static string Short(string distinguishedName)
    {
        var common = distinguishedName.Split(", ").FirstOrDefault(static part => part.StartsWith("CN=", StringComparison.Ordinal));
        return common?[3..] ?? distinguishedName;
    }

    private static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
