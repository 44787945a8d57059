namespace Companion.Server.Storage;

/// <summary>Stores nothing: for a client that names no folder, and so doesn't ask for protection.</summary>
internal sealed class NoStore : IDurableStore
{
    public static IStoreLock Nothing { get; } = new NoLock();

    /// <inheritdoc/>
    public string? Read(string name) => null;

    /// <inheritdoc/>
    public string? Change(string name, Func<string?, string?> change) => null;

    /// <inheritdoc/>
    public LockAttempt TryLock(string name) => new LockAttempt.Taken(Nothing);

    /// <inheritdoc/>
    public IReadOnlyList<string> FindRecords() => [];

    /// <inheritdoc/>
    public IReadOnlyList<string> TakeOver(string pattern) => [];

    /// <inheritdoc/>
    public void SendSignal(string text)
    {
    }

    /// <inheritdoc/>
    public IDisposable Listen(Action<string> onSignal) => Nothing;

    private sealed class NoLock : IStoreLock
    {
        public string? Read() => null;

        public string? Write(string? text) => null;

        public void Dispose()
        {
        }
    }
}
