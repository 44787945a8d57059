using System.Text;

namespace Companion.Gateway.Credentials;

/// <summary>The text of an INI file, which is encoded again as it was.</summary>
/// <param name="mark">The byte order mark, or an empty string.</param>
/// <param name="lines">The lines with their line breaks.</param>
internal sealed class IniText(Encoding encoding, string mark, IReadOnlyList<string> lines)
{
    /// <summary>The lines with their line breaks. Only the last one may have none.</summary>
    public IReadOnlyList<string> Lines { get; } = lines;

    /// <summary>Decodes the bytes of a file.</summary>
    /// <returns>Null if it isn't a text file.</returns>
    public static IniText? Decode(ReadOnlySpan<byte> bytes)
    {
        // Windows PowerShell's ">" writes UTF-16 with a byte order mark.
        return bytes switch
        {
            [0xFF, 0xFE, ..] => Decode(bytes, new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true)),
            [0xFE, 0xFF, ..] => Decode(bytes, new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true)),

            // A comment in a Windows code page must not make the key, which is ASCII either way, unusable.
            _ => Decode(bytes, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true)) ?? Decode(bytes, Encoding.Latin1),
        };
    }

    /// <summary>The bytes of the file.</summary>
    public byte[] Encode() => encoding.GetBytes(mark + string.Concat(Lines));

    /// <summary>The same file with other lines.</summary>
    public IniText With(IReadOnlyList<string> lines) => new(encoding, mark, lines);

    /// <summary>Parses the lines that have a meaning.</summary>
    public IEnumerable<IniLine> Parse()
    {
        var section = "";
        for (var i = 0; i < Lines.Count; i++)
        {
            if (IniLine.Parse(i, Lines[i], section) is not { } line)
                continue;
            section = line.Section;
            yield return line;
        }
    }

    private static IniText? Decode(ReadOnlySpan<byte> bytes, Encoding encoding)
    {
        try
        {
            var text = encoding.GetString(bytes);
            var start = text.Length - text.AsSpan().TrimStart('\uFEFF').Length;
            return text.Contains('\0', StringComparison.Ordinal) ? null : new IniText(encoding, text[..start], LinesOf(text[start..]));
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static List<string> LinesOf(string text)
    {
        var lines = new List<string>();
        for (int start = 0, next; start < text.Length; start = next)
        {
            next = text.IndexOf('\n', start) + 1;
            if (next == 0)
                next = text.Length;
            lines.Add(text[start..next]);
        }

        return lines;
    }
}
