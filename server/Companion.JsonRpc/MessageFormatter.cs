using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using StreamJsonRpc;
using StreamJsonRpc.Protocol;

namespace Companion.JsonRpc;

/// <summary>
/// Writes messages with source-generated metadata. A call has a single argument, its params object, as in JSON-RPC by name and in LSP's
/// <c>$/progress</c>.
/// </summary>
internal sealed class MessageFormatter(JsonSerializerOptions options) : IJsonRpcMessageFormatter
{
    // The default encoder escapes more characters for HTML, which isn't needed here.
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private Utf8JsonWriter? _json;

    /// <inheritdoc/>
    public JsonRpcMessage Deserialize(ReadOnlySequence<byte> contentBuffer) =>
        throw new NotSupportedException($"{nameof(MessageHandler)} reads messages itself, as a refusal is no message.");

    /// <inheritdoc/>
    public object GetJsonText(JsonRpcMessage message) => throw new NotSupportedException("The interface allows this.");

    /// <summary>Writes a message. Not safe for concurrent use.</summary>
    public void Serialize(IBufferWriter<byte> bufferWriter, JsonRpcMessage message)
    {
        var json = _json ??= new Utf8JsonWriter(bufferWriter, Options);
        json.Reset(bufferWriter);
        json.WriteStartObject();
        json.WriteString("jsonrpc"u8, "2.0"u8);
        switch (message)
        {
            case JsonRpcResult result:
                json.WritePropertyName("id"u8);
                WriteId(json, result.RequestId);
                json.WritePropertyName("result"u8);
                Write(json, result.Result, result.ResultDeclaredType);
                break;
            case JsonRpcError { Error: { } error } reply:
                json.WritePropertyName("id"u8);
                WriteId(json, reply.RequestId);
                json.WriteStartObject("error"u8);
                json.WriteNumber("code"u8, (int)error.Code);
                json.WriteString("message"u8, error.Message);
                if (error.Data is not null)
                {
                    json.WritePropertyName("data"u8);
                    Write(json, error.Data);
                }

                json.WriteEndObject();
                break;
            case JsonRpcRequest request:
                if (request.IsResponseExpected)
                {
                    json.WritePropertyName("id"u8);
                    WriteId(json, request.RequestId);
                }

                json.WriteString("method"u8, request.Method);
                WriteParams(json, request);
                break;
            default:
                throw new NotSupportedException($"There is no JSON for {message.GetType().Name}.");
        }

        json.WriteEndObject();
        json.Flush();
    }

    private void WriteParams(Utf8JsonWriter json, JsonRpcRequest request)
    {
        if (request.NamedArguments is { } named) // the library's own $/cancelRequest
        {
            json.WriteStartObject("params"u8);
            foreach (var (name, value) in named)
            {
                if (value is not RequestId id)
                    continue;
                json.WritePropertyName(name);
                WriteId(json, id);
            }

            json.WriteEndObject();
        }
        else if (request.ArgumentsList is [var argument])
        {
            json.WritePropertyName("params"u8);
            Write(json, argument);
        }
    }

    private void Write(Utf8JsonWriter json, object? value, Type? type = null)
    {
        if (value is null)
            json.WriteNullValue();
        else
            JsonSerializer.Serialize(json, value, options.GetTypeInfo(type ?? value.GetType()));
    }

    private static void WriteId(Utf8JsonWriter json, RequestId id)
    {
        if (id.Number is { } number)
            json.WriteNumberValue(number);
        else
            json.WriteStringValue(id.String);
    }
}
