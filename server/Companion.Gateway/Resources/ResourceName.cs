using System.Buffers;

namespace Companion.Gateway;

/// <summary>Ids in resource names and in URLs.</summary>
internal static class ResourceName
{
    private const int MaxIdLength = 255;

    private static readonly SearchValues<char> Structural = SearchValues.Create("/\\:?#%;");

    /// <summary>The last segment of a resource name: names have segments that URLs have not.</summary>
    /// <param name="name">A resource name, or a plain id.</param>
    public static string LastSegment(string? name)
    {
        var trimmed = name.AsSpan().TrimEnd('/');
        return trimmed[(trimmed.LastIndexOf('/') + 1)..].ToString();
    }

    /// <summary>The same of UTF-8.</summary>
    /// <param name="name">A resource name, or a plain id.</param>
    public static ReadOnlySpan<byte> LastSegment(ReadOnlySpan<byte> name)
    {
        var trimmed = name.TrimEnd((byte)'/');
        return trimmed[(trimmed.LastIndexOf((byte)'/') + 1)..];
    }

    /// <summary>
    /// Tells whether an id may stand in a URL: one segment that no server, proxy or client could take for more than one, for a
    /// method after a colon, or for a step upwards. What else the gateway allows is the gateway's business.
    /// </summary>
    /// <param name="id">Any text.</param>
    public static bool IsPlainSegment(string? id) =>
        id is { Length: > 0 and <= MaxIdLength }
        && id.AsSpan().ContainsAnyExcept('.')
        && !id.AsSpan().ContainsAny(Structural)
        && !id.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || char.IsSurrogate(c));
}
