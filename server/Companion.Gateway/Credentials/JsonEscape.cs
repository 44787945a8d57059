using System.Globalization;

namespace Companion.Gateway.Credentials;

/// <summary>Decodes the text of a JSON string byte by byte.</summary>
internal static class JsonEscape
{
    private const int LengthWithDigits = 6; // \uXXXX

    /// <summary>Reads a byte or an escape.</summary>
    /// <param name="text">The remaining text. Not empty.</param>
    /// <param name="value">The decoded byte, or 0 if the escape is invalid or isn't for an ASCII character.</param>
    /// <returns>The number of bytes read.</returns>
    public static int Read(ReadOnlySpan<byte> text, out byte value)
    {
        value = text[0];
        if (value != (byte)'\\' || text.Length < 2)
            return 1;
        value = 0;
        if (text[1] != (byte)'u')
        {
            value = text[1] is (byte)'"' or (byte)'\\' or (byte)'/' ? text[1] : (byte)0; // the others are control characters
            return 2;
        }

        if (text.Length < LengthWithDigits
            || !ushort.TryParse(text[2..LengthWithDigits], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            return 2;
        value = code < 0x80 ? (byte)code : (byte)0;
        return LengthWithDigits;
    }
}
