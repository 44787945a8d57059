using Companion.Gateway;
using Companion.Protocol;
using Companion.Server.Changes;
using Companion.Server.Pacing;
using static Companion.Server.Changes.ChangeAnswer;
using static Companion.Server.Environments.EnvironmentAction;
using static Companion.Server.Environments.EnvironmentEvent;

namespace Companion.Server.Environments;

/// <summary>
/// Decides what to do next about an environment, as a pure function of the known state and an event. A change is sent again only if it's
/// proven not to have taken effect. Nothing is reported that the gateway hasn't confirmed. Every change comes to an end.
/// </summary>
internal static class EnvironmentMachine
{
    /// <summary>
    /// How late a change whose response was lost may still take effect, and how outdated a replica of the gateway may be. Until then,
    /// nothing that contradicts a change is trusted.
    /// </summary>
    public static readonly TimeSpan SettleWindow = TimeSpan.FromSeconds(15);

    /// <summary>How long to retry reads while the gateway doesn't respond, before the outcome is reported as unknown.</summary>
    public static readonly TimeSpan AskBudget = TimeSpan.FromSeconds(60);

    /// <summary>The same after the change was accepted: only the notification is at stake then.</summary>
    public static readonly TimeSpan WaitingBudget = TimeSpan.FromMinutes(5);

    /// <summary>How long an accepted change may have no visible effect before its outcome is reported as unknown.</summary>
    public static readonly TimeSpan AcceptedWindow = TimeSpan.FromMinutes(2);

    /// <summary>The longest wait before a change is sent again. If the gateway requires more, it's up to the user.</summary>
    public static readonly TimeSpan LongestResendDelay = TimeSpan.FromMinutes(1);

    /// <summary>The maximum number of times that a change is sent.</summary>
    public const int MostSends = 4;

    /// <summary>The transition for an event.</summary>
    public static EnvironmentStep Next(EnvironmentState s, EnvironmentEvent happened) => (s.Phase, happened) switch
    {
        // ── the table ─────────────────────────────────────────────────────────────────────────────────────────────────────
        // Phase and event                               │ what to do next
        (Phase.Idle, ChangeRequested e)                  => Check(s, e),
        (_, ChangeRequested)                             => Do(s, new Nothing(), new Busy(s.Change!.Asked)),
        (Phase.Idle, Watched)                            => Do(s with { IsWatched = true, Reads = 0, Misses = 0 }, new Ask(TimeSpan.Zero, TimeSpan.Zero, IsUrgent: false)),
        (_, Watched)                                     => Do(s with { IsWatched = true }, new Nothing()),
        (Phase.Idle, Unwatched)                          => Idle(s with { IsWatched = false }),
        (_, Unwatched)                                   => Do(s with { IsWatched = false }, new Nothing()),

        (Phase.Idle, Observed e)                         => Idle(s with { Now = e.Environment, Reads = ReadsWhileChanging(s, e), Misses = 0 }),
        (Phase.Idle, NotObserved e)                      => Idle(s with { Now = RetryRules.IsGone(e.Fault) ? null : s.Now, Misses = s.Misses + 1 }, e.Fault),
        (Phase.Idle, ListObserved e) when s.IsWatched    => Next(s, e.Result),
        (Phase.Idle, Unlisted) when IsExpectedInList(s)  => Do(s, new Ask(TimeSpan.Zero, TimeSpan.Zero, IsUrgent: false) { IsSingle = true }),

        (_, Observed e) when IsStale(s, e)               => Ask(Record(s, e), PollDelays.Backoff(s.Change!.Reads)),
        (Phase.Checking, Observed e) when !MayBeSent(s, e) => End(Record(s, e), new Withheld(e.Environment)),
        (Phase.Checking, Observed e)                     => Send(Record(s, e), e, before: e.Environment),
        (Phase.Checking, NotObserved e)                  => End(s, Failure(s, e.Fault, Outcomes.NotApplied)),

        (Phase.Sending, Accepted) when IsAnswered(s)     => Finish(s),
        (Phase.Sending, Accepted e)                      => AfterAccepted(s, e),
        (Phase.Sending, NotAccepted) when IsAnswered(s)  => Finish(s),
        (Phase.Sending, NotAccepted e)                   => AfterNotAccepted(s, e),
        (Phase.Sending, Observed e)                      => Do(Record(s, e), new Nothing()),

        (Phase.Settling, Observed e)                     => AfterSettlingRead(Record(s, e), e),
        (Phase.Waiting, Observed e)                      => AfterWaitingRead(Record(s, e), e),
        (Phase.Settling or Phase.Waiting, NotObserved e) => AfterNotObserved(s, e),

        (Phase.RefreshingAfterRefusal, Observed e)       => End(Record(s, e), Failure(s, s.Change!.Fault!, Outcomes.NotApplied, e)),
        (Phase.RefreshingAfterRefusal, NotObserved)      => End(s, Failure(s, s.Change!.Fault!, Outcomes.NotApplied)),

        (_, Cancelled e) when IsAbout(s, e.Change)       => Leave(s, LeaveReason.Cancelled),
        (_, TimedOut e) when IsAbout(s, e.Change)        => Leave(s, LeaveReason.TimedOut),
        (Phase.Idle, SignedOut)                          => Idle(s with { IsWatched = false }),
        (_, SignedOut) when IsAnswered(s)                => Do(s with { IsWatched = false }, new Nothing()),
        (_, SignedOut)                                   => Leave(s with { IsWatched = false }, LeaveReason.SignedOut),
        _                                                => Do(s, new Nothing()), // late events of a change that's over
        // ── end of the table ──────────────────────────────────────────────────────────────────────────────────────────────
    };

