using Companion.Gateway.Credentials;

namespace Companion.Gateway.Network;

/// <summary>What environment variables say about the network, by the rules of curl and of Node.js.</summary>
public static class EnvironmentNetwork
{
    // Lower case first, and HTTP_PROXY not at all: the gateway is reached by HTTPS, and plain HTTP goes to this machine alone.
    private static readonly string[] ProxyVariables = ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];

    private static readonly string[] NoProxyVariables = ["no_proxy", "NO_PROXY"];

    // On Linux, SSL_CERT_FILE names the system's trust store itself: .NET reads it as OpenSSL does.
    private static readonly string[] CertificateVariables = OperatingSystem.IsLinux() ? ["NODE_EXTRA_CA_CERTS"] : ["SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS"];

    /// <summary>Adds it to what the settings say.</summary>
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
