using System.Globalization;
using Companion.Gateway.Credentials;
using Companion.Protocol;
using Companion.Server.Sessions;

namespace Companion.Server.Diagnosing;

/// <summary>The settings in effect and their origins. For those that may contain a secret, only whether they're set.</summary>
internal sealed class SettingsInEffect(ServerSettings settings, CredentialSources sources, IProcessEnvironment environment)
{
    private const string Initialize = "initialize";
    private const string Default = "default";

    // Their values may contain a user name and password.
    private static readonly string[] ProxyVariables = VariableNames.InBothCases("https_proxy", "http_proxy", "all_proxy");

    private static readonly string[] PlainVariables =
        [.. VariableNames.InBothCases("no_proxy"), "SSL_CERT_FILE", "SSL_CERT_DIR", "NODE_EXTRA_CA_CERTS", "FIREWORKS_PROFILE", "FIREWORKS_AUTH_FILE"];

    public IReadOnlyList<SettingInfo> Read()
    {
        var found = sources.Find();
        var options = settings.Options;
        return
        [
            Plain("gatewayUrl", settings.Gateway.ToString(), settings.GatewayOrigin),
            Plain("accountId", options.AccountId ?? found.AccountId?.Value, options.AccountId is not null ? Initialize : found.AccountId?.Origin),
            Secret("apiKey before signing in", found.Credential is not null, found.Credential?.Origin),
            Plain("vscodeVersion", settings.VscodeVersion, Initialize),
            Secret("proxy", options.Proxy is not null, Initialize),
            Plain("proxySupport", options.ProxySupport, Initialize),
            Secret("proxyAuthorization", options.ProxyAuthorization is not null, Initialize),
            Plain("noProxy", options.NoProxy is { Count: > 0 } list ? string.Join(", ", list) : null, Initialize),
            Plain("strictSSL", settings.Http.StrictSsl ? "true" : "false", options.StrictSsl is null ? Default : Initialize),
            Plain("caFile", options.CaFile, Initialize),
            Plain("storagePath", options.StoragePath, Initialize),
            Plain("actor", options.Actor, Initialize),
            Plain("keepEnds", options.KeepEnds is { } keep ? keep ? "true" : "false" : null, Initialize),
            .. ProxyVariables.Select(name => Secret(name, IsSet(name), name)),
            .. PlainVariables.Select(name => Plain(name, IsSet(name) ? environment.GetVariable(name) : null, name)),
        ];
    }

    private bool IsSet(string name) => !string.IsNullOrEmpty(environment.GetVariable(name));

    private static SettingInfo Plain(string name, string? value, string? origin) => new()
    {
        Name = name,
        IsSet = value is not null,
        Value = value is { Length: > 500 } ? string.Create(CultureInfo.InvariantCulture, $"({value.Length} characters)") : value,
        Origin = value is null ? Default : origin ?? Default,
    };

    private static SettingInfo Secret(string name, bool isSet, string? origin) =>
        new() { Name = name, IsSet = isSet, Origin = isSet ? origin ?? Default : Default };
}
