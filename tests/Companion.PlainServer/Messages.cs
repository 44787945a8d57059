using System.Text.Json.Serialization;
using StreamJsonRpc;
using StreamJsonRpc.Protocol;

namespace Companion.PlainServer;

/// <summary>The params of <c>initialize</c> that are used.</summary>
internal sealed record InitializeParams(InitializationOptions? InitializationOptions);

/// <summary>The options.</summary>
internal sealed record InitializationOptions(string? GatewayUrl);

/// <summary>The result of <c>initialize</c>.</summary>
internal sealed record InitializeResult(Empty Capabilities, ServerInfo ServerInfo, int ProtocolVersion, Gateway Gateway, string[] Unsettled);

/// <summary>An object without members.</summary>
internal sealed record Empty;

/// <summary>The server's name and version.</summary>
internal sealed record ServerInfo(string Name, string Version);

/// <summary>The gateway in use.</summary>
internal sealed record Gateway(string Url, bool Sandbox);

/// <summary>The result of <c>getAccount</c>.</summary>
internal sealed record Account(string AccountId, string DisplayName, string Email, string KeySource);

/// <summary>The JSON metadata.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CommonErrorData))]
[JsonSerializable(typeof(RequestId))]
[JsonSerializable(typeof(InitializeParams))]
[JsonSerializable(typeof(InitializeResult))]
[JsonSerializable(typeof(Account))]
internal sealed partial class PlainJson : JsonSerializerContext;
