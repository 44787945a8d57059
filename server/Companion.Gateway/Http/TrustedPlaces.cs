using System.Globalization;

namespace Companion.Gateway;

/// <summary>Says where trusted issuers are looked for, so that a person knows where one is missing.</summary>
public static class TrustedPlaces
{
    /// <summary>The places, the person's own first.</summary>
    /// <param name="options">How the network is reached.</param>
    public static IReadOnlyList<string> Of(GatewayHttpOptions options)
    {
        var files = options.CertificateFiles.AsEnumerable();
        if (!string.IsNullOrWhiteSpace(options.CaFile))
            files = files.Prepend(new CertificateFile("companion.caFile", options.CaFile.Trim()));
        return [.. files.Select(Describe), SystemStore()];
    }

    private static string Describe(CertificateFile file)
    {
        var count = file.Read(out _)?.Count;
        var holds = count is { } n ? string.Create(CultureInfo.InvariantCulture, $"certificates: {n}") : "cannot be used";
        return $"{file.Name} ({file.Path}, {holds})";
    }

    private static string SystemStore() =>
        OperatingSystem.IsWindows() ? "the trust store of Windows"
        : OperatingSystem.IsMacOS() ? "the keychain of macOS"
        : $"the system's trust store ({Variable("SSL_CERT_FILE", "/etc/ssl/certs/ca-certificates.crt")}, {Variable("SSL_CERT_DIR", "/etc/ssl/certs")})";

    private static string Variable(string name, string otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? $"{name}: {value}" : otherwise;
}
