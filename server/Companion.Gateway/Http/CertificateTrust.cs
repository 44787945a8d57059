using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Companion.Gateway;

/// <summary>Which servers are believed: the system's trust store, and the certificate authorities of a file beside it.</summary>
internal static class CertificateTrust
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>The check that the options ask for; null for the platform's own.</summary>
    /// <param name="options">How the network is reached.</param>
    /// <exception cref="GatewayHttpOptionException">The file of certificate authorities cannot be used.</exception>
    public static RemoteCertificateValidationCallback? Create(GatewayHttpOptions options)
    {
        var hasFile = !string.IsNullOrWhiteSpace(options.CaFile);
        if (options.StrictSsl && !hasFile)
            return null;
        var authorities = hasFile ? Load(options.CaFile!.Trim()) : [];
        return (_, certificate, chain, errors) => !options.StrictSsl || IsTrusted(authorities, certificate, chain, errors);
    }

    private static bool IsTrusted(
        X509Certificate2Collection authorities, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None)
            return true;

        // Only an untrusted chain may be put right by the file: a wrong name or no certificate at all may not.
        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || certificate is not X509Certificate2 leaf)
            return false;
        using var own = new X509Chain();
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.CustomTrustStore.AddRange(authorities);
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck; // a private authority seldom has a reachable list
        own.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        if (chain is not null)
            own.ChainPolicy.ExtraStore.AddRange(chain.ChainPolicy.ExtraStore);
        return own.Build(leaf);
    }

    private static X509Certificate2Collection Load(string path)
    {
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPemFile(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new GatewayHttpOptionException("caFile", "the path of a readable PEM file with certificates");
        }

        return authorities.Count > 0
            ? authorities
            : throw new GatewayHttpOptionException("caFile", "the path of a PEM file that holds at least one certificate");
    }
}
