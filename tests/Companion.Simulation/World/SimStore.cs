using Companion.Server.Storage;

namespace Companion.Simulation.World;

/// <summary>The folder that the servers of the machine share. It outlives each of them; the locks of a server end with it.</summary>
internal sealed class SimStore
{
    private readonly SortedDictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Held> _locks = [];
    private readonly List<Listener> _listeners = [];

    /// <summary>The folder as one server sees it.</summary>
    public IDurableStore For(SimProcess process) => new View(this, process);

    private sealed class View(SimStore store, SimProcess process) : IDurableStore
    {
        public string? Read(string name) => store._texts.GetValueOrDefault(name);

        public void Write(string name, string text)
        {
            store._texts[name] = text;
            foreach (var listener in store._listeners.FindAll(l => l.Name == name))
                process.World.Time.AfterOnMachine(SimTime.Ms(5), listener.Tell);
        }

        public void Delete(string name) => store._texts.Remove(name);

        public IReadOnlyList<string> Names(string prefix) =>
            [.. store._texts.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal))];

        public IDisposable Watch(string name, Action written)
        {
            var listener = new Listener(store, name, process, written);
            store._listeners.Add(listener);
            return listener;
        }

        public IDisposable? TryLock(string name)
        {
            if (store._locks.TryGetValue(name, out var held) && held.Holder.IsAlive)
                return null;
            return store._locks[name] = new Held(store, name, process);
        }
    }

    private sealed record Held(SimStore Store, string Name, SimProcess Holder) : IDisposable
    {
        public void Dispose()
        {
            if (ReferenceEquals(Store._locks.GetValueOrDefault(Name), this))
                Store._locks.Remove(Name);
        }
    }

    private sealed class Listener(SimStore store, string name, SimProcess process, Action written) : IDisposable
    {
        public string Name => name;

        public void Tell()
        {
            if (process.IsAlive && store._listeners.Contains(this))
                written();
        }

        public void Dispose() => store._listeners.Remove(this);
    }
}
