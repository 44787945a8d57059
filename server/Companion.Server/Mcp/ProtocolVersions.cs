using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Companion.Server.Mcp;

/// <summary>Negotiates the version of the Model Context Protocol.</summary>
internal static class ProtocolVersions
{
    /// <summary>The latest version that starts with <c>initialize</c>.</summary>
    public const string Latest = "2025-11-25";

    /// <summary>
    /// Answers a version that's newer than the library knows with the latest one that it does know, as the protocol requires. The library refuses
    /// it. Versions are dates.
    /// </summary>
    public static McpMessageHandler Negotiate(McpMessageHandler next) => (context, cancellationToken) =>
    {
        if (context.JsonRpcMessage is JsonRpcRequest { Method: RequestMethods.Initialize, Params: JsonObject request }
            && request["protocolVersion"] is JsonValue asked && asked.TryGetValue(out string? version)
            && string.CompareOrdinal(version, Latest) > 0)
            request["protocolVersion"] = Latest;
        return next(context, cancellationToken);
    };
}
