namespace Companion.Gateway.Network;

/// <summary>Where trusted issuers are looked for.</summary>
public abstract record TrustedPlace
{
    private TrustedPlace()
    {
    }

    /// <summary>A file that the person named.</summary>
    /// <param name="Name">Where it's configured: companion.caFile or an environment variable.</param>
    /// <param name="Certificates">The number of certificates in it, or null if it can't be used.</param>
    public sealed record File(string Name, string Path, int? Certificates) : TrustedPlace;

    /// <summary>The operating system's store.</summary>
    /// <param name="Paths">The files and folders of the system's trust store. Empty if it isn't file-based.</param>
    public sealed record SystemStore(IReadOnlyList<string> Paths) : TrustedPlace;
}

/// <summary>Says where trusted issuers are looked for, so that a person knows where one is missing.</summary>
public static class TrustedPlaces
{
    /// <summary>The places, the person's own first.</summary>
    public static IReadOnlyList<TrustedPlace> Of(GatewayHttpOptions options)
    {
        var files = options.CertificateFiles.AsEnumerable();
        if (!string.IsNullOrWhiteSpace(options.CaFile))
            files = files.Prepend(new CertificateFile("companion.caFile", options.CaFile.Trim()));
        return [.. files.Select(static file => new TrustedPlace.File(file.Name, file.Path, file.Read(out _)?.Count)), System()];
    }

    private static TrustedPlace.SystemStore System() => new(
        OperatingSystem.IsWindows() || OperatingSystem.IsMacOS()
            ? []
            : [Variable("SSL_CERT_FILE", "/etc/ssl/certs/ca-certificates.crt"), Variable("SSL_CERT_DIR", "/etc/ssl/certs")]);

    private static string Variable(string name, string otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? $"{name}: {value}" : otherwise;
}
