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
    public IDisposable? TryLock(string name) => new Held();

    private sealed class Held : IDisposable
    {
        public void Dispose()
        {
        }
    }
}
