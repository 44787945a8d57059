using Companion.Gateway;
using Companion.Server.Changes;

namespace Companion.Server.Environments;

/// <summary>
/// Keeps the client told about one environment. It asks often while the environment moves and seldom while it rests, and not at
/// all while a change of this process asks anyway.
/// </summary>
/// <param name="reader">Asks, and passes on the answers.</param>
/// <param name="changes">The changes of this process.</param>
/// <param name="time">The clock.</param>
internal sealed class EnvironmentWatch(EnvironmentReader reader, ChangesUnderWay changes, TimeProvider time) : IDisposable
{
    private CancellationTokenSource _stop = new();

    /// <summary>Watches an environment in place of the last one, or none.</summary>
    /// <param name="key">Which, or null.</param>
    public void Watch(EnvironmentKey? key)
    {
        var stop = new CancellationTokenSource();
        using (var before = Interlocked.Exchange(ref _stop, stop))
            before.Cancel();
        if (key is { } watched)
            _ = PollAsync(watched, stop.Token);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private async Task PollAsync(EnvironmentKey key, CancellationToken stop)
    {
        var failures = 0;
        var moving = 0;
        try
        {
            while (true)
            {
                TimeSpan delay;
                try
                {
                    var seen = changes.Contains(key) ? null : await reader.GetAsync(key, stop).ConfigureAwait(false);
                    failures = 0;
                    moving = seen is null || WatchDelays.IsAtRest(seen.State) ? 0 : moving + 1;
                    delay = WatchDelays.After(seen, moving);
                }
                catch (GatewayException fault)
                {
                    delay = WatchDelays.AfterFault(fault, failures++);
                }

                await Task.Delay(delay, time, stop).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // another environment is watched now, or none
        }
    }
}
