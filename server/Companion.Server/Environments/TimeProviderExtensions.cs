namespace Companion.Server.Environments;

/// <summary>Waits on a clock.</summary>
internal static class TimeProviderExtensions
{
    /// <summary>
    /// Waits. Unlike Task.Delay, which goes on in the thread pool when cancelled, it goes on where it is cancelled: a simulation on one
    /// thread stays in order.
    /// </summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static async Task WaitAsync(this TimeProvider time, TimeSpan delay, CancellationToken cancellationToken)
    {
        var over = new TaskCompletionSource();
        using var cancelled = cancellationToken.UnsafeRegister(_ => over.TrySetCanceled(cancellationToken), null);
        await using var timer = time.CreateTimer(_ => over.TrySetResult(), null, delay, Timeout.InfiniteTimeSpan).ConfigureAwait(false);
        await over.Task.ConfigureAwait(false);
    }
}
