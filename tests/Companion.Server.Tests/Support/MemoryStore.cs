using Companion.Server.Storage;

namespace Companion.Server.Tests.Support;

/// <summary>A storage folder in memory, for several processes on one thread.</summary>
internal sealed class MemoryStore : IDurableStore
{
    private readonly Dictionary<string, string> _values = [];
    private readonly Dictionary<string, string> _records = [];
    private readonly HashSet<string> _held = [];
    private readonly List<Action<string>> _listeners = [];

    /// <summary>Why nothing can be written, or null if it can.</summary>
    public string? Obstacle { get; set; }

    public string? Read(string name) => _values.GetValueOrDefault(name);

    public string? Change(string name, Func<string?, string?> change)
    {
        var text = change(Read(name));
        if (Obstacle is not null)
            return Obstacle;
        if (text is null)
            _values.Remove(name);
        else
            _values[name] = text;
        return null;
    }

    public LockAttempt TryLock(string name) => _held.Add(name) ? new LockAttempt.Taken(new Held(this, name)) : new LockAttempt.Held();

    public IReadOnlyList<string> FindRecords() => [.. _records.Keys];

    public IReadOnlyList<string> TakeOver(string pattern) => [];

    public void SendSignal(string text) => _listeners.ToList().ForEach(listener => listener(text));

    public IDisposable Listen(Action<string> onSignal)
    {
        _listeners.Add(onSignal);
        return new Listening(() => _listeners.Remove(onSignal));
    }

    private sealed class Held(MemoryStore store, string name) : IStoreLock
    {
        public string? Read() => store._records.GetValueOrDefault(name);

        public string? Write(string? text)
        {
            if (text is null)
                store._records.Remove(name);
            else
                store._records[name] = text;
            return null;
        }

        public void Dispose() => store._held.Remove(name);
    }

    private sealed class Listening(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
