using Companion.Gateway.Api;

namespace Companion.Server.Environments;

/// <summary>
/// Reads lists that are returned as a whole, one at a time. Pages after the first are read only when the client has received the list
/// before. Each list may use megabytes until it's sent.
/// </summary>
/// <param name="flush">Completes when the client has read everything sent so far.</param>
internal sealed class WholeListReader(Func<CancellationToken, Task> flush)
{
    private const long Growth = 6 * 1024 * 1024;

    private readonly FifoSemaphore _lock = new(1);

    /// <summary>Reads a list when its turn comes.</summary>
    public async Task ReadAsync<TPage>(IAsyncEnumerable<TPage> pages, Action<TPage> add, CancellationToken cancellationToken)
    {
        await _lock.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var memory = 0L;
            await foreach (var page in pages.ConfigureAwait(false))
            {
                add(page);
                await flush(cancellationToken).ConfigureAwait(false);
                if (GC.GetTotalMemory(forceFullCollection: false) <= memory + Growth)
                    continue;
                GC.Collect(); // otherwise the collector keeps up to ten earlier lists if they come quickly
                memory = GC.GetTotalMemory(forceFullCollection: false);
            }
        }
        finally
        {
            _lock.Release();
        }
    }
}
