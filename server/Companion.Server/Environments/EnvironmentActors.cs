using System.Collections.Concurrent;
using Companion.Server.Changes;
using Companion.Server.Storage;

namespace Companion.Server.Environments;

/// <summary>The environments that this process has to do with, and those that the client watches.</summary>
internal sealed class EnvironmentActors : IDisposable
{
    private static readonly TimeSpan LookAfterBell = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<EnvironmentKey, EnvironmentActor> _actors = new();
    private readonly Lock _lock = new();
    private readonly Func<EnvironmentKey, EnvironmentActor> _create;
    private readonly WatchRounds _rounds;
    private readonly NewsBell _bell;
    private readonly TimeProvider _time;
    private HashSet<EnvironmentKey> _watched = [];
    private IDisposable? _listening;
    private ITimer? _soon;

    /// <summary>None yet.</summary>
    /// <param name="create">Makes the actor of an environment.</param>
    /// <param name="rounds">Asks for those that are watched.</param>
    /// <param name="bell">Tells when another process has seen a change.</param>
    /// <param name="time">The clock.</param>
    public EnvironmentActors(Func<EnvironmentKey, EnvironmentActor> create, WatchRounds rounds, NewsBell bell, TimeProvider time)
    {
        (_create, _rounds, _bell, _time) = (create, rounds, bell, time);
        rounds.Overheard = (key, seen, fault) => this[key].Overhear(seen, fault);
    }

    /// <summary>The actor of an environment.</summary>
    public EnvironmentActor this[EnvironmentKey key] => _actors.GetOrAdd(key, _create);

    /// <summary>Watches these environments in place of the last ones.</summary>
    /// <param name="keys">Which; none to watch nothing.</param>
    /// <param name="inBackground">True while no person looks at them. That alone is no reason to ask again.</param>
    public void Watch(IEnumerable<EnvironmentKey> keys, bool inBackground = false)
    {
        HashSet<EnvironmentKey> watched = [.. keys];
        HashSet<EnvironmentKey> before;
        lock (_lock)
        {
            (before, _watched) = (_watched, watched);
            _rounds.Watch(watched, inBackground);
            Listen(watched.Count > 0);
        }

        foreach (var key in before.Except(watched))
            this[key].Watch(false);
        foreach (var key in inBackground ? watched.Except(before) : watched)
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
            _listening ??= _bell.Listen(LookAgainSoon);
            return;
        }

        _listening?.Dispose();
        _soon?.Dispose();
        (_listening, _soon) = (null, null);
    }

    // However often it rings meanwhile, one look is enough.
    private void LookAgainSoon()
    {
        lock (_lock)
        {
            if (_listening is not null)
                _soon ??= _time.CreateTimer(_ => LookAgain(), null, LookAfterBell, Timeout.InfiniteTimeSpan);
        }
    }

    private void LookAgain()
    {
        HashSet<EnvironmentKey> watched;
        lock (_lock)
        {
            watched = _watched;
            _soon?.Dispose();
            _soon = null;
        }

        foreach (var key in watched)
            this[key].Watch(true);
    }
}
