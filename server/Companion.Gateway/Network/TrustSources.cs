namespace Companion.Gateway.Network;

/// <summary>A source of trusted issuers.</summary>
public abstract record TrustSource
{
    private TrustSource()
    {
    }

    /// <summary>A file that the user specified.</summary>
    /// <param name="Name">Where it's configured: companion.caFile or an environment variable.</param>
    /// <param name="Certificates">The number of certificates in it, or null if it can't be used.</param>
    public sealed record File(string Name, string Path, int? Certificates) : TrustSource;

    /// <summary>The operating system's trust store.</summary>
    /// <param name="Paths">The files and folders of the system's trust store. Empty if it isn't file-based.</param>
    public sealed record SystemStore(IReadOnlyList<string> Paths) : TrustSource;
}

/// <summary>Lists the sources of trusted issuers, so that the user knows where one is missing.</summary>
public static class TrustSources
{
    /// <summary>Returns the sources, beginning with the user's own.</summary>
    public static IReadOnlyList<TrustSource> Of(GatewayHttpOptions options)
    {
        var files = options.CertificateFiles.AsEnumerable();
        if (!string.IsNullOrWhiteSpace(options.CaFile))
            files = files.Prepend(new CertificateFile("companion.caFile", options.CaFile.Trim()));
        return [.. files.Select(static file => new TrustSource.File(file.Name, file.Path, file.Read(out _)?.Count)), System()];
    }

    private static TrustSource.SystemStore System() => new(
        OperatingSystem.IsWindows() || OperatingSystem.IsMacOS()
            ? []
            : [Variable("SSL_CERT_FILE", "/etc/ssl/certs/ca-certificates.crt"), Variable("SSL_CERT_DIR", "/etc/ssl/certs")]);

    private static string Variable(string name, string otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? $"{name}: {value}" : otherwise;
}
