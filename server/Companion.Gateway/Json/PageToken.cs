using System.Text;

namespace Companion.Gateway.Json;

/// <summary>Finds the next page's token without parsing the page.</summary>
internal static class PageToken
{
    private static ReadOnlySpan<byte> Blank => " \t\r\n"u8;

    /// <summary>Returns the value of what is probably the page's <c>nextPageToken</c>. Null if there's none, or if it contains escapes.</summary>
    public static string? Find(ReadOnlySpan<byte> page)
    {
        var name = "\"nextPageToken\""u8;
        var at = page.LastIndexOf(name);
        if (at < 0)
            return null;
        var value = page[(at + name.Length)..].TrimStart(Blank);
        if (value is not [(byte)':', ..])
            return null;
        value = value[1..].TrimStart(Blank);
        if (value is not [(byte)'"', ..])
            return null;
        var length = value[1..].IndexOfAny((byte)'"', (byte)'\\');
        return length > 0 && value[length + 1] == '"' ? Encoding.UTF8.GetString(value.Slice(1, length)) : null;
    }
}
