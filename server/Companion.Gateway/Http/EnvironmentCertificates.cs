using Companion.Gateway.Credentials;

namespace Companion.Gateway;

/// <summary>The certificate authorities that the environment names for other programs too.</summary>
public static class EnvironmentCertificates
{
    // On Linux, SSL_CERT_FILE names the system's trust store itself: .NET reads it as OpenSSL does.
    private static readonly string[] Variables = OperatingSystem.IsLinux() ? ["NODE_EXTRA_CA_CERTS"] : ["SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS"];

    /// <summary>Their files.</summary>
    /// <param name="environment">The surroundings of the process.</param>
    public static IReadOnlyList<CertificateFile> Find(IProcessEnvironment environment) =>
    [
        .. Variables
            .Select(name => new CertificateFile(name, environment.GetVariable(name)?.Trim() ?? ""))
            .Where(static file => Path.IsPathFullyQualified(file.Path)), // not relative to whatever folder is open
    ];
}
