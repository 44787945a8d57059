namespace Companion.Server.Storage;

/// <summary>Keeps nothing: for a client that names no folder.</summary>
internal sealed class NoStore : IDurableStore
{
    /// <inheritdoc/>
    public string? Read(string name) => null;

    /// <inheritdoc/>
    public void Write(string name, string text)
    {
    }

    /// <inheritdoc/>
    public void Delete(string name)
    {
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Names(string prefix) => [];

    /// <inheritdoc/>
    public IDisposable Watch(string name, Action written) => new Nothing();

    /// <inheritdoc/>
    public IDisposable? TryLock(string name) => new Nothing();

    private sealed class Nothing : IDisposable
    {
        public void Dispose()
        {
        }
    }
}
