namespace Companion.Gateway.Api;

/// <summary>Creates the requests for the pages of a list, and enforces limits on the list as a whole.</summary>
/// <param name="maxBytes">The maximum total size of all pages.</param>
internal sealed class PageSequence(GatewayCall list, int maxBytes)
{
    private const int PageSize = 200;
    private const int MaxPages = 250;
    private const int MaxPageTokenLength = 8 * 1024; // what fits in a URL
    private const int MaxTokens = 400_000;

    private readonly HashSet<ulong> _seen = [];
    private readonly HashSet<ulong> _ids = []; // hashes, because an ID can be a thousand times as large
    private int _bytes;
    private int _tokens;

    /// <summary>The request for the next page, or null after the last one.</summary>
    public GatewayCall? Next { get; private set; } = Page(list, pageToken: null);

    /// <summary>Returns the request for the page with this token, or null if it must not be requested.</summary>
    /// <param name="pageToken">The token, as far as it's known before its page is read.</param>
    public GatewayCall? GetPage(string pageToken) => CanFollow(pageToken) ? Page(list, pageToken) : null;

    /// <summary>Records that a page was read.</summary>
    /// <exception cref="GatewayException">The list is too large or doesn't end.</exception>
    public void Read(PageInfo page)
    {
        var call = Next!;
        var nextPageToken = page.NextPageToken;
        _bytes += page.Bytes;
        _tokens += page.Tokens;
        if (_bytes > maxBytes || _tokens > MaxTokens)
            throw TransportErrors.InvalidResponse(call, page.HttpStatus, "The gateway's list exceeds Companion's size limit.");
        if (string.IsNullOrEmpty(nextPageToken))
        {
            Next = null;
            return;
        }

        if (!CanFollow(nextPageToken))
            throw TransportErrors.InvalidResponse(call, page.HttpStatus, "The gateway's list doesn't end.");
        _seen.Add(Hash(nextPageToken));
        Next = Page(list, nextPageToken);
    }

    /// <summary>
    /// Whether an item should be added to the list. An item without an ID can't be shown or used. An item that moved to a later page during the
    /// read is listed twice.
    /// </summary>
    public bool IsNew(ReadOnlySpan<char> name)
    {
        var id = ResourceName.LastSegment(name);
        return !id.IsEmpty && _ids.Add(Hash(id));
    }

    private static GatewayCall Page(GatewayCall list, string? pageToken) =>
        list with { PathAndQuery = GatewayRoutes.Page(list.PathAndQuery, PageSize, pageToken) };

    private bool CanFollow(string pageToken) =>
        pageToken.Length <= MaxPageTokenLength && !_seen.Contains(Hash(pageToken)) && _seen.Count < MaxPages - 1;

    // FNV-1a. The probability that any two of 50,000 IDs have the same hash is less than 1 in 10,000,000,000.
    private static ulong Hash(ReadOnlySpan<char> text)
    {
        var hash = 0xcbf29ce484222325;
        foreach (var next in text)
            hash = unchecked((hash ^ next) * 0x100000001b3);
        return hash;
    }
}

/// <summary>The size of a page, and where the next one begins.</summary>
/// <param name="Bytes">The length of the response.</param>
/// <param name="Tokens">The number of values, names, and brackets.</param>
/// <param name="NextPageToken">Null or empty on the last page.</param>
internal sealed record PageInfo(int HttpStatus, int Bytes, int Tokens, string? NextPageToken);
