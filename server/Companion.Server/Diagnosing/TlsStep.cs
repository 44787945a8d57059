using System.Globalization;
using Companion.Gateway;
using Companion.Gateway.Network;
using Companion.Protocol;
using Companion.Server.Language;

namespace Companion.Server.Diagnosing;

/// <summary>Checks whether the certificate is trusted. If it isn't, explains why and where to fix it.</summary>
internal sealed class TlsStep(StepList steps, GatewayUrl url, GatewayHttpOptions options)
{
    private const string Id = DiagnosisSteps.Tls;

    private Phrases Phrases => steps.Phrases;

    public void Add(NetworkFindings found)
    {
        if (url.BaseUri.Scheme != Uri.UriSchemeHttps)
            steps.Skip(Id, Phrases.PlainHttp);
        else if (found.Certificate is not { } certificate)
            steps.Fail(
                Id,
                found.TimedOut
                    ? Phrases.HandshakeHangs(url.BaseUri.IdnHost)
                    : Phrases.HandshakeFailed(url.BaseUri.IdnHost),
                StepFixes.OpenSettings, found.Detail, found.TlsTime);
        else if (!options.StrictSsl)
            steps.Warn(
                Id,
                certificate.Problems == CertificateProblems.None
                    ? Phrases.UnverifiedButValid
                    : Phrases.UnverifiedAndInvalid(Problem(certificate, found)),
                StepFixes.OpenProxySettings, took: found.TlsTime);
        else if (certificate.Problems != CertificateProblems.None)
            steps.Fail(Id, Problem(certificate, found), StepFixes.OpenSettings, found.Detail, found.TlsTime);
        else
            steps.Ok(Id, Phrases.Trusted(Short(certificate.Subject), Short(certificate.Issuer), Day(certificate.NotAfter)), found.TlsTime);
    }

    private string Problem(CertificateFindings certificate, NetworkFindings found)
    {
        var sentences = new List<string>();
        if (certificate.Problems.HasFlag(CertificateProblems.Missing))
            sentences.Add(Phrases.NoCertificate);
        if (certificate.Problems.HasFlag(CertificateProblems.Expired))
            sentences.Add(Phrases.Expired(Day(certificate.NotAfter)));
        if (certificate.Problems.HasFlag(CertificateProblems.NotYetValid))
            sentences.Add(Phrases.NotYetValid(Day(certificate.NotBefore)));
        if (certificate.Problems.HasFlag(CertificateProblems.WrongName))
            sentences.Add(Phrases.WrongName(Names(certificate), url.BaseUri.IdnHost));
        if (certificate.Problems.HasFlag(CertificateProblems.SelfSigned))
            sentences.Add(Phrases.SelfSigned(certificate.Issuer, Expected(found)));
        if (certificate.Problems.HasFlag(CertificateProblems.UntrustedIssuer))
            sentences.Add(Phrases.UntrustedIssuer(certificate.Issuer, Expected(found)));
        if (certificate.Problems.HasFlag(CertificateProblems.Revoked))
            sentences.Add(Phrases.Revoked);
        if (sentences.Count == 0)
            sentences.Add(Phrases.CertificateNotAccepted);
        return string.Join(' ', sentences);
    }

    private string Expected(NetworkFindings found) => Phrases.WhereTrusted(string.Join("; ", found.TrustSources.Select(Place)));

    private string Place(TrustSource place) => place switch
    {
        TrustSource.File { Certificates: { } count } file => Phrases.TrustFile(file.Name, file.Path, count),
        TrustSource.File file => Phrases.TrustFileUnusable(file.Name, file.Path),
        TrustSource.SystemStore { Paths: { Count: > 0 } paths } => Phrases.TrustStoreAt(string.Join(", ", paths)),
        _ => Phrases.TrustStore,
    };

    private static string Names(CertificateFindings certificate) =>
        certificate.Names.Count > 0 ? string.Join(", ", certificate.Names) : Short(certificate.Subject);

    private static string Short(string distinguishedName)
    {
        var common = distinguishedName.Split(", ").FirstOrDefault(static part => part.StartsWith("CN=", StringComparison.Ordinal));
        return common?[3..] ?? distinguishedName;
    }

    private static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
