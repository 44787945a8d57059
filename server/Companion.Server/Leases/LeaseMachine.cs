using Companion.Protocol;
using Companion.Server.Changes;
using static Companion.Server.Leases.LeaseEvent;

namespace Companion.Server.Leases;

/// <summary>
/// Decides what to do next about a lease, as a pure function of the stored lease and an event. Only the connection that it was set for is
/// ended, never early, and a disconnect whose outcome is unknown is never sent again.
/// </summary>
internal static class LeaseMachine
{
    /// <summary>How late an end may be noticed and still be kept without another notice.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(1);

    /// <summary>How long before the disconnect an end that has already passed is announced.</summary>
    public static readonly TimeSpan OverdueNotice = TimeSpan.FromMinutes(2);

    /// <summary>The wait after the first disconnect that had no effect. It doubles each time.</summary>
    public static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(30);

    /// <summary>The longest wait between two disconnects.</summary>
    public static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(10);

    /// <summary>The maximum number of disconnects.</summary>
    public const int MostTries = 10;

    /// <summary>How long an environment may look as if a connect hadn't happened before its end is forgotten.</summary>
    public static readonly TimeSpan LatestStart = TimeSpan.FromMinutes(2);

    // Minutes before the end, the last first.
    private static readonly int[] Notices = [2, 10, 30];

    /// <summary>The transition for an event.</summary>
    public static LeaseStep Next(Lease lease, LeaseEvent happened) => (lease.Kept?.Stage, happened) switch
    {
        (_, ConnectAsked e) => new(lease with { Asked = e.End }),
        (_, Connected e) when lease.Asked?.Id == e.Id => Start(lease, e.Environment),
        (_, NotConnected e) when lease.Asked?.Id == e.Id => Keep(lease with { Asked = null }),
        (_, Replaced) => new(null),
        (LeaseStage.Ending, LeaseEvent.Set or Cleared) => new(lease, LeaseAction.Refuse),
        (_, LeaseEvent.Set e) when IsTooLate(lease, e) => new(lease, LeaseAction.RefuseLater),
        (_, LeaseEvent.Set e) => new(AfterSet(lease, e)),
        (_, Cleared) => new(null),
        (_, Gone) => new(null),
        (LeaseStage.Kept, SystemKeeps e) when lease.Kept!.Until == e.Until => new(lease with { Kept = lease.Kept with { SystemUntil = e.Until } }),
        (not null, SystemReleases) => new(lease with { Kept = lease.Kept! with { SystemUntil = null } }),
        (_, Observed e) => AfterObserved(lease, e),
        (LeaseStage.Kept, Tick e) => AfterTick(lease, lease.Kept!, e.Now),

        // Its process ended, and no one knows what it sent. At first, it may not have taken the environment's lock yet.
        (LeaseStage.Ending, Tick { IsFree: true } e) when !(e.Now - lease.Kept!.NotBefore <= Tolerance) => Miss(lease),
        (LeaseStage.Ending, Ended e) => AfterEnded(lease, lease.Kept!, e),
        (LeaseStage.Ending, Broken) => Miss(lease),
        _ => new(lease),
    };

    /// <summary>When the lease needs a <see cref="Tick"/> next, or null if it doesn't.</summary>
    public static DateTimeOffset? NextTick(Lease lease, DateTimeOffset now)
    {
        if (lease.Kept is not { Stage: not LeaseStage.Missed } kept)
            return null;
        if (kept.Stage == LeaseStage.Ending)
            return now + Tolerance;
        var next = kept.NotBefore > kept.End ? kept.NotBefore.Value : kept.End;
        foreach (var minutes in Notices)
        {
            if (IsOwed(kept, minutes) && kept.End - TimeSpan.FromMinutes(minutes) < next)
                next = kept.End - TimeSpan.FromMinutes(minutes);
        }

        return next;
    }

    /// <summary>The lease for the client, or null if the connection has no end yet.</summary>
    public static LeaseInfo? Describe(Lease lease, DateTimeOffset now) => lease.Kept is not { } kept ? null : new LeaseInfo
    {
        Until = kept.End,
        KeptBy = kept.Stage == LeaseStage.Missed ? []
            : kept.SystemUntil == kept.End ? [LeaseKeepers.Vscode, LeaseKeepers.System]
            : [LeaseKeepers.Vscode],
        Missed = kept.Missed ?? (kept.Stage == LeaseStage.Missed || (kept.Stage == LeaseStage.Kept && now > kept.End + Tolerance) ? kept.Until : null),
    };

    private static LeaseStep Start(Lease lease, EnvironmentInfo environment)
    {
        if (ConnectionFingerprint.Of(environment) is not { } connection)
            return new(lease); // only accepted so far
        var asked = lease.Asked!;
        var until = asked.Until ?? environment.ObservedAt + TimeSpan.FromSeconds(asked.DurationSeconds ?? 0);
        return new(lease with { Asked = null, Kept = new KeptEnd(connection, environment.ObservedAt, until) });
    }

    // An end that isn't known yet is at least this late.
    private static bool IsTooLate(Lease lease, LeaseEvent.Set e) =>
        EndOf(e) > e.LatestMove && (EndOf(e) > lease.Kept?.End || EndOf(e) > lease.Asked?.Earliest);

    private static DateTimeOffset EndOf(LeaseEvent.Set e) => e.End.Until ?? e.Now + TimeSpan.FromSeconds(e.End.DurationSeconds ?? 0);

