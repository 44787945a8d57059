using System.Text.Json;

namespace Companion.JsonRpc;

/// <summary>Strings as JSON has them: with escapes, which can name half of a surrogate pair.</summary>
internal static class JsonText
{
    /// <summary>Tells whether <paramref name="reader"/> is at this string or name.</summary>
    public static bool Is(ref Utf8JsonReader reader, ReadOnlySpan<byte> text) =>
        reader.ValueIsEscaped ? TryRead(ref reader, out _) && reader.ValueTextEquals(text) : reader.ValueSpan.SequenceEqual(text);

    /// <summary>Reads the string or name that <paramref name="reader"/> is at. False when it is not valid Unicode.</summary>
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
