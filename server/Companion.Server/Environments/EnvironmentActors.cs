using System.Collections.Concurrent;
using Companion.Server.Changes;

namespace Companion.Server.Environments;

/// <summary>The environments that this process has to do with, and the one that the client watches.</summary>
/// <param name="create">Makes the actor of an environment.</param>
internal sealed class EnvironmentActors(Func<EnvironmentKey, EnvironmentActor> create) : IDisposable
{
    private readonly ConcurrentDictionary<EnvironmentKey, EnvironmentActor> _actors = new();
    private readonly Lock _lock = new();
    private EnvironmentKey? _watched;

    /// <summary>The actor of an environment.</summary>
    public EnvironmentActor this[EnvironmentKey key] => _actors.GetOrAdd(key, create);

    /// <summary>Watches an environment in place of the last one, or none.</summary>
    /// <param name="key">Which, or null.</param>
    public void Watch(EnvironmentKey? key)
    {
        EnvironmentKey? before;
        lock (_lock)
            (before, _watched) = (_watched, key);
        if (before is { } last && last != key)
            this[last].Watch(false);
        if (key is { } next)
            this[next].Watch(true);
    }

    /// <summary>The key is gone: nothing is watched, and nobody waits any more.</summary>
    public void SignOut()
    {
        Watch(null);
        foreach (var actor in _actors.Values)
            actor.SignOut();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var actor in _actors.Values)
            actor.Dispose();
    }
}
