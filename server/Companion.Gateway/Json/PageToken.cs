using System.Text;

namespace Companion.Gateway.Json;

/// <summary>Finds where the next page begins without reading the page.</summary>
internal static class PageToken
{
    private static ReadOnlySpan<byte> Blank => " \t\r\n"u8;

    /// <summary>The text of what looks like the page's <c>nextPageToken</c>; null where nothing does, or it is not plain.</summary>
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
