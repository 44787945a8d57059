using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Companion.Gateway.Network;

/// <summary>What's wrong with a server's certificate.</summary>
[Flags]
public enum CertificateProblems
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>There's no certificate.</summary>
    Missing = 1,

    /// <summary>It has expired.</summary>
    Expired = 2,

    /// <summary>It isn't valid yet. Often, this machine's clock is wrong.</summary>
    NotYetValid = 4,

    /// <summary>It's for another name.</summary>
    WrongName = 8,

    /// <summary>It's self-signed.</summary>
    SelfSigned = 16,

    /// <summary>Its issuer isn't trusted.</summary>
    UntrustedIssuer = 32,

    /// <summary>It was revoked.</summary>
    Revoked = 64,

    /// <summary>Another problem, described by .NET's message.</summary>
    Other = 128,
}

/// <summary>What was found out about a server's certificate.</summary>
/// <param name="Subject">A distinguished name.</param>
/// <param name="Issuer">The last known issuer in the chain, which would have to be trusted.</param>
/// <param name="Names">The host names and addresses it's issued for, at most 20.</param>
public sealed record CertificateFindings(
    CertificateProblems Problems, string Subject, string Issuer, IReadOnlyList<string> Names, DateTimeOffset NotBefore, DateTimeOffset NotAfter)
{
    private const int MaxNames = 20;
    private const string SubjectAlternativeName = "2.5.29.17";

    /// <summary>Examines a certificate.</summary>
    internal static CertificateFindings Of(X509Certificate2 leaf, X509Chain? chain, SslPolicyErrors errors, DateTimeOffset now)
    {
        var last = chain?.ChainElements is { Count: > 0 } elements ? elements[^1].Certificate : leaf;
        return new CertificateFindings(
            ProblemsOf(leaf, chain, errors, now), leaf.Subject, last.Issuer, NamesOf(leaf),
            new DateTimeOffset(leaf.NotBefore), new DateTimeOffset(leaf.NotAfter));
    }

    private static CertificateProblems ProblemsOf(X509Certificate2 leaf, X509Chain? chain, SslPolicyErrors errors, DateTimeOffset now)
    {
        var problems = CertificateProblems.None;
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            problems |= CertificateProblems.WrongName;
        if (!errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors))
            return problems;
        foreach (var status in chain?.ChainStatus ?? [])
            problems |= ProblemOf(status.Status, leaf, now);
        return problems is CertificateProblems.None or CertificateProblems.WrongName ? problems | CertificateProblems.Other : problems;
    }

    private static CertificateProblems ProblemOf(X509ChainStatusFlags status, X509Certificate2 leaf, DateTimeOffset now) => status switch
    {
        X509ChainStatusFlags.NoError => CertificateProblems.None,
        X509ChainStatusFlags.UntrustedRoot or X509ChainStatusFlags.PartialChain =>
            leaf.Subject == leaf.Issuer ? CertificateProblems.SelfSigned : CertificateProblems.UntrustedIssuer,
        X509ChainStatusFlags.NotTimeValid => now < new DateTimeOffset(leaf.NotBefore) ? CertificateProblems.NotYetValid : CertificateProblems.Expired,
        X509ChainStatusFlags.Revoked => CertificateProblems.Revoked,

        // An unavailable revocation list says nothing about the certificate.
        X509ChainStatusFlags.RevocationStatusUnknown or X509ChainStatusFlags.OfflineRevocation => CertificateProblems.None,
        _ => CertificateProblems.Other,
    };

    private static List<string> NamesOf(X509Certificate2 leaf)
    {
        foreach (var extension in leaf.Extensions)
        {
            if (extension.Oid?.Value != SubjectAlternativeName)
                continue;
            var names = new X509SubjectAlternativeNameExtension(extension.RawData);
            return [.. names.EnumerateDnsNames().Concat(names.EnumerateIPAddresses().Select(static a => a.ToString())).Take(MaxNames)];
        }

        return [];
    }
}
