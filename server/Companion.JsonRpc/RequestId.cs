using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Companion.JsonRpc;

/// <summary>A request's id. Numbers are the same when their values are; 1 is not "1".</summary>
/// <param name="Number">The id where <paramref name="Json"/> is null.</param>
/// <param name="Json">The id's JSON where it is no integer of 64 bits: a string, null, or a greater integer.</param>
internal readonly record struct RequestId(long Number, string? Json = null)
{
    /// <summary>The id of a reply to a message whose own id cannot be read.</summary>
    public static RequestId Null { get; } = new(0, "null");

    /// <summary>Bytes of JSON that an id may have: it is kept while its request runs.</summary>
    public const int MaxBytes = 256;

    /// <summary>Reads the token that <paramref name="reader"/> stands on. False for what no id can be.</summary>
    public static bool TryRead(ref Utf8JsonReader reader, out RequestId id)
    {
        id = Null;
        if (reader.TokenType == JsonTokenType.Null)
            return true;
        if (reader.ValueSpan.Length > MaxBytes)
            return false;
        var isNumber = reader.TokenType == JsonTokenType.Number;
        if (isNumber && reader.TryGetDecimal(out var number) && number == decimal.Truncate(number) && number is >= long.MinValue and <= long.MaxValue)
            id = new RequestId((long)number); // 1.0 is the integer 1
        else if (isNumber && !reader.ValueSpan.ContainsAny("eE."u8))
            id = new RequestId(0, Encoding.UTF8.GetString(reader.ValueSpan));
        else if (reader.TokenType == JsonTokenType.String && JsonText.TryRead(ref reader, out _))
            id = new RequestId(0, $"\"{Encoding.UTF8.GetString(reader.ValueSpan)}\"");
        else
            return false;
        return true;
    }

    public void WriteTo(IBufferWriter<byte> buffer)
    {
        if (Json is null)
        {
            Number.TryFormat(buffer.GetSpan(20), out var digits);
            buffer.Advance(digits);
        }
        else
        {
            Encoding.UTF8.GetBytes(Json, buffer);
        }
    }
}

/// <summary>Strings as JSON has them: with escapes, which can name half of a surrogate pair.</summary>
internal static class JsonText
{
    /// <summary>Tells whether <paramref name="reader"/> stands on this string or name.</summary>
    public static bool Is(ref Utf8JsonReader reader, ReadOnlySpan<byte> text) =>
        reader.ValueIsEscaped ? TryRead(ref reader, out _) && reader.ValueTextEquals(text) : reader.ValueSpan.SequenceEqual(text);

    /// <summary>Reads the string or name that <paramref name="reader"/> stands on. False when it is no text.</summary>
    public static bool TryRead(ref Utf8JsonReader reader, out string text)
    {
        try
        {
            text = reader.GetString()!;
            return true;
        }
        catch (InvalidOperationException)
        {
            text = "";
            return false;
        }
    }
}