    private static EnvironmentStep Check(EnvironmentState s, ChangeRequested e) => Ask(
        s with { Phase = Phase.Checking, Change = new ChangeState(e.Change, e.At + e.Timeout, e.Expected) { PhaseBegan = e.At } },
        TimeSpan.Zero);

    private static EnvironmentStep Send(EnvironmentState s, EnvironmentEvent e, EnvironmentInfo before)
    {
        var sending = Enter(s, Phase.Sending, e);
        return Do(sending with { Change = sending.Change! with { Before = before, Sent = sending.Change.Sent + 1 } }, new Send());
    }

    private static bool MayBeSent(EnvironmentState s, Observed e) => s.Change!.Asked.MayBeSent(e.Environment);

    private static EnvironmentStep AfterAccepted(EnvironmentState s, Accepted e) =>
        Ask(MayBeLate(With(Enter(s, Phase.Waiting, e), c => c with { Fault = null, MayHaveArrived = true }), e), TimeSpan.Zero);

    private static EnvironmentStep AfterNotAccepted(EnvironmentState s, NotAccepted e)
    {
        var undone = !RetryRules.MayHaveTakenPlace(e.Fault);
        var settling = With(Enter(s, Phase.Settling, e), c => c with
        {
            Fault = e.Fault,
            IsProvenUndone = undone,
            MayHaveArrived = c.MayHaveArrived || e.Fault.Kind != FaultKind.NotSent,
            MayBeLateUntil = TimeSpan.Zero,
        });
        if (!undone)
            settling = MayBeLate(settling, e);
        var wait = RetryRules.Wait(e.Fault, s.Change!.Sent - 1, undone);
        if (!undone && wait >= AskBudget)
            return End(s, Failure(settling, e.Fault, Outcomes.Unknown)); // the gateway doesn't allow reads for too long
        if (!undone || MayBeSentAgain(settling, e.At))
            return Ask(settling, wait);

        // The current state helps explain such a rejection.
        return e.Fault.Code is GoogleRpcCode.FailedPrecondition
            ? Ask(settling with { Phase = Phase.RefreshingAfterRefusal }, TimeSpan.Zero)
            : End(s, Failure(settling, e.Fault, Outcomes.NotApplied));
    }

    private static EnvironmentStep AfterSettlingRead(EnvironmentState s, Observed e)
    {
        var change = s.Change!;
        return Judge(change, e) switch
        {
            Verdict.InEffect => End(s, new Done(change.Asked.WithDifferences(e.Environment))),
            Verdict.UnderWay when change.Asked.Wait == Wait.Settled => Ask(Enter(s, Phase.Waiting, e), PollDelays.FirstPoll),
            Verdict.UnderWay when change.Asked.HasBegun(e.Environment) => End(s, new Done(e.Environment)),
            Verdict.UnderWay => Ask(s, PollDelays.Poll(change.Reads, TimeSpan.Zero, expected: null)), // probably someone else's

            // Whatever the state is now, the request may still arrive.
            _ when MayBeLate(s, e) => Ask(s, PollDelays.Backoff(change.Reads)),
            Verdict.Unchanged when MayBeSentAgain(s, e.At) && MayBeSent(s, e) && Change.IsSame(change.Before!, e.Environment) => Send(s, e, change.Before!),
            Verdict.Unchanged or Verdict.Failed => End(s, Failure(s, change.Fault!, Outcomes.NotApplied, e)),
            _ when change.IsProvenUndone => End(s, Failure(s, change.Fault!, Outcomes.NotApplied, e)),
            _ => End(s, new Unclear(e.Environment, change.Fault)),
        };
    }

