using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Companion.Gateway.Network;

/// <summary>Validates server certificates against the system's trust store and additional files.</summary>
internal sealed class CertificateTrust
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    private readonly bool _isStrict;
    private readonly Lazy<X509Certificate2Collection> _authorities;
    private readonly ConnectionTrace? _trace;

    private CertificateTrust(bool isStrict, Lazy<X509Certificate2Collection> authorities, ConnectionTrace? trace) =>
        (_isStrict, _authorities, _trace) = (isStrict, authorities, trace);

    /// <summary>Returns the validation that the options require, or null for .NET's fromSetting.</summary>
    /// <param name="trace">Records what's found, or null.</param>
    /// <exception cref="GatewayHttpOptionException">The file of certificate authorities can't be used.</exception>
    public static RemoteCertificateValidationCallback? Create(GatewayHttpOptions options, ConnectionTrace? trace)
    {
        var fromSetting = string.IsNullOrWhiteSpace(options.CaFile)
            ? []
            : new CertificateFile("companion.caFile", options.CaFile.Trim()).Read(out var problem)
                ?? throw new GatewayHttpOptionException("companion.caFile", problem!);
        if (options.StrictSsl && fromSetting.Count == 0 && options.CertificateFiles.Count == 0 && trace is null)
            return null;

        // Other programs use these variables too, so an unusable file isn't an error. The file often contains all authorities of the system, so it's
        // read only when a certificate requires it.
        var authorities = new Lazy<X509Certificate2Collection>(() =>
        {
            foreach (var file in options.CertificateFiles)
                fromSetting.AddRange(file.Read(out _) ?? []);
            return fromSetting;
        });
        return new CertificateTrust(options.StrictSsl, authorities, trace).Validate;
    }

    private bool Validate(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is not X509Certificate2 leaf)
        {
            _trace?.RecordMissingCertificate();
            return false;
        }

        // A file can only make an untrusted chain valid, not a wrong name.
        using var customChain = errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors) && _authorities.Value.Count > 0 ? Build(leaf, chain) : null;
        if (customChain is { ChainStatus.Length: 0 } && EndsInAuthority(customChain))
            errors &= ~SslPolicyErrors.RemoteCertificateChainErrors;
        _trace?.RecordCertificate(leaf, customChain ?? chain, errors);
        return errors == SslPolicyErrors.None || !_isStrict;
    }

    // The operating system builds the chain. That it reports no error isn't enough if it couldn't build one.
    private bool EndsInAuthority(X509Chain chain) =>
        chain.ChainElements is { Count: > 0 } elements
        && _authorities.Value.Any(authority => authority.RawDataMemory.Span.SequenceEqual(elements[^1].Certificate.RawDataMemory.Span));

    private X509Chain Build(X509Certificate2 leaf, X509Chain? chain)
    {
        var customChain = new X509Chain();
        customChain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        customChain.ChainPolicy.CustomTrustStore.AddRange(_authorities.Value);
        customChain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck; // a private authority rarely has a reachable revocation list
        customChain.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        if (chain is not null)
            customChain.ChainPolicy.ExtraStore.AddRange(chain.ChainPolicy.ExtraStore);
        customChain.Build(leaf);
        return customChain;
    }
}
