using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Companion.JsonRpc;

/// <summary>A request's id, given back byte for byte. Two ids are the same when their JSON is: 1 is not "1".</summary>
/// <param name="Number">The id where <paramref name="Json"/> is null.</param>
/// <param name="Json">The id's JSON where it is no integer of 64 bits: a string, null, or a greater integer.</param>
internal readonly record struct RequestId(long Number, string? Json = null)
{
    /// <summary>The id of a reply to a message whose own id cannot be read.</summary>
    public static RequestId Null { get; } = new(0, "null");

    /// <summary>Reads the token that <paramref name="reader"/> stands on. False for what no id can be.</summary>
    public static bool TryRead(ref Utf8JsonReader reader, out RequestId id)
    {
        id = Null;
        var isInteger = reader.TokenType == JsonTokenType.Number && !reader.ValueSpan.ContainsAny("eE."u8);
        if (isInteger && reader.TryGetInt64(out var number) && !reader.ValueSpan.SequenceEqual("-0"u8))
            id = new RequestId(number);
        else if (isInteger)
            id = new RequestId(0, Encoding.UTF8.GetString(reader.ValueSpan));
        else if (reader.TokenType == JsonTokenType.String && JsonText.TryRead(ref reader, out _))
            id = new RequestId(0, $"\"{Encoding.UTF8.GetString(reader.ValueSpan)}\"");
        else
            return reader.TokenType == JsonTokenType.Null;
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
