using Companion.Gateway.Api;

namespace Companion.Server.Environments;

/// <summary>
/// Reads lists that are returned as a whole, one at a time. Pages after the first are read only when the client has received the list
/// before. Each list may use megabytes until it's sent.
/// </summary>
/// <param name="flush">Completes when the client has read everything sent so far.</param>
internal sealed class WholeListReader(Func<CancellationToken, Task> flush)
{
    private const long MuchMemory = 12 * 1024 * 1024;

    private readonly FifoSemaphore _lock = new(1);

    /// <summary>Reads a list when its turn comes.</summary>
    public async Task ReadAsync<TPage>(IAsyncEnumerable<TPage> pages, Action<TPage> add, CancellationToken cancellationToken)
    {
        await _lock.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var isFirst = true;
            await foreach (var page in pages.ConfigureAwait(false))
            {
                add(page);
                await flush(cancellationToken).ConfigureAwait(false);
                if (isFirst && GC.GetTotalMemory(forceFullCollection: false) > MuchMemory)
                    GC.Collect(); // otherwise the collector keeps up to ten earlier lists if they come quickly
                isFirst = false;
            }
        }
        finally
        {
            _lock.Release();
        }
    }
}
