using Companion.Server.Storage;

namespace Companion.Simulation.World;

/// <summary>The folder that the servers of the machine share. It outlives each of them; the locks of a server end with it.</summary>
internal sealed class SimStore
{
    private readonly SortedDictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Held> _locks = [];

    /// <summary>The folder as one server sees it.</summary>
    public IDurableStore For(SimProcess process) => new View(this, process);

    private sealed class View(SimStore store, SimProcess process) : IDurableStore
    {
        public string? Read(string name) => store._texts.GetValueOrDefault(name);

        public void Write(string name, string text) => store._texts[name] = text;

        public void Delete(string name) => store._texts.Remove(name);

        public IReadOnlyList<string> Names(string prefix) =>
            [.. store._texts.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal))];

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
}
