namespace Companion.Server.Storage;

/// <summary>
/// Lets the processes of this machine that keep their memory in one place know that an environment has changed: each then asks the
/// gateway itself, long before its next look would be due. What has changed is not said, and nobody's word is taken for it.
/// </summary>
/// <param name="store">Where.</param>
internal sealed class NewsBell(IDurableStore store)
{
    private string? _last;

    /// <summary>An environment was seen to have changed.</summary>
    public void Ring()
    {
        var text = Guid.NewGuid().ToString("N");
        Volatile.Write(ref _last, text);
        store.Write(StoreNames.Bell, text);
    }

    /// <summary>Tells when another process rings.</summary>
    /// <param name="rung">Called on any thread.</param>
    /// <returns>Ends it when disposed.</returns>
    public IDisposable Listen(Action rung) => store.Watch(StoreNames.Bell, () =>
    {
        if (store.Read(StoreNames.Bell) is { } text && Interlocked.Exchange(ref _last, text) != text)
            rung();
    });
}
