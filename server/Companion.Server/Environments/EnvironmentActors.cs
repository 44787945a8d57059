using System.Collections.Concurrent;
using Companion.Server.Changes;
using Companion.Server.Storage;

namespace Companion.Server.Environments;

/// <summary>
/// The environments that the client watches or changes. Others are removed; <see cref="EnvironmentChangePublisher"/> keeps their last
/// state.
/// </summary>
internal sealed class EnvironmentActors : IDisposable
{
    private static readonly TimeSpan ReadAfterSignal = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<EnvironmentKey, Used> _actors = []; // changed under the lock
    private readonly Lock _lock = new();
    private readonly Func<EnvironmentKey, EnvironmentActor> _create;
    private readonly WatchBatcher _batcher;
    private readonly CrossProcessSignal _signal;
    private readonly TimeProvider _time;
    private HashSet<EnvironmentKey> _watched = [];
    private IDisposable? _listening;
    private ITimer? _soon;

    /// <summary>Starts without environments.</summary>
    /// <param name="create">Called under a lock.</param>
    public EnvironmentActors(Func<EnvironmentKey, EnvironmentActor> create, WatchBatcher batcher, CrossProcessSignal signal, TimeProvider time)
    {
        (_create, _batcher, _signal, _time) = (create, batcher, signal, time);
        batcher.ListObserved = (key, seen, fault) => Find(key)?.ObserveInList(seen, fault);
    }

    /// <summary>The change in progress for an environment, or null. Takes no lock.</summary>
    public Change? UnderWay(EnvironmentKey key) => Find(key)?.UnderWay;

    /// <summary>
    /// Runs a change like <see cref="EnvironmentActor.RunAsync"/>. The environment is kept until the change is over.
    /// </summary>
    /// <param name="expected">How long such a change usually takes, or null if unknown.</param>
    /// <param name="over">Called once, when the change is over or couldn't be started.</param>
    public Task<ChangeAnswer> RunAsync(
        Change change, TimeSpan timeout, TimeSpan? expected, ChangeProgress? progress, Action<ChangeAnswer?> over, CancellationToken cancellationToken)
    {
        EnvironmentActor actor;
        try
        {
            lock (_lock)
                actor = Use(change.Key);
        }
        catch
        {
            over(null);
            throw;
        }

        return actor.RunAsync(change, timeout, expected, progress, Over, cancellationToken);

        void Over(ChangeAnswer? result)
        {
            lock (_lock)
                Leave(change.Key);
            over(result);
        }
    }

    /// <summary>Watches these environments instead of the previous ones.</summary>
    /// <param name="inBackground">True while no one is looking at the window. Changing only this doesn't trigger a read.</param>
    public void Watch(IEnumerable<EnvironmentKey> keys, bool inBackground = false)
    {
        HashSet<EnvironmentKey> watched = [.. keys];
        EnvironmentKey[] ended;
        EnvironmentActor[] left;
        EnvironmentActor[] toRead;
        lock (_lock)
        {
            ended = [.. _watched.Except(watched)];
            left = Array.ConvertAll(ended, key => _actors[key].Actor);
            EnvironmentKey[] begun = [.. watched.Except(_watched)];
            var begin = Array.ConvertAll(begun, Use);
            toRead = inBackground ? begin : [.. watched.Select(key => _actors[key].Actor)];
            _watched = watched;
            _batcher.Watch(watched, inBackground);
            Listen(watched.Count > 0);
        }

        foreach (var actor in left)
            actor.Watch(false);
        lock (_lock)
            Array.ForEach(ended, Leave);
        Read(toRead);
    }

    /// <summary>Handles signing out: stops watching and ends all waiting.</summary>
    public void SignOut()
    {
        Watch([]);
        foreach (var actor in All())
            actor.SignOut();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
            Listen(false);
        foreach (var actor in All())
            actor.Dispose();
    }

    private EnvironmentActor? Find(EnvironmentKey key) => _actors.GetValueOrDefault(key)?.Actor;

    private EnvironmentActor[] All()
    {
        lock (_lock)
            return [.. _actors.Values.Select(static used => used.Actor)];
    }

    private EnvironmentActor Use(EnvironmentKey key)
    {
        if (!_actors.TryGetValue(key, out var used))
            _actors[key] = used = new Used(_create(key));
        used.Count++;
        return used.Actor;
    }

    private void Leave(EnvironmentKey key)
    {
        if (--_actors[key].Count == 0)
            _actors.Remove(key, out _);
    }

    private void Listen(bool isNeeded)
    {
        if (isNeeded)
        {
            _listening ??= _signal.Listen(ReadAgainSoon);
            return;
        }

        _listening?.Dispose();
        _soon?.Dispose();
        (_listening, _soon) = (null, null);
    }

    // One read is enough, no matter how many signals arrive in the meantime.
    private void ReadAgainSoon()
    {
        lock (_lock)
        {
            if (_listening is not null)
                _soon ??= _time.CreateTimer(_ => ReadAgain(), null, ReadAfterSignal, Timeout.InfiniteTimeSpan);
        }
    }

    private void ReadAgain()
    {
        EnvironmentActor[] watched;
        lock (_lock)
        {
            watched = [.. _watched.Select(key => _actors[key].Actor)];
            _soon?.Dispose();
            _soon = null;
        }

        Read(watched);
    }

    private void Read(EnvironmentActor[] watched) => _batcher.Gather(() => Array.ForEach(watched, static actor => actor.Watch(true)));

    /// <summary>An actor and its number of users: one for watching, and one for each change.</summary>
    private sealed class Used(EnvironmentActor actor)
    {
        public EnvironmentActor Actor => actor;

        public int Count { get; set; }
    }
}
