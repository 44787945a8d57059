using Companion.Server.Storage;

namespace Companion.Simulation.World;

/// <summary>The folder that the servers on the machine share. It outlives each of them; a server's locks end with it.</summary>
internal sealed class SimStore
{
    private readonly Dictionary<string, string> _values = [];
    private readonly SortedDictionary<string, string> _records = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Held> _locks = [];
    private readonly List<Listener> _listeners = [];

    /// <summary>The folder as one server sees it.</summary>
    public IDurableStore For(SimProcess process) => new View(this, process);

    /// <summary>Deletes the stored leases, and signals it.</summary>
    public void ForgetLeases()
    {
        foreach (var name in _values.Keys.Where(static name => name.StartsWith("leases.", StringComparison.Ordinal)).ToList())
            _values.Remove(name);
        foreach (var listener in _listeners.ToArray())
            listener.Tell("forgotten");
    }

    private static void Put(IDictionary<string, string> texts, string name, string? text)
    {
        if (text is null)
            texts.Remove(name);
        else
            texts[name] = text;
    }

    private sealed class View(SimStore store, SimProcess process) : IDurableStore
    {
        public string? Read(string name) => store._values.GetValueOrDefault(name);

        public string? Change(string name, Func<string?, string?> change)
        {
            Put(store._values, name, change(Read(name)));
            return null;
        }

        public LockAttempt TryLock(string name) =>
            store._locks.TryGetValue(name, out var held) && held.Holder.IsAlive
                ? new LockAttempt.Held()
                : new LockAttempt.Taken(store._locks[name] = new Held(store, name, process));

        public IReadOnlyList<string> FindRecords() => [.. store._records.Keys];

        public IReadOnlyList<string> TakeOver(string pattern) => [];

        public void SendSignal(string text)
        {
            foreach (var listener in store._listeners.ToArray())
                process.World.Time.AfterOnMachine(SimTime.Ms(5), () => listener.Tell(text));
        }

        public IDisposable Listen(Action<string> onSignal)
        {
            var listener = new Listener(store, process, onSignal);
            store._listeners.Add(listener);
            return listener;
        }
    }

    private sealed record Held(SimStore Store, string Name, SimProcess Holder) : IStoreLock
    {
        public string? Read() => Store._records.GetValueOrDefault(Name);

        public string? Write(string? text)
        {
            Put(Store._records, Name, text);
            return null;
        }

        public void Dispose()
        {
            if (ReferenceEquals(Store._locks.GetValueOrDefault(Name), this))
                Store._locks.Remove(Name);
        }
    }

    private sealed class Listener(SimStore store, SimProcess process, Action<string> onSignal) : IDisposable
    {
        public void Tell(string text)
        {
            if (process.IsAlive && store._listeners.Contains(this))
                onSignal(text);
        }

        public void Dispose() => store._listeners.Remove(this);
    }
}
