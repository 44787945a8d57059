namespace Companion.Server.Storage;

/// <summary>
/// Tells the processes of this machine that share a store that an environment has changed. Each then asks the gateway itself, long
/// before its next poll would be due. What changed is not passed on.
/// </summary>
internal sealed class CrossProcessSignal(IDurableStore store)
{
    private string? _last;

    /// <summary>An environment was seen to have changed.</summary>
    public void Ring()
    {
        var text = Guid.NewGuid().ToString("N"); // always as long, so that it replaces the last one in place
        Volatile.Write(ref _last, text);
        store.Ring(text);
    }

    /// <summary>Tells when another process rings.</summary>
    /// <param name="rung">Called on any thread.</param>
    /// <returns>Stops listening when disposed.</returns>
    public IDisposable Listen(Action rung) => store.Listen(text =>
    {
        if (Interlocked.Exchange(ref _last, text) != text)
            rung();
    });
}
