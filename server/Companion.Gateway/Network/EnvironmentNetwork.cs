using Companion.Gateway.Credentials;

namespace Companion.Gateway.Network;

/// <summary>Reads network options from environment variables, by the rules of curl and Node.js.</summary>
public static class EnvironmentNetwork
{
    // Lowercase first. HTTP_PROXY isn't used, because the gateway requires HTTPS, and HTTP is only for this machine.
    private static readonly string[] ProxyVariables = VariableNames.InBothCases("https_proxy", "all_proxy");

    private static readonly string[] NoProxyVariables = VariableNames.InBothCases("no_proxy");

    // On Linux, SSL_CERT_FILE specifies the system's trust store, which .NET reads as OpenSSL does.
    private static readonly string[] CertificateVariables = OperatingSystem.IsLinux() ? ["NODE_EXTRA_CA_CERTS"] : ["SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS"];

    /// <summary>Adds the environment's options to those from settings.</summary>
    public static GatewayHttpOptions Complete(GatewayHttpOptions options, IProcessEnvironment environment) => options with
    {
        EnvironmentProxy = First(ProxyVariables, environment),
        EnvironmentNoProxy = First(NoProxyVariables, environment),
        CertificateFiles =
        [
            .. CertificateVariables
                .Select(name => new CertificateFile(name, environment.GetVariable(name)?.Trim() ?? ""))
                .Where(static file => Path.IsPathFullyQualified(file.Path)), // not relative to whatever folder is open
        ],
    };

    private static FoundValue? First(string[] names, IProcessEnvironment environment) => names
        .Select(name => new FoundValue(environment.GetVariable(name)?.Trim() ?? "", CredentialSource.Environment, name))
        .FirstOrDefault(static found => found.Value.Length > 0);
}
