using System.Runtime.InteropServices;

namespace Companion.Gateway.Api;

/// <summary>The requests for the pages of one list, one after the other, and the limits on all of them together.</summary>
/// <param name="maxBytes">The maximum total size of all pages.</param>
internal sealed class PageSequence(GatewayCall list, int maxBytes)
{
    private const int PageSize = 200;
    private const int MaxPages = 250;
    private const int MaxPageTokenLength = 8 * 1024; // what fits in a URL
    private const int MaxTokens = 400_000;

    private readonly HashSet<ulong> _seen = [];
    private readonly HashSet<ulong> _ids = []; // an id may take a thousand times as much as its hash
    private int _bytes;
    private int _tokens;

    /// <summary>The request for the next page; null after the last one.</summary>
    public GatewayCall? Next { get; private set; } = Page(list, pageToken: null);

    /// <summary>The request for the page that a token names; null where it may not be followed.</summary>
    /// <param name="pageToken">The token, as far as it's known before its page is read.</param>
    public GatewayCall? Ahead(string pageToken) => MayFollow(pageToken) ? Page(list, pageToken) : null;

    /// <summary>A page was read.</summary>
    /// <exception cref="GatewayException">The list is too large, or does not end.</exception>
    public void Read(PageFacts page)
    {
        var call = Next!;
        var nextPageToken = page.NextPageToken;
        _bytes += page.Bytes;
        _tokens += page.Tokens;
        if (_bytes > maxBytes || _tokens > MaxTokens)
            throw TransportFaults.BadAnswer(call, page.HttpStatus, "The gateway's list exceeds Companion's size limit.");
        if (string.IsNullOrEmpty(nextPageToken))
        {
            Next = null;
            return;
        }

        if (!MayFollow(nextPageToken))
            throw TransportFaults.BadAnswer(call, page.HttpStatus, "The gateway's list doesn't end.");
        _seen.Add(Hash(nextPageToken));
        Next = Page(list, nextPageToken);
    }

    /// <summary>
    /// Tells whether an item belongs into the list: one without an id can be neither shown nor used, and one that moved to a later page
    /// while the pages were read is listed there again.
    /// </summary>
    public bool IsNew(ReadOnlySpan<byte> name)
    {
        var id = ResourceName.LastSegment(name);
        return !id.IsEmpty && _ids.Add(Hash(id));
    }

    private static GatewayCall Page(GatewayCall list, string? pageToken) =>
        list with { PathAndQuery = GatewayRoutes.Page(list.PathAndQuery, PageSize, pageToken) };

    private bool MayFollow(string pageToken) =>
        pageToken.Length <= MaxPageTokenLength && !_seen.Contains(Hash(pageToken)) && _seen.Count < MaxPages - 1;

    private static ulong Hash(ReadOnlySpan<char> text) => Hash(MemoryMarshal.AsBytes(text));

    // FNV-1a. That any two of 50,000 ids have the same one is less likely than 1 in 10,000,000,000.
    private static ulong Hash(ReadOnlySpan<byte> text)
    {
        var hash = 0xcbf29ce484222325;
        foreach (var next in text)
            hash = unchecked((hash ^ next) * 0x100000001b3);
        return hash;
    }
}

/// <summary>What a page of a list takes, and where the next one begins.</summary>
/// <param name="Bytes">The length of the response.</param>
/// <param name="Tokens">The number of values, names, and brackets.</param>
/// <param name="NextPageToken">Null or empty on the last page.</param>
internal sealed record PageFacts(int HttpStatus, int Bytes, int Tokens, string? NextPageToken);
