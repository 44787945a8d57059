using Companion.Protocol;
using Companion.Server.Changes;
using Companion.Server.Environments;

namespace Companion.Server.Bounds;

/// <summary>
/// The reservations as this process knows them. What it observes ends them, whoever made them, so every server takes part, also that of a person.
/// </summary>
/// <param name="isFree">True if no process is changing the environment.</param>
/// <param name="accountId">Returns the account in use, or null while it is unknown.</param>
internal sealed class ReservationBook(
    ReservationStore store, string gateway, Func<EnvironmentKey, bool> isFree, Func<string?> accountId, TimeProvider time)
{
    // Observations can come by the thousand. One that's too early to know a new reservation only ends it later.
    private static readonly TimeSpan ReadInterval = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly ConnectionTrail _trail = new(time);
    private IReadOnlyList<Reservation> _all = []; // replaced, never changed
    private long? _readAt;

    /// <summary>The gateway that this process uses.</summary>
    public string Gateway => gateway;

    /// <summary>The reservations that matter, as they're stored now. None if they can't be read.</summary>
    public IReadOnlyList<Reservation> Read()
    {
        lock (_lock)
        {
            _readAt = time.GetTimestamp();
            _all = ReservationRules.Prune(store.Read(), time.GetUtcNow());
            return _all;
        }
    }

    /// <summary>Adds a reservation, atomically for all processes, unless it's refused.</summary>
    /// <param name="refuse">Takes the reservations that matter, and returns why another one may not be added, or null.</param>
    /// <returns>Why it was refused, or why it couldn't be stored.</returns>
    public (BoundRefusal? Refusal, string? Reason) Add(Reservation added, Func<IReadOnlyList<Reservation>, BoundRefusal?> refuse)
    {
        BoundRefusal? refusal = null;
        var reason = Change(all =>
        {
            var needed = ReservationRules.Prune(all, time.GetUtcNow());
            refusal = refuse(needed);
            return refusal is null ? [.. needed, added] : all;
        });
        return (refusal, reason);
    }

    /// <summary>Moves the end of a reservation to a later time, atomically for all processes, unless it's refused.</summary>
    /// <param name="refuse">Takes the other reservations and the moved one, and returns why it may not be moved, or null.</param>
    /// <returns>Why it was refused, or why it couldn't be stored.</returns>
    public (BoundRefusal? Refusal, string? Reason) Extend(
        Reservation one, DateTimeOffset until, Func<IReadOnlyList<Reservation>, Reservation, BoundRefusal?> refuse)
    {
        BoundRefusal? refusal = null;
        Reservation? found = null;
        var reason = Change(all =>
        {
            found = all.FirstOrDefault(stored => stored.Asked.Id == one.Asked.Id && !stored.IsOver);
            if (found is null || !(found.Until < until))
                return all;
            var moved = found with { Until = until };
            refusal = refuse([.. all.Where(stored => stored != found)], moved);
            return refusal is null ? [.. all.Select(stored => stored == found ? moved : stored)] : all;
        });
        return (refusal, reason ?? (found is null ? "The connection has ended." : null));
    }

    /// <summary>The connect was confirmed. Whatever the environment was connected to before has ended, but perhaps the next connect has begun.</summary>
    public void Confirm(Reservation one, EnvironmentInfo seen) => Change(all =>
    [
        .. all.Select(stored =>
            stored.Asked.Id == one.Asked.Id ? ReservationRules.Confirm(stored, seen)
            : !stored.IsOver && IsFor(stored, one.Key) && stored.From <= one.From ? ReservationRules.End(stored, seen.ObservedAt)
            : stored),
    ]);

    /// <summary>Gives a reservation back: the gateway has done nothing for it.</summary>
    public void Remove(Reservation one) => Change(all => [.. all.Where(stored => stored.Asked.Id != one.Asked.Id)]);

    /// <summary>Ends a reservation now.</summary>
    public void End(Reservation one) => Update(
        one.Key, stored => stored.Asked.Id == one.Asked.Id ? ReservationRules.End(stored, time.GetUtcNow()) : stored);

    /// <summary>The connection that an environment had was ended.</summary>
    public void EndAll(EnvironmentKey key, EnvironmentInfo seen) =>
        Update(key, stored => stored.From <= seen.ObservedAt ? ReservationRules.End(stored, seen) : stored);

    /// <summary>The end of the connection is earlier now.</summary>
    public void Shorten(Reservation one, DateTimeOffset until) => Update(
        one.Key, stored => stored.Asked.Id == one.Asked.Id && !(stored.Until <= until) ? stored with { Until = until } : stored);

    /// <summary>The reservation whose connection an environment shows, as this process last read them, or null.</summary>
    /// <param name="actor">Who asks. What an agent may call its own, it has started; the command line can't tell who uses it.</param>
    /// <param name="except">A reservation that was just made, and can't have a connection yet.</param>
    public Reservation? Own(EnvironmentInfo seen, string actor, Reservation? except = null)
    {
        var key = new EnvironmentKey(seen.AccountId, seen.EnvironmentId);
        return Volatile.Read(ref _all).LastOrDefault(one =>
            IsFor(one, key) && ReservationRules.IsShownBy(one, seen) && one.Asked.Id != except?.Asked.Id && (actor != Actors.Agent || one.Actor == actor));
    }

    /// <summary>Who started the connection of an environment, if that was an agent, otherwise null.</summary>
    public string? StartedBy(EnvironmentInfo environment) =>
        Own(environment, Actors.Agent) is { Connection: not null } ? Actors.Agent : null;

    /// <summary>Handles what the gateway reported about an environment.</summary>
    public void Observe(EnvironmentChangedParams changed)
    {
        var key = new EnvironmentKey(changed.AccountId, changed.EnvironmentId);
        if (!Recent().Any(one => !one.IsOver && IsFor(one, key)))
            return;
        if (changed is { Environment: { } seen, Problem: null })
            Observe(key, seen);
        else if (MissingEnvironment.IsIn(changed, accountId()))
            Update(key, one => ReservationRules.End(one, time.GetUtcNow()));
    }

    private void Observe(EnvironmentKey key, EnvironmentInfo seen)
    {
        Reservation[] open = [.. Volatile.Read(ref _all).Where(one => !one.IsOver && IsFor(one, key))];
        var isContinuous = _trail.IsContinuous(key, open[^1].Connection, seen);
        if (!Matters(areFree: true))
            return;
        var areFree = isFree(key);
        if (Matters(areFree))
            Update(key, one => Next(one, areFree));

        bool Matters(bool areFree) => open.Any(one => !ReferenceEquals(Next(one, areFree), one));

        Reservation Next(Reservation one, bool areFree) =>
            ReservationRules.Observe(one, seen, isContinuous && one.Asked.Id == open[^1].Asked.Id, areFree);
    }

    private IReadOnlyList<Reservation> Recent()
    {
        lock (_lock)
            return _readAt is { } readAt && time.GetElapsedTime(readAt) < ReadInterval ? _all : Read();
    }

    private void Update(EnvironmentKey key, Func<Reservation, Reservation> update)
    {
        Change(all =>
        {
            Reservation[] after = [.. all.Select(one => !one.IsOver && IsFor(one, key) ? update(one) : one)];
            return after.SequenceEqual(all) ? all : after;
        });
    }

    private string? Change(Func<IReadOnlyList<Reservation>, IReadOnlyList<Reservation>> change)
    {
        lock (_lock)
        {
            var reason = store.Change(change, out var all);
            if (reason is null)
                (_all, _readAt) = (all, time.GetTimestamp());
            return reason;
        }
    }

    private bool IsFor(Reservation one, EnvironmentKey key) => one.Gateway == gateway && one.Key == key;
}
