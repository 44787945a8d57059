using System.Collections.Concurrent;

namespace Companion.Server.Changes;

/// <summary>The environments that a change of this process is about: one at a time each, and a second one is refused, not queued.</summary>
internal sealed class ChangesUnderWay
{
    private readonly ConcurrentDictionary<EnvironmentKey, Change> _changes = new();

    /// <summary>Takes an environment for a change.</summary>
    /// <param name="change">The change.</param>
    /// <param name="other">The change that has it already, where the answer is false.</param>
    public bool TryBegin(Change change, out Change other)
    {
        other = _changes.GetOrAdd(change.Key, change);
        return ReferenceEquals(other, change);
    }

    /// <summary>Gives it back.</summary>
    /// <param name="change">The change that took it.</param>
    public void End(Change change) => _changes.TryRemove(KeyValuePair.Create(change.Key, change));

    /// <summary>True while a change is about this environment.</summary>
    public bool Contains(EnvironmentKey key) => _changes.ContainsKey(key);
}