    private static EnvironmentStep AfterWaitingRead(EnvironmentState s, Observed e)
    {
        var change = s.Change!;
        if (change.Asked.Wait == Wait.Accepted)
            return End(s, new Done(e.Environment));
        var waited = e.At - change.PhaseBegan;
        return Judge(change, e) switch
        {
            Verdict.InEffect => End(s, new Done(change.Asked.WithDifferences(e.Environment))),
            Verdict.Differs when change.Fault is null => End(s, new Done(change.Asked.WithDifferences(e.Environment))),
            Verdict.UnderWay => Ask(s, PollDelays.Poll(change.Reads, waited, change.Expected)),

            // Whatever the state is now, it may be from before the change.
            _ when MayBeLate(s, e) => Ask(s, PollDelays.Backoff(change.Reads)),
            Verdict.Failed => End(s, new SettledElsewhere(e.Environment, IsAccepted: change.Fault is null)),
            Verdict.BackAsBefore when change.HasMoved => End(s, new SettledElsewhere(e.Environment, IsAccepted: change.Fault is null)),
            Verdict.Unclear or Verdict.Differs => End(s, new Unclear(e.Environment, change.Fault)),
            Verdict.Unchanged when change.Fault is { } fault => End(s, Failure(s, fault, Outcomes.NotApplied, e)), // it only looked under way
            _ when waited >= AcceptedWindow => End(s, new NothingHappened(e.Environment)),
            _ => Ask(s, PollDelays.Poll(change.Reads, waited, change.Expected)),
        };
    }

    // After a lost response, what the gateway omits could be another one's change.
    private static Verdict Judge(ChangeState change, Observed e) =>
        change.Asked.Judge(change.Before!, e.Environment) is var verdict && verdict == Verdict.InEffect && change.Fault is not null
            && !change.Asked.IsShownBy(e.Environment)
            ? Verdict.Unclear
            : verdict;

    private static EnvironmentStep AfterNotObserved(EnvironmentState s, NotObserved e)
    {
        var change = s.Change!;
        if (RetryRules.IsGone(e.Fault))
        {
            // The change may still take effect, and then the gateway was wrong. It isn't if it was deleting the environment.
            if (s.Phase == Phase.Settling && e.At < change.MayBeLateUntil && s.Now?.State != EnvironmentStates.Deleting)
                return Ask(With(s, c => c with { Reads = c.Reads + 1 }), PollDelays.Backoff(change.Reads));
            var gone = s with { Now = null };
            return End(gone, Failure(gone, e.Fault, change.Asked.OutcomeWhenGone));
        }

        var outcome = s.Phase == Phase.Settling && change.IsProvenUndone ? Outcomes.NotApplied : Outcomes.Unknown;

        // A missing response adds nothing to the change's own fault. A rejection such as 401 explains why the state can't be read.
        var isOwnFault = s.Phase == Phase.Settling && (change.IsProvenUndone || RetryRules.IsTemporary(e.Fault));
        return End(s, Failure(s, isOwnFault ? change.Fault! : e.Fault, outcome));
    }

    // Without a new read, the known state is from before the fault.
    private static Faulted Failure(EnvironmentState s, GatewayException fault, string outcome, Observed? seen = null) =>
        new(fault, outcome, seen?.Environment ?? s.Now) { IsUnsent = IsUnsent(s), IsOutdated = seen is null };

    private static bool IsUnsent(EnvironmentState s) => !s.Change!.MayHaveArrived;

