using Companion.Protocol;
using Companion.Server.Changes;
using Companion.Server.Environments;
using Companion.Server.Pacing;

namespace Companion.Server.Bounds;

/// <summary>
/// Decides what's in use, without input or output. When in doubt, it's in use: a connection counts until the gateway was seen to have ended it,
/// whatever its end was to be.
/// </summary>
internal static class ReservationRules
{
    /// <summary>How long after its reservation a connect that no one has confirmed may still take effect.</summary>
    public static readonly TimeSpan LatestStart = TimeSpan.FromMinutes(15);

    /// <summary>How long after a connection was confirmed a look from before may still come: a read can take 30 s, and replicas can be outdated.</summary>
    public static readonly TimeSpan LatestOldLook = TimeSpan.FromMinutes(1);

    // What has ended matters for the day, and what hasn't been seen to end for as long as anyone might look.
    private static readonly TimeSpan KeptAfterEnd = TimeSpan.FromDays(2);
    private static readonly TimeSpan LongestUnseen = TimeSpan.FromDays(30);

    /// <summary>The reservations that still matter.</summary>
    public static IReadOnlyList<Reservation> Prune(IReadOnlyList<Reservation> all, DateTimeOffset now) => all.All(one => IsNeeded(one, now)) ? all : [.. all.Where(one => IsNeeded(one, now))];

    /// <summary>The environments that count against <see cref="Limits.MaxEnvironments"/> when another one is added.</summary>
    public static IReadOnlyList<EnvironmentKey> Others(IReadOnlyList<Reservation> all, Reservation added) =>
        [.. all.Where(one => !one.IsOver && !IsSameEnvironment(one, added)).Select(static one => (one.Gateway, one.Key)).Distinct().Select(static one => one.Key)];

    /// <summary>The hours from one time to another, each multiplied by the ranks of its connection.</summary>
    /// <param name="now">Until then, a connection that hasn't been seen to end counts, even if it was to end before.</param>
    public static decimal RankHours(IEnumerable<Reservation> all, DateTimeOffset from, DateTimeOffset to, DateTimeOffset now) =>
        all.Sum(one => Math.Max(0, (Earlier(EndOf(one, now), to) - Later(one.From, from)).Ticks) * (decimal)one.Ranks) / TimeSpan.TicksPerHour;

    /// <summary>The first local day that has more rank-hours than allowed, from now to the end of a new reservation, or null if there's none.</summary>
    public static (decimal Hours, DateTimeOffset Day)? Excess(
        IReadOnlyList<Reservation> all, Reservation added, decimal most, DateTimeOffset now, TimeZoneInfo zone)
    {
        Reservation[] after = [.. all, added];
        var start = LocalDay.Start(now, zone);
        do
        {
            var end = LocalDay.End(start, zone);
            if (RankHours(after, start, end, now) is var hours && hours > most)
                return (hours, start);
            start = end;
        }
        while (start < added.Until);
        return null;
    }

    /// <summary>The connect was confirmed.</summary>
    public static Reservation Confirm(Reservation one, EnvironmentInfo seen) => ConnectionFingerprint.Of(seen) is not { } connection ? one : one with
    {
        IsOver = false, // another process may have given it up
        Connection = connection,
        ConfirmedAt = seen.ObservedAt,
        Until = one.Asked.DurationSeconds is { } seconds ? seen.ObservedAt + TimeSpan.FromSeconds(seconds) : one.Asked.Until,
    };

    /// <summary>Handles what the gateway reported about the environment.</summary>
    /// <param name="isContinuous">See <see cref="ConnectionTrail"/>.</param>
    /// <param name="isFree">True if no process is changing the environment.</param>
    /// <returns>The same object if nothing changes.</returns>
    public static Reservation Observe(Reservation one, EnvironmentInfo seen, bool isContinuous, bool isFree)
    {
        if (one.IsOver || seen.ObservedAt < one.From)
            return one;
        var isOff = seen.State is EnvironmentStates.Disconnected or EnvironmentStates.Deleting;
        if (one.Connection is not { } connection)
        {
            if (!isFree)
                return one;
            if (one.Asked.IsResult(seen))
                return Confirm(one, seen);
            var isOther = seen.State == EnvironmentStates.Connected && one.Asked.Connection.IsOnPool(seen.Connection) == false;
            return (isOff || isOther) && seen.ObservedAt - one.From > LatestStart ? End(one, seen) : one;
        }

        if (!IsFromAfter(one, connection, seen))
            return one;
        if (isOff || connection.IsOther(seen))
            return End(one, seen);
        return isContinuous && connection.IsLike(seen) && !connection.IsOf(seen)
            ? one with { Connection = connection with { UpdateTime = seen.UpdateTime } }
            : one;
    }

    /// <summary>Ends a reservation, because the gateway reported that the connection isn't there.</summary>
    public static Reservation End(Reservation one, EnvironmentInfo seen)
    {
        // What changed last on the gateway is the end of the connection, or came later. Unless nothing has changed since it was confirmed.
        var isKnown = seen.UpdateTime > one.Connection?.UpdateTime && seen.UpdateTime < seen.ObservedAt;
        return End(one, isKnown ? seen.UpdateTime!.Value : seen.ObservedAt);
    }

    /// <summary>Ends a reservation at a time.</summary>
    public static Reservation End(Reservation one, DateTimeOffset end) => one with { IsOver = true, Until = Later(end, one.From) };

    /// <summary>True if a connected environment shows the connection of a reservation.</summary>
    public static bool IsShownBy(Reservation one, EnvironmentInfo seen) =>
        !one.IsOver && (one.Connection is { } connection ? connection.IsOf(seen) : one.Asked.IsResult(seen));

    private static bool IsSameEnvironment(Reservation one, Reservation other) => one.Gateway == other.Gateway && one.Key == other.Key;

    // Another process may have confirmed the connection while this one read an outdated replica.
    private static bool IsFromAfter(Reservation one, ConnectionFingerprint connection, EnvironmentInfo seen) =>
        seen.UpdateTime > connection.UpdateTime || seen.ObservedAt - one.ConfirmedAt >= LatestOldLook;

    private static DateTimeOffset EndOf(Reservation one, DateTimeOffset now) => one switch
    {
        { IsOver: true, Until: { } end } => end,
        { Until: { } end } => Later(end, now),
        _ => DateTimeOffset.MaxValue,
    };

    private static bool IsNeeded(Reservation one, DateTimeOffset now) =>
        one.IsOver ? one.Until > now - KeptAfterEnd : (one.Until ?? one.From.AddYears(1)) > now - LongestUnseen;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
