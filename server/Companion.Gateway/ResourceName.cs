using System.Buffers;

namespace Companion.Gateway;

/// <summary>IDs in resource names and URLs.</summary>
internal static class ResourceName
{
    private const int MaxIdLength = 255;

    private static readonly SearchValues<char> Structural = SearchValues.Create("/\\:?#%;");

    /// <summary>Returns the last segment of a resource name. Resource names have segments that URLs don't have.</summary>
    /// <param name="name">A resource name or a plain ID.</param>
    public static ReadOnlySpan<char> LastSegment(ReadOnlySpan<char> name)
    {
        var trimmed = name.TrimEnd('/');
        return trimmed[(trimmed.LastIndexOf('/') + 1)..];
    }

    /// <summary>Whether a resource is in an account. Its name may omit the account, but not contain another one.</summary>
    /// <param name="name">A resource name or a plain ID.</param>
    /// <param name="accountId">The account, or null for any.</param>
    public static bool IsInAccount(ReadOnlySpan<char> name, string? accountId)
    {
        const string collection = "accounts/";
        while (accountId is not null && name.IndexOf(collection) is >= 0 and var at)
        {
            var isSegment = at == 0 || name[at - 1] == '/';
            name = name[(at + collection.Length)..];
            if (isSegment)
                return name[..(name.IndexOf('/') is >= 0 and var end ? end : name.Length)].SequenceEqual(accountId);
        }

        return true;
    }

    /// <summary>
    /// Whether an ID is safe in a URL: a single segment that no server, proxy, or client could interpret as several, as a method after a colon,
    /// or as a parent path. Otherwise, the gateway decides what's valid.
    /// </summary>
    public static bool IsPlainSegment(string? id) =>
        id is { Length: > 0 and <= MaxIdLength }
        && id.AsSpan().ContainsAnyExcept('.')
        && !id.AsSpan().ContainsAny(Structural)
        && !id.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || char.IsSurrogate(c));
}
