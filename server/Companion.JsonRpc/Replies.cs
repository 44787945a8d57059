using System.Text.Json;
using StreamJsonRpc.Protocol;

namespace Companion.JsonRpc;

/// <summary>The result of an outgoing call, which is bound when its type is known.</summary>
internal sealed class IncomingResult(byte[] json, JsonSerializerOptions options) : JsonRpcResult
{
    /// <inheritdoc/>
    public override T GetResult<T>() =>
        typeof(T) == typeof(object) ? default! : (T)JsonSerializer.Deserialize(json, options.GetTypeInfo(typeof(T)))!; // object means that there's no result
}

/// <summary>Reads the error of an outgoing call.</summary>
internal static class IncomingError
{
    /// <summary>
    /// google.rpc's CANCELLED. For RequestCancelled, StreamJsonRpc throws an <see cref="OperationCanceledException"/> without the data, which says
    /// whether a canceled change is in effect.
    /// </summary>
    private const JsonRpcErrorCode Canceled = (JsonRpcErrorCode)1;

    public static JsonRpcError Parse(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, Envelope.ReaderOptions);
        var error = JsonElement.ParseValue(ref reader);
        var detail = new JsonRpcError.ErrorDetail { Code = JsonRpcErrorCode.InternalError, Message = "The error response can't be read." };
        if (error.ValueKind == JsonValueKind.Object
            && error.TryGetProperty("code"u8, out var code) && code.ValueKind == JsonValueKind.Number && code.TryGetInt32(out var number)
            && error.TryGetProperty("message"u8, out var message) && message.ValueKind == JsonValueKind.String)
        {
            (detail.Code, detail.Message) = ((JsonRpcErrorCode)number, message.GetString());
            detail.Data = error.TryGetProperty("data"u8, out var data) ? data : null;
            if (detail is { Code: JsonRpcErrorCode.RequestCanceled, Data: not null })
                detail.Code = Canceled;
        }

        return new JsonRpcError { Error = detail };
    }
}
