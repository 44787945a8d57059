namespace Companion.Server.Storage;

/// <summary>
/// Signals to all processes on this machine that share a store that an environment has changed. Each then reads its state, long before its
/// next poll would be due. The signal doesn't say what changed.
/// </summary>
internal sealed class CrossProcessSignal(IDurableStore store)
{
    private string? _last;

    public void Send()
    {
        var text = Guid.NewGuid().ToString("N"); // always the same length, so that it replaces the previous text in place
        Volatile.Write(ref _last, text);
        store.SendSignal(text);
    }

    /// <summary>Calls back when another process signals.</summary>
    /// <param name="onSignal">Called on any thread.</param>
    /// <returns>Stops listening when disposed.</returns>
    public IDisposable Listen(Action onSignal) => store.Listen(text =>
    {
        if (Interlocked.Exchange(ref _last, text) != text)
            onSignal();
    });
}
