namespace Companion.Gateway.Json;

/// <summary>
/// Normalizes the variants that proto3's JSON mapping allows: names in snake_case become camelCase, and a byte order mark becomes white space.
/// This happens in place, without copying.
/// </summary>
internal static class ProtoNames
{
    private const byte Quote = (byte)'"';

    /// <summary>Rewrites a body in place. If it isn't JSON, only the byte order mark is replaced.</summary>
    public static void Normalize(Span<byte> json)
    {
        if (json.StartsWith("\uFEFF"u8))
            json[..3].Fill((byte)' ');
        for (var at = 0; json[at..].IndexOf((byte)'_') is >= 0 and var next;)
        {
            var start = at + next;
            at = start + 1;
            while (start > 0 && IsInName(json[start - 1]))
                start--;
            while (at < json.Length && IsInName(json[at]))
                at++;
            if (IsName(json, start, at))
                ToCamelCase(json[start..(at + 1)]);
        }
    }

    // Field names have no uppercase letters. The keys of a map, such as states, keep their underscores.
    private static bool IsInName(byte character) => character is (>= (byte)'a' and <= (byte)'z') or (>= (byte)'0' and <= (byte)'9') or (byte)'_';

    private static bool IsName(ReadOnlySpan<byte> json, int start, int end)
    {
        var isQuoted = start > 0 && json[start - 1] == Quote && (start == 1 || json[start - 2] != (byte)'\\') && end < json.Length && json[end] == Quote;
        return isQuoted && json[(end + 1)..].TrimStart(" \t\r\n"u8).StartsWith((byte)':');
    }

    private static void ToCamelCase(Span<byte> nameAndQuote)
    {
        var length = 0;
        var isUpper = false;
        foreach (var character in nameAndQuote)
        {
            if (character == (byte)'_')
            {
                isUpper = true;
                continue;
            }

            nameAndQuote[length++] = isUpper && character is >= (byte)'a' and <= (byte)'z' ? (byte)(character - 32) : character;
            isUpper = false;
        }

        nameAndQuote[length..].Fill((byte)' ');
    }
}
