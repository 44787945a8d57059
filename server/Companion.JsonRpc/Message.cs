using System.Text.Json;

namespace Companion.JsonRpc;

/// <summary>The envelope of one message. Params, result and error stay the bytes that they are, and are empty when absent.</summary>
internal ref struct Message
{
    /// <summary>How deep a body may nest.</summary>
    public const int MaxDepth = 64;

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
    public static Message Parse(ReadOnlySpan<byte> json, MethodTable methods)
    {
        var message = new Message { Id = RequestId.Null };
        var reader = new Utf8JsonReader(json, ReaderOptions);
        var isVersion2 = false;
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            message.Fault = "a message is an object";
            reader.Skip();
            reader.Read();
            return message;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (JsonText.Is(ref reader, "jsonrpc"u8))
            {
                reader.Read();
                isVersion2 = reader.TokenType == JsonTokenType.String && JsonText.Is(ref reader, "2.0"u8);
            }
            else if (JsonText.Is(ref reader, "id"u8))
            {
                reader.Read();
                message.HasId = RequestId.TryRead(ref reader, out message.Id);
                message.Fault = message.HasId ? message.Fault : "id takes a string, an integer or null";
            }
            else if (JsonText.Is(ref reader, "method"u8))
            {
                reader.Read();
                message.Method = methods.Find(ref reader, out message.MethodName);
            }
            else if (JsonText.Is(ref reader, "params"u8))
            {
                message.Params = ReadValue(ref reader, json);
            }
            else if (JsonText.Is(ref reader, "result"u8))
            {
                message.Result = ReadValue(ref reader, json);
            }
            else if (JsonText.Is(ref reader, "error"u8))
            {
                message.Error = ReadValue(ref reader, json);
            }

            reader.Skip();
        }

        reader.Read(); // throws when anything follows
        message.Fault ??= !isVersion2 ? "jsonrpc takes \"2.0\"" : message.MethodName is null ? "method takes a string" : null;
        return message;
    }

    private static ReadOnlySpan<byte> ReadValue(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return json[start..(int)reader.BytesConsumed];
    }
}

/// <summary>The methods by name. A name that is known is found without allocating it.</summary>
internal sealed class MethodTable
{
    public const int MaxNameLength = 128;

    private readonly Dictionary<string, RpcMethod> _methods = new(StringComparer.Ordinal);

    public void Add(RpcMethod method)
    {
        if (method.Name.Length > MaxNameLength)
            throw new ArgumentException($"A method's name has at most {MaxNameLength} characters.", nameof(method));
        _methods.Add(method.Name, method);
    }

    /// <summary>Looks up the name that <paramref name="reader"/> stands on; <paramref name="name"/> is null where it is no text.</summary>
    public RpcMethod? Find(ref Utf8JsonReader reader, out string? name)
    {
        RpcMethod? method = null;
        name = null;
        if (reader.TokenType != JsonTokenType.String)
            return null;
        if (reader.ValueSpan.Length <= MaxNameLength && !reader.ValueIsEscaped)
        {
            Span<char> characters = stackalloc char[MaxNameLength];
            characters = characters[..reader.CopyString(characters)];
            _methods.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(characters, out method);
        }
        else if (JsonText.TryRead(ref reader, out name))
        {
            _methods.TryGetValue(name, out method);
        }

        name = method?.Name ?? (JsonText.TryRead(ref reader, out var other) ? other : null);
        return method;
    }
}