    private static Lease AfterSet(Lease lease, LeaseEvent.Set e)
    {
        var asked = lease.Asked is { } a ? a with { Until = e.End.Until, DurationSeconds = e.End.DurationSeconds } : null;
        return ConnectionFingerprint.Of(e.Environment) is not { } connection
            ? lease with { Asked = asked }
            : lease with
            {
                Asked = asked?.IsResult(e.Environment) == true ? null : asked, // otherwise it would start again
                Kept = new KeptEnd(connection, e.Now, EndOf(e))
                {
                    SystemUntil = lease.Kept?.SystemUntil, // its timer is moved next
                },
            };
    }

    private static LeaseStep AfterObserved(Lease lease, Observed e)
    {
        var now = e.Environment;
        var isOver = IsOver(now);
        if (lease.Kept is { } kept && !IsFromBefore(kept, now))
        {
            if (isOver || kept.Connection.IsOther(now))
                lease = lease with { Kept = null };
            else if (e.IsContinuous && kept.Stage == LeaseStage.Kept && kept.Connection.IsLike(now) && !kept.Connection.IsOf(now))
                lease = lease with { Kept = kept with { Connection = kept.Connection with { UpdateTime = now.UpdateTime } } };
        }

        if (lease.Asked is { } asked && e.IsFree && now.ObservedAt >= asked.Since)
        {
            if (asked.IsResult(now))
                return Start(lease, now);
            if ((isOver || now.State == EnvironmentStates.Connected) && e.Now - asked.Since > LatestStart)
                lease = lease with { Asked = null };
        }

        return Keep(lease);
    }

    private static bool IsOver(EnvironmentInfo now) => now.State is EnvironmentStates.Disconnected or EnvironmentStates.Deleting;

    // Another process may have confirmed the connection after this one last read the environment, or while this one read an outdated replica.
    private static bool IsFromBefore(KeptEnd kept, EnvironmentInfo now) =>
        now.ObservedAt < kept.Since || now.UpdateTime < kept.Connection.UpdateTime;

    private static LeaseStep AfterTick(Lease lease, KeptEnd kept, DateTimeOffset now)
    {
        if (now < kept.End)
        {
            foreach (var minutes in Notices)
            {
                if (kept.End - now <= TimeSpan.FromMinutes(minutes) && IsOwed(kept, minutes))
                    return new(lease with { Kept = kept with { Noticed = minutes } }, LeaseAction.Notify);
            }

            return new(lease);
        }

        var due = kept.NotBefore > kept.End ? kept.NotBefore.Value : kept.End;
        if (now < due)
            return new(lease);
        return now - due > Tolerance
            ? new(lease with { Kept = kept with { MadeUpAt = now + OverdueNotice, Missed = kept.Missed ?? kept.Until, NotBefore = null } }, LeaseAction.Notify)
            : new(lease with { Kept = kept with { Stage = LeaseStage.Ending, NotBefore = now } }, LeaseAction.Disconnect);
    }

    // A lease is announced only at times after it was set. A disconnect that makes up for a missed end is announced when it's planned.
    private static bool IsOwed(KeptEnd kept, int minutes) =>
        kept.MadeUpAt is null && minutes < (kept.Noticed ?? int.MaxValue) && TimeSpan.FromMinutes(minutes) < kept.Until - kept.Since;

    private static LeaseStep AfterEnded(Lease lease, KeptEnd kept, Ended e) => e.Answer switch
    {
        ChangeAnswer.Done or ChangeAnswer.Faulted { Outcome: Outcomes.Applied } => Keep(lease with { Kept = null }),
        null or ChangeAnswer.Busy => Again(lease, kept, e.Now, FirstRetry),

        ChangeAnswer.Withheld { Environment: var now } when IsOver(now) || kept.Connection.IsOther(now) => Keep(lease with { Kept = null }),

        // It was connected the same way, but perhaps by someone else in the meantime.
        ChangeAnswer.Withheld { Environment: var now } when now.State == EnvironmentStates.Connected => Miss(lease),
        ChangeAnswer.Withheld => Again(lease, kept, e.Now, FirstRetry),

        // Only a new failure proves that it's still the same connection.
        ChangeAnswer.SettledElsewhere { Environment: { Status: not (null or { Code: "OK" }) } now } when kept.Connection.IsLike(now) =>
            TryAgain(lease, kept with { Connection = kept.Connection with { UpdateTime = now.UpdateTime } }, e.Now),
        ChangeAnswer.Faulted { Outcome: Outcomes.NotApplied } or ChangeAnswer.Left { Outcome: Outcomes.NotApplied } => TryAgain(lease, kept, e.Now),
        _ => Miss(lease),
    };

    private static LeaseStep TryAgain(Lease lease, KeptEnd kept, DateTimeOffset now)
    {
        var tries = kept.Tries + 1;
        if (tries >= MostTries)
            return Miss(lease);
        var wait = FirstRetry * Math.Pow(2, tries - 1);
        return Again(lease, kept with { Tries = tries }, now, wait < LongestRetry ? wait : LongestRetry);
    }

    private static LeaseStep Again(Lease lease, KeptEnd kept, DateTimeOffset now, TimeSpan wait) => new(lease with
    {
        Kept = kept with { Stage = LeaseStage.Kept, Missed = kept.Missed ?? kept.Until, NotBefore = now + wait },
    });

    private static LeaseStep Miss(Lease lease) =>
        new(lease with { Kept = lease.Kept! with { Stage = LeaseStage.Missed, Missed = lease.Kept.Missed ?? lease.Kept.Until } });

    private static LeaseStep Keep(Lease lease) => new(lease is { Kept: null, Asked: null } ? null : lease);
}
