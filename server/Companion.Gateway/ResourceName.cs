using System.Buffers;
using System.Text;

namespace Companion.Gateway;

/// <summary>Ids in resource names and in URLs.</summary>
internal static class ResourceName
{
    private const int MaxIdLength = 255;

    private static readonly SearchValues<char> Structural = SearchValues.Create("/\\:?#%;");

    /// <summary>The last segment of a resource name: names have segments that URLs have not.</summary>
    /// <param name="name">A resource name or a plain ID.</param>
    public static string LastSegment(string? name)
    {
        var trimmed = name.AsSpan().TrimEnd('/');
        return trimmed[(trimmed.LastIndexOf('/') + 1)..].ToString();
    }

    /// <summary>The same of UTF-8.</summary>
    /// <param name="name">A resource name or a plain ID.</param>
    public static ReadOnlySpan<byte> LastSegment(ReadOnlySpan<byte> name)
    {
        var trimmed = name.TrimEnd((byte)'/');
        return trimmed[(trimmed.LastIndexOf((byte)'/') + 1)..];
    }

    /// <summary>Tells whether a resource is of an account: its name may leave the account out, but not name another one.</summary>
    /// <param name="name">A resource name or a plain ID.</param>
    /// <param name="accountId">The account, or null for any.</param>
    public static bool IsInAccount(ReadOnlySpan<byte> name, string? accountId)
    {
        var collection = "accounts/"u8;
        while (accountId is not null && name.IndexOf(collection) is >= 0 and var at)
        {
            var isSegment = at == 0 || name[at - 1] == '/';
            name = name[(at + collection.Length)..];
            if (isSegment)
                return Ascii.Equals(name[..(name.IndexOf((byte)'/') is >= 0 and var end ? end : name.Length)], accountId);
        }

        return true;
    }

    /// <summary>
    /// Tells whether an id may stand in a URL: one segment that no server, proxy or client could take for more than one, for a
    /// method after a colon, or for a step upwards. What else the gateway allows is the gateway's business.
    /// </summary>
    public static bool IsPlainSegment(string? id) =>
        id is { Length: > 0 and <= MaxIdLength }
        && id.AsSpan().ContainsAnyExcept('.')
        && !id.AsSpan().ContainsAny(Structural)
        && !id.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || char.IsSurrogate(c));
}
