using System.Text.Json;

namespace Companion.JsonRpc;

/// <summary>Reads JSON strings, whose escapes can contain half of a surrogate pair.</summary>
internal static class JsonText
{
    /// <summary>Whether <paramref name="reader"/> is at this string or name.</summary>
    public static bool Is(ref Utf8JsonReader reader, ReadOnlySpan<byte> text) =>
        reader.ValueIsEscaped ? TryRead(ref reader, out _) && reader.ValueTextEquals(text) : reader.ValueSpan.SequenceEqual(text);

    /// <summary>Reads the string or name at <paramref name="reader"/>. False if it isn't valid Unicode.</summary>
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