    // After a response, the vendor's guidance allows this for two codes only. A request that never left this machine is safe to repeat.
    private static bool MayBeSentAgain(EnvironmentState s, TimeSpan at)
    {
        var change = s.Change!;
        var wait = RetryRules.Wait(change.Fault!, change.Sent - 1, undone: true);
        return RetryRules.MayBeSentAgain(change.Fault!) && change.Sent < MostSends && wait <= LongestResendDelay && at + wait < change.Deadline;
    }

    private static EnvironmentStep Leave(EnvironmentState s, LeaveReason reason) => s.Phase switch
    {
        Phase.Checking or Phase.RefreshingAfterRefusal => LeaveUndone(s, reason),
        Phase.Settling when s.Change!.IsProvenUndone => LeaveUndone(s, reason),

        // A request in flight isn't aborted: its response determines when the environment is free for the next change.
        Phase.Sending => Do(With(s, c => c with { IsAnswered = true }), new Nothing(), new Left(reason, Outcomes.Unknown, s.Now)),
        _ => End(s, new Left(reason, Outcomes.Unknown, s.Now)),
    };

    private static EnvironmentStep LeaveUndone(EnvironmentState s, LeaveReason reason) =>
        End(s, new Left(reason, Outcomes.NotApplied, s.Now) { IsUnsent = IsUnsent(s) });

    private static bool IsAnswered(EnvironmentState s) => s.Change!.IsAnswered;

    private static bool IsAbout(EnvironmentState s, Change change) => ReferenceEquals(s.Change?.Asked, change) && !IsAnswered(s);

    // An outdated replica responded: keep the known state.
    private static bool IsStale(EnvironmentState s, Observed e) =>
        s.Phase is Phase.Checking or Phase.Settling or Phase.Waiting && e.RequestedAt < s.Change!.PhaseBegan;

    private static bool MayBeLate(EnvironmentState s, Observed e) => e.RequestedAt < s.Change!.MayBeLateUntil;

    private static EnvironmentState MayBeLate(EnvironmentState s, EnvironmentEvent e) => With(s, c => c with { MayBeLateUntil = e.At + SettleWindow });

    private static bool IsExpectedInList(EnvironmentState s) => s is { IsWatched: true, Now: not null }; // otherwise it's known not to exist

    private static int ReadsWhileChanging(EnvironmentState s, Observed e) => PollDelays.IsAtRest(e.Environment.State) ? 0 : s.Reads + 1;

    private static EnvironmentState Record(EnvironmentState s, Observed e) =>
        With(s, c => c with { Reads = c.Reads + 1, HasMoved = c.HasMoved || HasMoved(c, e) }) with { Now = e.Environment };

    private static bool HasMoved(ChangeState change, Observed e) =>
        change.Before is { } before && !Change.IsSame(before, e.Environment) && change.Asked.Judge(before, e.Environment) == Verdict.UnderWay;

    private static EnvironmentState Enter(EnvironmentState s, Phase phase, EnvironmentEvent e) =>
        With(s, c => c with { PhaseBegan = e.At, Reads = 0 }) with { Phase = phase };

    private static EnvironmentState With(EnvironmentState s, Func<ChangeState, ChangeState> set) => s with { Change = set(s.Change!) };

    private static EnvironmentStep Ask(EnvironmentState s, PollDelay after) =>
        Do(s, new Ask(after.Soon, s.Phase == Phase.Waiting ? WaitingBudget : AskBudget, IsUrgent: s is not { Phase: Phase.Waiting, Change.Asked.Wait: Wait.Settled }) { Seldom = after.Seldom });

    private static EnvironmentStep End(EnvironmentState s, ChangeAnswer answer) => Finish(s) with { Answer = answer };

    private static EnvironmentStep Finish(EnvironmentState s) => Idle(s with { Phase = Phase.Idle, Change = null, Reads = 0, Misses = 0 });

    private static EnvironmentStep Idle(EnvironmentState s, GatewayException? fault = null) =>
        s.IsWatched ? Watch(s, PollDelays.Watch(s.Now, fault is null ? s.Reads : s.Misses, fault)) : Do(s, new Stop());

    private static EnvironmentStep Watch(EnvironmentState s, PollDelay after) =>
        Do(s, new Ask(after.Soon, TimeSpan.Zero, IsUrgent: false) { Seldom = after.Seldom });

    private static EnvironmentStep Do(EnvironmentState s, EnvironmentAction action, ChangeAnswer? answer = null) => new(s, action, answer);
}
