using System.Text.Json;

namespace Companion.JsonRpc;

/// <summary>The envelope of one message. Params, result and error stay bytes, and are empty when absent.</summary>
internal ref struct Message
{
    /// <summary>How deep a body may nest.</summary>
    public const int MaxDepth = 64;

    /// <summary>Bytes that a method's name may have.</summary>
    public const int MaxMethodBytes = 256;

    public static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = MaxDepth };

    public ReadOnlySpan<byte> Params;
    public ReadOnlySpan<byte> Result;
    public ReadOnlySpan<byte> Error;

    /// <summary>The id; null when it is absent or cannot be read.</summary>
    public RequestId Id;
    public bool HasId;

    /// <summary>The method's name, where it is a string.</summary>
    public string? MethodName;

    /// <summary>The method, where there is one of that name.</summary>
    public RpcMethod? Method;

    /// <summary>Why this is no request or notification, in words for the peer.</summary>
    public string? Fault;

    /// <summary>True for a reply, good or bad.</summary>
    public readonly bool IsReply => MethodName is null && (!Result.IsEmpty || !Error.IsEmpty);

    /// <summary>Parses one body, or one entry of a batch. Of a member that is given twice the last one counts.</summary>
    /// <exception cref="JsonException">It is not JSON, or nests too deep.</exception>
    public static Message Parse(ReadOnlySpan<byte> json, List<RpcMethod> methods)
    {
        var message = new Message { Id = RequestId.Null };
        var reader = new Utf8JsonReader(json, ReaderOptions);
        var (isVersion2, isId) = (false, true);
        reader.Read();
        var isObject = reader.TokenType == JsonTokenType.StartObject;
        if (!isObject)
            reader.Skip();
        while (isObject && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (JsonText.Is(ref reader, "jsonrpc"u8))
                isVersion2 = reader.Read() && reader.TokenType == JsonTokenType.String && JsonText.Is(ref reader, "2.0"u8);
            else if (JsonText.Is(ref reader, "id"u8))
                message.HasId = isId = reader.Read() && RequestId.TryRead(ref reader, out message.Id);
            else if (JsonText.Is(ref reader, "method"u8))
                message.ReadMethod(ref reader, methods);
            else if (JsonText.Is(ref reader, "params"u8))
                message.Params = ReadValue(ref reader, json);
            else if (JsonText.Is(ref reader, "result"u8))
                message.Result = ReadValue(ref reader, json);
            else if (JsonText.Is(ref reader, "error"u8))
                message.Error = ReadValue(ref reader, json);
            reader.Skip();
        }

        reader.Read(); // throws when anything follows
        message.Fault = !isObject ? "a message is an object"
            : !isId ? $"id takes a string, an integer or null, of at most {RequestId.MaxBytes} bytes"
            : !isVersion2 ? "jsonrpc takes \"2.0\""
            : message.MethodName is null ? $"method takes a string of at most {MaxMethodBytes} bytes"
            : null;
        return message;
    }

    /// <summary>A name that is known is compared where it stands: no text is made of it.</summary>
    private void ReadMethod(ref Utf8JsonReader reader, List<RpcMethod> methods)
    {
        reader.Read();
        (Method, MethodName) = (null, null);
        if (reader.TokenType != JsonTokenType.String || reader.ValueSpan.Length > MaxMethodBytes || (reader.ValueIsEscaped && !JsonText.TryRead(ref reader, out _)))
            return;
        foreach (var method in methods)
        {
            if (!JsonText.Is(ref reader, method.Utf8Name))
                continue;
            (Method, MethodName) = (method, method.Name);
            return;
        }

        MethodName = reader.GetString();
    }

    private static ReadOnlySpan<byte> ReadValue(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return json[start..(int)reader.BytesConsumed];
    }
}
