using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Companion.JsonRpc;

/// <summary>Writes one message after the other. The envelope is copied; only values pass through the serialiser.</summary>
internal sealed class MessageWriter(LentBuffer buffer, Utf8JsonWriter json)
{
    // The default encoder's further escapes protect HTML, which this is not.
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    public ReadOnlySequence<byte> Message => buffer.Written;

    public int MessageBytes => buffer.WrittenCount;

    public static MessageWriter Create()
    {
        var buffer = new LentBuffer();
        return new MessageWriter(buffer, new Utf8JsonWriter(buffer, Options));
    }

    public void Clear() => buffer.Clear();

    /// <summary>Starts a reply; a value and <see cref="End"/> are to follow.</summary>
    public void BeginResult(RequestId id)
    {
        BeginReply(id);
        buffer.Write(",\"result\":"u8);
    }

    public void WriteValue<T>(T value, JsonTypeInfo<T> type)
    {
        json.Reset();
        JsonSerializer.Serialize(json, value, type);
        json.Flush();
    }

    public void WriteNull() => buffer.Write("null"u8);

    public void End() => buffer.Write("}"u8);

    public void WriteError(RequestId id, int code, string message, JsonElement? data = null)
    {
        BeginReply(id);
        buffer.Write(",\"error\":"u8);
        json.Reset();
        json.WriteStartObject();
        json.WriteNumber("code"u8, code);
        json.WriteString("message"u8, message);
        if (data is { } element)
        {
            json.WritePropertyName("data"u8);
            element.WriteTo(json);
        }

        json.WriteEndObject();
        json.Flush();
        End();
    }

    /// <summary>Writes a request, or a notification where <paramref name="id"/> is null.</summary>
    public void WriteCall<T>(RequestId? id, string method, T argument, JsonTypeInfo<T> type)
    {
        buffer.Write("{\"jsonrpc\":\"2.0\",\"method\":"u8);
        json.Reset();
        json.WriteStringValue(method);
        json.Flush();
        buffer.Write(",\"params\":"u8);
        WriteValue(argument, type);
        if (id is { } known)
        {
            buffer.Write(",\"id\":"u8);
            known.WriteTo(buffer);
        }

        End();
    }

    public void WriteCancel(RequestId id)
    {
        buffer.Write("""{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":"""u8);
        id.WriteTo(buffer);
        buffer.Write("}}"u8);
    }

    private void BeginReply(RequestId id)
    {
        buffer.Write("{\"jsonrpc\":\"2.0\",\"id\":"u8);
        id.WriteTo(buffer);
    }
}
