using System.Collections.Concurrent;
using Companion.Server.Changes;
using Companion.Server.Storage;

namespace Companion.Server.Environments;

/// <summary>The environments that this process has to do with, and those that the client watches.</summary>
internal sealed class EnvironmentActors : IDisposable
{
    private readonly ConcurrentDictionary<EnvironmentKey, EnvironmentActor> _actors = new();
    private readonly Lock _lock = new();
    private readonly Func<EnvironmentKey, EnvironmentActor> _create;
    private readonly WatchRounds _rounds;
    private readonly NewsBell _bell;
    private HashSet<EnvironmentKey> _watched = [];
    private IDisposable? _listening;

    /// <summary>None yet.</summary>
    /// <param name="create">Makes the actor of an environment.</param>
    /// <param name="rounds">Asks for those that are watched.</param>
    /// <param name="bell">Tells when another process has seen a change.</param>
    public EnvironmentActors(Func<EnvironmentKey, EnvironmentActor> create, WatchRounds rounds, NewsBell bell)
    {
        (_create, _rounds, _bell) = (create, rounds, bell);
        rounds.Overheard = (key, seen, fault) => this[key].Overhear(seen, fault);
    }

    /// <summary>The actor of an environment.</summary>
    public EnvironmentActor this[EnvironmentKey key] => _actors.GetOrAdd(key, _create);

    /// <summary>Watches these environments in place of the last ones.</summary>
    /// <param name="keys">Which; none to watch nothing.</param>
    public void Watch(IEnumerable<EnvironmentKey> keys)
    {
        HashSet<EnvironmentKey> watched = [.. keys];
        HashSet<EnvironmentKey> before;
        lock (_lock)
        {
            (before, _watched) = (_watched, watched);
            _rounds.Watch(watched);
            Listen(watched.Count > 0);
        }

        foreach (var key in before.Except(watched))
            this[key].Watch(false);
        foreach (var key in watched)
            this[key].Watch(true);
    }

    /// <summary>The key is gone: nothing is watched, and nobody waits any more.</summary>
    public void SignOut()
    {
        Watch([]);
        foreach (var actor in _actors.Values)
            actor.SignOut();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
            Listen(false);
        foreach (var actor in _actors.Values)
            actor.Dispose();
    }

    private void Listen(bool isNeeded)
    {
        if (isNeeded)
        {
            _listening ??= _bell.Listen(LookAgain);
            return;
        }

        _listening?.Dispose();
        _listening = null;
    }

    private void LookAgain()
    {
        HashSet<EnvironmentKey> watched;
        lock (_lock)
            watched = _watched;
        foreach (var key in watched)
            this[key].Watch(true);
    }
}
