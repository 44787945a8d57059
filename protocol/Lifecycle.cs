using System.Text.Json.Serialization;
using Companion.Protocol.Constraints;

namespace Companion.Protocol;

/// <summary>The members of LSP's InitializeParams that the server uses. All others are ignored.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record InitializeParams
{
    /// <summary>The client's process id. When that process ends, the server exits within 2 s.</summary>
    public int? ProcessId { get; init; }

    /// <summary>The client's name and version.</summary>
    public ClientInfo? ClientInfo { get; init; }

    /// <summary>The client's language, such as en or pt-br. Messages for people are in German for de, otherwise in English.</summary>
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
    /// <summary>
    /// The client's name. If it starts with "Visual Studio Code", the client's version is used as the version of VS Code.
    /// </summary>
    public required string Name { get; init; }

    /// <summary>The client's version.</summary>
    public string? Version { get; init; }
}

/// <summary>The server's own options in <c>initialize</c>.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record InitializationOptions
{
    /// <summary>The client's version of VS Code. Default: from <c>clientInfo</c>, otherwise none.</summary>
    [JsonConverter(typeof(VersionConverter))]
    public string? VscodeVersion { get; init; }

    /// <summary>
    /// The gateway's base URL, or <c>sandbox</c> for the embedded one. HTTPS, or HTTP to a loopback address, without credentials, query, or
    /// fragment. Default: FIREWORKS_BASE_URL, otherwise https://api.fireworks.ai.
    /// </summary>
    public string? GatewayUrl { get; init; }

    /// <summary>The account to use. Default: FIREWORKS_ACCOUNT_ID, then auth.ini, then the account that the key belongs to.</summary>
    [JsonConverter(typeof(ResourceIdConverter))]
    public string? AccountId { get; init; }

    /// <summary>The URL of an HTTP proxy. Default: the environment's.</summary>
    public string? Proxy { get; init; }

    /// <summary>
    /// VS Code's http.proxySupport. With <c>off</c>, no proxy is used, not even the environment's. Default: any other value.
    /// </summary>
    [KnownValues("off", "on", "fallback", "override", Open = true)]
    public string? ProxySupport { get; init; }

    /// <summary>VS Code's http.proxyAuthorization: a Proxy-Authorization header with the Basic scheme. Default: none.</summary>
    public string? ProxyAuthorization { get; init; }

    /// <summary>Hosts to reach without the proxy.</summary>
    public IReadOnlyList<string>? NoProxy { get; init; }

    /// <summary>False accepts any certificate. Default: true.</summary>
    [JsonPropertyName("strictSSL")]
    public bool? StrictSsl { get; init; }

    /// <summary>The path of a PEM file with additional certificate authorities.</summary>
    public string? CaFile { get; init; }

    /// <summary>The folder for data that outlives the process. Default: none, and nothing is stored.</summary>
    public string? StoragePath { get; init; }

    /// <summary>
    /// Who the client acts for. The server keeps the bounds in companion-bounds.json for the command line, and also safe defaults for an agent.
    /// Default: <c>person</c>, who has no bounds.
    /// </summary>
    [JsonConverter(typeof(ActorConverter))]
    public string? Actor { get; init; }

    /// <summary>
    /// Whether this server disconnects environments at the ends in its storage folder, and announces them. A client that runs only for a moment sets
    /// it to false, because an end would be lost if its server ended in the middle of the disconnect. Default: true.
    /// </summary>
    public bool? KeepEnds { get; init; }

    /// <summary>The options without their secrets, for logs and debuggers.</summary>
    public override string ToString() => $"{nameof(InitializationOptions)} {{ GatewayUrl = {GatewayUrl}, AccountId = {AccountId} }}";
}

/// <summary>Result of <c>initialize</c>.</summary>
public sealed record InitializeResult
{
    /// <summary>LSP's capabilities. Empty, because the server offers no language features.</summary>
    public required Empty Capabilities { get; init; }

    /// <summary>The server's name and version.</summary>
    public required ServerInfo ServerInfo { get; init; }

    /// <summary>The version of this protocol. The major version increases if an older client could misunderstand a change.</summary>
    public required string ProtocolVersion { get; init; }

    /// <summary>The gateway in use.</summary>
    public required GatewayInfo Gateway { get; init; }

    /// <summary>
    /// Changes that an earlier process with the same <c>storagePath</c> had started when it ended. Read these environments: only the
    /// gateway can tell the outcome. Nothing is sent again.
    /// </summary>
    public required IReadOnlyList<UnsettledChange> Unsettled { get; init; }
}

/// <summary>A change whose outcome is unknown.</summary>
public sealed record UnsettledChange
{
    /// <summary>The account that owns the environment.</summary>
    public required string AccountId { get; init; }

    /// <summary>The environment's id.</summary>
    public required string EnvironmentId { get; init; }

    /// <summary>The requested change.</summary>
    [KnownValues("connect", "disconnect")]
    public required string Change { get; init; }

    /// <summary>When it was started, on this machine's clock.</summary>
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
    /// <summary>The base URL, or <c>sandbox</c>.</summary>
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
