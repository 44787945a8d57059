using Companion.Gateway;

namespace Companion.Server.Environments;

/// <summary>
/// Reads the lists that are told as a whole, whatever they are of: one at a time, and none beyond its first page before the client has
/// taken the one before. Each may take megabytes until it is out.
/// </summary>
/// <param name="taken">Completes when the client has read everything sent so far.</param>
internal sealed class WholeListReader(Func<CancellationToken, Task> taken)
{
    private const long MuchMemory = 12 * 1024 * 1024;

    private readonly Turns _turns = new(1);

    /// <summary>Reads a list when its turn has come.</summary>
    public async Task ReadAsync<TPage>(IAsyncEnumerable<TPage> pages, Action<TPage> add, CancellationToken cancellationToken)
    {
        await _turns.EnterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var isFirst = true;
            await foreach (var page in pages.ConfigureAwait(false))
            {
                add(page);
                await taken(cancellationToken).ConfigureAwait(false);
                if (isFirst && GC.GetTotalMemory(forceFullCollection: false) > MuchMemory)
                    GC.Collect(); // by itself the collector lets the lists before lie, ten of them where they come fast
                isFirst = false;
            }
        }
        finally
        {
            _turns.Leave();
        }
    }
}
