using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;
using Companion.Gateway.Json;

namespace Companion.Gateway.Api;

/// <summary>
/// Reads all pages of a list. Requests the next page before reading the current one, so that the gateway works in the meantime. The next
/// page's token is found without reading the page. If it turns out to be wrong, that response is discarded, and the right page is requested.
/// </summary>
/// <typeparam name="T">What is listed.</typeparam>
/// <typeparam name="TPage">A page, as the gateway returns it.</typeparam>
/// <param name="lists">Limits how many lists are read at once.</param>
/// <param name="name">Gets an item's resource name. Null if the items have none.</param>
internal sealed class PagedList<T, TPage>(
    GatewayTransport transport, IReadRetry retry, FifoSemaphore lists, GatewayCall list, int maxBytes, JsonTypeInfo<TPage> type, Func<T, string?>? name)
    where TPage : class, IPage<T>
{
    /// <summary>Returns the pages that aren't empty.</summary>
    public async IAsyncEnumerable<ListPage<T>> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pages = new PageSequence(list, maxBytes);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        PendingRequest? prefetched = null;
        await lists.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            while (pages.Next is { } call)
            {
                var page = await retry.ExecuteAsync(_ => ReadAsync(call), stop.Token).ConfigureAwait(false);
                pages.Read(page.Info);
                var items = name is null ? page.Items : [.. page.Items.Where(item => pages.IsNew(name(item)))];
                if (items.Count > 0)
                    yield return page with { Items = items };
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            DisposeWhenReceived(prefetched);
            lists.Release();
        }

        async Task<ListPage<T>> ReadAsync(GatewayCall call)
        {
            var request = prefetched?.Call == call ? prefetched : Send(call);
            if (request != prefetched)
                DisposeWhenReceived(prefetched);
            prefetched = null;
            using var response = await request.Response.ConfigureAwait(false);
            if (PageToken.Find(response.Body.Span) is { } token && pages.GetPage(token) is { } next)
                prefetched = Send(next);
            return ResponseReader.ReadPage(call, response, type, name);
        }

        PendingRequest Send(GatewayCall call) => new(call, transport.SendAsync(call, stop.Token));
    }

    private static void DisposeWhenReceived(PendingRequest? unused)
    {
        if (unused is not null)
            _ = DisposeWhenReceivedAsync(unused.Response);
    }

    private static async Task DisposeWhenReceivedAsync(Task<GatewayResponse> unused)
    {
        await ((Task)unused).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (unused.IsCompletedSuccessfully)
            (await unused.ConfigureAwait(false)).Dispose();
    }

    /// <summary>A request that was sent.</summary>
    private sealed record PendingRequest(GatewayCall Call, Task<GatewayResponse> Response);
}
