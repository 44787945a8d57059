using System.Text.Json;
using StreamJsonRpc;

namespace Companion.JsonRpc;

/// <summary>The envelope of a message. Params, result, and error are kept as ranges of bytes, which are empty if absent.</summary>
internal struct Envelope
{
    /// <summary>The maximum nesting depth of a body.</summary>
    public const int MaxDepth = 64;

    /// <summary>The maximum length of an ID in bytes of JSON. It's kept while its request runs.</summary>
    public const int MaxIdBytes = 256;

    /// <summary>The maximum length of a method's name in bytes of JSON.</summary>
    public const int MaxMethodBytes = 256;

    public static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = MaxDepth };

    public Range Params;
    public Range Result;
    public Range Error;

    /// <summary>The ID. Null if it can't be read.</summary>
    public RequestId Id;

    /// <summary>The method's name, if it's a string.</summary>
    public string? Method;

    /// <summary>Why this isn't a request or notification, for the client.</summary>
    public string? Fault;

    /// <summary>True for a response, including an error.</summary>
    public readonly bool IsResponse => Method is null && (IsPresent(Result) || IsPresent(Error));

    public static bool IsPresent(Range range) => range.End.Value > 0;

    /// <summary>Parses a body. If a member is repeated, the last one counts.</summary>
    /// <param name="methods">The known method names. No new strings are allocated for them.</param>
    /// <exception cref="JsonException">The body isn't JSON, or is nested too deep.</exception>
    public static Envelope Parse(ReadOnlySpan<byte> json, IReadOnlyList<MethodName> methods)
    {
        var envelope = default(Envelope);
        var reader = new Utf8JsonReader(json, ReaderOptions);
        var (isVersion2, isId) = (false, true);
        reader.Read();
        var isObject = reader.TokenType == JsonTokenType.StartObject;
        var isArray = reader.TokenType == JsonTokenType.StartArray;
        if (!isObject)
            reader.Skip();
        while (isObject && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (JsonText.Is(ref reader, "jsonrpc"u8))
                isVersion2 = reader.Read() && reader.TokenType == JsonTokenType.String && JsonText.Is(ref reader, "2.0"u8);
            else if (JsonText.Is(ref reader, "id"u8))
                isId = reader.Read() && TryReadId(ref reader, out envelope.Id);
            else if (JsonText.Is(ref reader, "method"u8))
                envelope.Method = ReadMethod(ref reader, methods);
            else if (JsonText.Is(ref reader, "params"u8))
                envelope.Params = ReadRange(ref reader);
            else if (JsonText.Is(ref reader, "result"u8))
                envelope.Result = ReadRange(ref reader);
            else if (JsonText.Is(ref reader, "error"u8))
                envelope.Error = ReadRange(ref reader);
            reader.Skip();
        }

        reader.Read(); // throws if there's more
        envelope.Fault = isArray ? "batches aren't supported"
            : !isObject ? "a message must be an object"
            : !isId ? $"id must be a string, an integer, or null, of at most {MaxIdBytes} bytes"
            : !isVersion2 ? "jsonrpc must be \"2.0\""
            : envelope.Method is null ? $"method must be a string of at most {MaxMethodBytes} bytes"
            : null;
        return envelope;
    }

    /// <summary>Reads the id that <paramref name="reader"/> is at. False for what no id can be; then it is null.</summary>
    public static bool TryReadId(ref Utf8JsonReader reader, out RequestId id)
    {
        id = RequestId.Null;
        if (reader.TokenType == JsonTokenType.Null)
            return true;
        if (reader.ValueSpan.Length > MaxIdBytes)
            return false;
        if (reader.TokenType == JsonTokenType.String && JsonText.TryRead(ref reader, out var text))
            id = new RequestId(text);
        else if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var integer))
            id = new RequestId(integer);
        else if (reader.TokenType == JsonTokenType.Number && reader.TryGetDecimal(out var number)
            && number == decimal.Truncate(number) && number is >= long.MinValue and <= long.MaxValue)
            id = new RequestId((long)number); // 1.0 is the integer 1
        else
            return false;
        return true;
    }

    private static string? ReadMethod(ref Utf8JsonReader reader, IReadOnlyList<MethodName> methods)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.String || reader.ValueSpan.Length > MaxMethodBytes)
            return null;
        foreach (var method in methods)
        {
            if (JsonText.Is(ref reader, method.Utf8))
                return method.Text;
        }

        return JsonText.TryRead(ref reader, out var text) ? text : null;
    }

    private static Range ReadRange(scoped ref Utf8JsonReader reader)
    {
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return start..(int)reader.BytesConsumed;
    }
}

/// <summary>The name of a method, as a string and in UTF-8.</summary>
internal readonly record struct MethodName(string Text, byte[] Utf8);
