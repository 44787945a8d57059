using Companion.Server.Changes;
using Companion.Server.Storage;

namespace Companion.Server.Environments;

/// <summary>
/// The environments that the client watches or changes. One that it does neither with is forgotten: <see cref="EnvironmentNews"/> knows
/// how it was.
/// </summary>
internal sealed class EnvironmentActors : IDisposable
{
    private static readonly TimeSpan LookAfterBell = TimeSpan.FromSeconds(1);

    private readonly Dictionary<EnvironmentKey, Used> _actors = [];
    private readonly Lock _lock = new();
    private readonly Func<EnvironmentKey, EnvironmentActor> _create;
    private readonly WatchRounds _rounds;
    private readonly NewsBell _bell;
    private readonly TimeProvider _time;
    private HashSet<EnvironmentKey> _watched = [];
    private IDisposable? _listening;
    private ITimer? _soon;

    /// <summary>None yet.</summary>
    /// <param name="create">Makes the actor of an environment; called under a lock.</param>
    /// <param name="rounds">Asks for those that are watched.</param>
    /// <param name="bell">Tells when another process has seen a change.</param>
    /// <param name="time">The clock.</param>
    public EnvironmentActors(Func<EnvironmentKey, EnvironmentActor> create, WatchRounds rounds, NewsBell bell, TimeProvider time)
    {
        (_create, _rounds, _bell, _time) = (create, rounds, bell, time);
        rounds.Overheard = (key, seen, fault) => Find(key)?.Overhear(seen, fault);
    }

    /// <summary>The change of an environment that is under way, or null.</summary>
    /// <param name="key">Which environment.</param>
    public Change? UnderWay(EnvironmentKey key) => Find(key)?.UnderWay;

    /// <summary>Carries out a change, as <see cref="EnvironmentActor.CarryOutAsync"/> does. Until it is over, the environment is not forgotten.</summary>
    /// <param name="change">What to do.</param>
    /// <param name="timeout">How long the caller waits.</param>
    /// <param name="expected">How long such a change usually takes, where that was learned.</param>
    /// <param name="progress">Is told the stages, or null.</param>
    /// <param name="over">Called once, when nothing of the change is left, and also where it could not be begun.</param>
    /// <param name="cancellationToken">The caller stops waiting.</param>
    public Task<ChangeAnswer> CarryOutAsync(
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

        return actor.CarryOutAsync(change, timeout, expected, progress, Over, cancellationToken);

        void Over(ChangeAnswer? told)
        {
            lock (_lock)
                Leave(change.Key);
            over(told);
        }
    }

    /// <summary>Watches these environments in place of the last ones.</summary>
    /// <param name="keys">Which; none to watch nothing.</param>
    /// <param name="inBackground">True while no person looks at them. That alone is no reason to ask again.</param>
    public void Watch(IEnumerable<EnvironmentKey> keys, bool inBackground = false)
    {
        HashSet<EnvironmentKey> watched = [.. keys];
        EnvironmentKey[] ended;
        EnvironmentActor[] left;
        EnvironmentActor[] looked;
        lock (_lock)
        {
            ended = [.. _watched.Except(watched)];
            left = Array.ConvertAll(ended, key => _actors[key].Actor);
            EnvironmentKey[] begun = [.. watched.Except(_watched)];
            var begin = Array.ConvertAll(begun, Use);
            looked = inBackground ? begin : [.. watched.Select(key => _actors[key].Actor)];
            _watched = watched;
            _rounds.Watch(watched, inBackground);
            Listen(watched.Count > 0);
        }

        foreach (var actor in left)
            actor.Watch(false);
        lock (_lock)
            Array.ForEach(ended, Leave);
        foreach (var actor in looked)
            actor.Watch(true);
    }

    /// <summary>The key is gone: nothing is watched, and nobody waits any more.</summary>
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

    private EnvironmentActor? Find(EnvironmentKey key)
    {
        lock (_lock)
            return _actors.GetValueOrDefault(key)?.Actor;
    }

    private EnvironmentActor[] All()
    {
        lock (_lock)
            return [.. _actors.Values.Select(static used => used.Actor)];
    }

    private EnvironmentActor Use(EnvironmentKey key)
    {
        if (!_actors.TryGetValue(key, out var used))
            _actors.Add(key, used = new Used(_create(key)));
        used.Count++;
        return used.Actor;
    }

    private void Leave(EnvironmentKey key)
    {
        if (--_actors[key].Count == 0)
            _actors.Remove(key);
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
        EnvironmentActor[] watched;
        lock (_lock)
        {
            watched = [.. _watched.Select(key => _actors[key].Actor)];
            _soon?.Dispose();
            _soon = null;
        }

        foreach (var actor in watched)
            actor.Watch(true);
    }

    /// <summary>An actor, and how many use it: one for watching, and one for each change.</summary>
    private sealed class Used(EnvironmentActor actor)
    {
        public EnvironmentActor Actor => actor;

        public int Count { get; set; }
    }
}
