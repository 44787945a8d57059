namespace Companion.Server.Pacing;

internal static class TimeProviderExtensions
{
    /// <summary>
    /// Waits. Unlike Task.Delay, which continues on the thread pool when canceled, this continues on the canceling thread. That keeps a
    /// single-threaded simulation in order.
    /// </summary>
    /// <exception cref="OperationCanceledException">The wait was canceled.</exception>
    public static async Task WaitAsync(this TimeProvider time, TimeSpan delay, CancellationToken cancellationToken)
    {
        var over = new TaskCompletionSource();
        using var cancelled = cancellationToken.UnsafeRegister(_ => over.TrySetCanceled(cancellationToken), null);
        await using var timer = time.CreateTimer(_ => over.TrySetResult(), null, delay, Timeout.InfiniteTimeSpan).ConfigureAwait(false);
        await over.Task.ConfigureAwait(false);
    }
}
