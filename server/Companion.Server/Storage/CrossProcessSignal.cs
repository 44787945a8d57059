namespace Companion.Server.Storage;

/// <summary>
/// Signals to all processes on this machine that share a store that an environment has changed. Each then reads its state, long before its
/// next poll would be due. The signal doesn't say what changed.
/// </summary>
internal sealed class CrossProcessSignal(IDurableStore store)
{
    private readonly Lock _lock = new();
    private readonly List<Listener> _listeners = [];
    private IDisposable? _listening;
    private string? _last;

    public void Send()
    {
        var text = Guid.NewGuid().ToString("N"); // always the same length, so that it replaces the previous text in place
        Volatile.Write(ref _last, text);
        store.SendSignal(text);
    }

    /// <summary>Calls back when another process signals. All listeners share one watch of the operating system.</summary>
    /// <param name="onSignal">Called on any thread.</param>
    /// <returns>Stops listening when disposed.</returns>
    public IDisposable Listen(Action onSignal)
    {
        var listener = new Listener(this, onSignal);
        lock (_lock)
        {
            _listeners.Add(listener);
            _listening ??= store.Listen(Tell);
        }

        return listener;
    }

    private void Tell(string text)
    {
        if (Interlocked.Exchange(ref _last, text) == text)
            return;
        Listener[] listeners;
        lock (_lock)
            listeners = [.. _listeners];
        foreach (var listener in listeners)
            listener.OnSignal();
    }

    private void Leave(Listener listener)
    {
        lock (_lock)
        {
            if (!_listeners.Remove(listener) || _listeners.Count > 0)
                return;
            _listening?.Dispose();
            _listening = null;
        }
    }

    private sealed class Listener(CrossProcessSignal signal, Action onSignal) : IDisposable
    {
        public Action OnSignal => onSignal;

        public void Dispose() => signal.Leave(this);
    }
}
