using System.Text.Json;
using Companion.Protocol;
using StreamJsonRpc;

namespace Companion.Server.InProcess;

/// <summary>An error that the server has responded with.</summary>
/// <param name="code">The code of JSON-RPC, or a google.rpc.Code.</param>
/// <param name="details">The data of the error. Null if it has none, because the request was wrong.</param>
internal sealed class ServerException(int code, string message, ErrorData? details) : Exception(message)
{
    public int Code { get; } = code;

    public ErrorData? Details { get; } = details;

    public static ServerException From(RemoteInvocationException error) => new(
        error.ErrorCode,
        error.Message,
        error.ErrorData is JsonElement { ValueKind: JsonValueKind.Object } data ? data.Deserialize(ClientJson.Default.ErrorData) : null);
}
