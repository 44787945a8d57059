using System.Text.Json.Serialization;
using Companion.Protocol.Constraints;

namespace Companion.Protocol;

/// <summary>What the server uses of LSP's InitializeParams; every other member is ignored.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record InitializeParams
{
    /// <summary>Process id of the client. When that process dies, the server ends within 2 s.</summary>
    public int? ProcessId { get; init; }

    /// <summary>Name and version of the client.</summary>
    public ClientInfo? ClientInfo { get; init; }

    /// <summary>The client's language, such as en or pt-br: what the server says to people is in it where that is German, else English.</summary>
    public string? Locale { get; init; }

    /// <summary>How much to trace. Default: off.</summary>
    [KnownValues("off", "messages", "verbose", Open = true)]
    public string? Trace { get; init; }

    /// <summary>The server's own options.</summary>
    public InitializationOptions? InitializationOptions { get; init; }
}

/// <summary>LSP's clientInfo.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record ClientInfo
{
    /// <summary>The client's name. Where it starts with "Visual Studio Code", its version is taken for VS Code's.</summary>
    public required string Name { get; init; }

    /// <summary>The client's version.</summary>
    public string? Version { get; init; }
}

/// <summary>The server's own options at <c>initialize</c>.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record InitializationOptions
{
    /// <summary>Version of VS Code at the client side. Default: taken from <c>clientInfo</c>, else none.</summary>
    [JsonConverter(typeof(VersionConverter))]
    public string? VscodeVersion { get; init; }

    /// <summary>
    /// Base URL of the gateway, or <c>sandbox</c> for the embedded one. HTTPS, or HTTP to a loopback address; no credentials,
    /// query or fragment in it. Default: FIREWORKS_BASE_URL, else https://api.fireworks.ai.
    /// </summary>
    public string? GatewayUrl { get; init; }

    /// <summary>Account to use. Default: FIREWORKS_ACCOUNT_ID, auth.ini, then what the key belongs to.</summary>
    [JsonConverter(typeof(ResourceIdConverter))]
    public string? AccountId { get; init; }

    /// <summary>URL of an HTTP proxy. Default: the environment's.</summary>
    public string? Proxy { get; init; }

    /// <summary>VS Code's http.proxySupport. <c>off</c>: no proxy at all, not even the environment's. Default: any other value.</summary>
    [KnownValues("off", "on", "fallback", "override", Open = true)]
    public string? ProxySupport { get; init; }

    /// <summary>VS Code's http.proxyAuthorization: a Proxy-Authorization header of the scheme Basic. Default: none.</summary>
    public string? ProxyAuthorization { get; init; }

    /// <summary>Hosts that are reached without the proxy.</summary>
    public IReadOnlyList<string>? NoProxy { get; init; }

    /// <summary>False accepts any certificate. Default: true.</summary>
    [JsonPropertyName("strictSSL")]
    public bool? StrictSsl { get; init; }

    /// <summary>Path of a PEM file with further certificate authorities.</summary>
    public string? CaFile { get; init; }

    /// <summary>Folder for what must outlive the process. Default: none, and nothing is kept.</summary>
    public string? StoragePath { get; init; }

    /// <summary>The options without their secrets, for logs and debuggers.</summary>
    public override string ToString() => $"{nameof(InitializationOptions)} {{ GatewayUrl = {GatewayUrl}, AccountId = {AccountId} }}";
}

/// <summary>What <c>initialize</c> answers.</summary>
public sealed record InitializeResult
{
    /// <summary>LSP's capabilities. Empty: the server offers no language feature.</summary>
    public required Empty Capabilities { get; init; }

    /// <summary>Name and version of the server.</summary>
    public required ServerInfo ServerInfo { get; init; }

    /// <summary>Version of this protocol; the major part grows when an older client could misunderstand.</summary>
    public required string ProtocolVersion { get; init; }

    /// <summary>The gateway that the server talks to.</summary>
    public required GatewayInfo Gateway { get; init; }

    /// <summary>
    /// Changes that an earlier process with the same <c>storagePath</c> had begun when it died. Ask for those environments: what became
    /// of them is what the gateway says. Nothing is sent again.
    /// </summary>
    public required IReadOnlyList<UnsettledChange> Unsettled { get; init; }
}

/// <summary>A change of which nobody knows what became.</summary>
public sealed record UnsettledChange
{
    /// <summary>Account of the environment.</summary>
    public required string AccountId { get; init; }

    /// <summary>Id of the environment.</summary>
    public required string EnvironmentId { get; init; }

    /// <summary>What was asked for.</summary>
    [KnownValues("connect", "disconnect")]
    public required string Change { get; init; }

    /// <summary>When it was begun, by this machine's clock.</summary>
    public required DateTimeOffset Since { get; init; }
}

/// <summary>LSP's serverInfo.</summary>
public sealed record ServerInfo
{
    /// <summary>Always companion-server.</summary>
    public required string Name { get; init; }

    /// <summary>The server's version.</summary>
    public required string Version { get; init; }
}

/// <summary>The gateway in use.</summary>
public sealed record GatewayInfo
{
    /// <summary>Its base URL, or <c>sandbox</c>.</summary>
    public required string Url { get; init; }

    /// <summary>True for the embedded sandbox: nothing in it is real, and nothing costs money.</summary>
    public required bool Sandbox { get; init; }
}

/// <summary>LSP's SetTraceParams.</summary>
public sealed record SetTraceParams
{
    /// <summary>How much to trace.</summary>
    [KnownValues("off", "messages", "verbose", Open = true)]
    public required string Value { get; init; }
}

/// <summary>LSP's LogMessageParams.</summary>
public sealed record LogMessageParams
{
    /// <summary>1 error, 2 warning, 3 info, 4 log, 5 debug.</summary>
    public required int Type { get; init; }

    /// <summary>The message, with secrets masked.</summary>
    public required string Message { get; init; }
}
