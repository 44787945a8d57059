using System.Runtime.CompilerServices;
using Companion.Gateway.Json;

namespace Companion.Gateway.Api;

/// <summary>
/// Reads all environments of an account. Requests the next page before reading the current one, so that the gateway works in the meantime. The
/// next page's token is found without reading the page. If it turns out to be wrong, that response is discarded, and the right page is requested.
/// </summary>
/// <param name="lists">Limits how many lists are read at once.</param>
internal sealed class EnvironmentList(GatewayTransport transport, IReadRetry retry, FifoSemaphore lists, string accountId)
{
    private const int MaxBytes = 8 * 1024 * 1024;

    /// <summary>Returns the pages.</summary>
    public async IAsyncEnumerable<GatewayEnvironmentPage> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pages = new PageSequence(GatewayRoutes.ListEnvironments(accountId), MaxBytes);
        var rows = new List<EnvironmentRow>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        PendingRequest? prefetched = null;
        await lists.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            while (pages.Next is { } call)
            {
                using var page = await retry.ExecuteAsync(_ => ReadAsync(call), stop.Token).ConfigureAwait(false);
                pages.Read(page.Facts);
                rows.RemoveAll(row => !pages.IsNew(row.Name.In(page.Response.Body.Span)));
                if (rows.Count > 0)
                    yield return new GatewayEnvironmentPage(page.Response, rows);
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            DisposeWhenReceived(prefetched);
            lists.Release();
        }

        async Task<Page> ReadAsync(GatewayCall call)
        {
            var request = prefetched?.Call == call ? prefetched : Send(call);
            if (request != prefetched)
                DisposeWhenReceived(prefetched);
            prefetched = null;
            var response = await request.Response.ConfigureAwait(false);
            try
            {
                if (PageToken.Find(response.Body.Span) is { } token && pages.GetPage(token) is { } next)
                    prefetched = Send(next);
                return new Page(response, ResponseReader.ReadEnvironments(call, response, rows));
            }
            catch
            {
                response.Dispose();
                throw;
            }
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

    /// <summary>A page while it's in use.</summary>
    private sealed record Page(GatewayResponse Response, PageInfo Facts) : IDisposable
    {
        public void Dispose() => Response.Dispose();
    }

    /// <summary>A request that was sent.</summary>
    private sealed record PendingRequest(GatewayCall Call, Task<GatewayResponse> Response);
}
