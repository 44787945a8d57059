using Companion.Gateway;
using Companion.Protocol;
using static Companion.Server.Changes.ChangeAction;
using static Companion.Server.Changes.ChangeAnswer;
using static Companion.Server.Changes.ChangeEvent;

namespace Companion.Server.Changes;

/// <summary>
/// What a change does next: a pure function of what is known and what happened. It sends once, at most; it claims nothing that
/// the gateway has not confirmed; it always comes to an end.
/// </summary>
internal static class ChangeMachine
{
    /// <summary>How long an ambiguous change may stay invisible before it is said not to have taken place.</summary>
    public static readonly TimeSpan SettleWindow = TimeSpan.FromSeconds(15);

    /// <summary>How long the gateway is asked, while it does not answer, before the outcome is said to be unknown.</summary>
    public static readonly TimeSpan AskBudget = TimeSpan.FromSeconds(60);

    /// <summary>The same once the change is accepted: nothing is at stake any more but the news.</summary>
    public static readonly TimeSpan WaitingBudget = TimeSpan.FromMinutes(5);

    /// <summary>How long an accepted change may stay invisible before it is said that nothing came of it.</summary>
    public static readonly TimeSpan AcceptedWindow = TimeSpan.FromSeconds(60);

    /// <summary>The first step: ask what is there.</summary>
    public static ChangeStep Begin(Change change) => new(new ChangeState(change), new Ask(TimeSpan.Zero));

    /// <summary>The step after an event.</summary>
    public static ChangeStep Next(ChangeState state, ChangeEvent happened) => (state.Phase, happened) switch
    {
        (Phase.Looking, Observed e) => new(Enter(state, Phase.Sending, e) with { Before = e.Environment, Now = e.Environment }, new Send()),
        (Phase.Looking, NotObserved e) => AskAgainOr(state, e, Outcomes.NotApplied),

        (Phase.Sending, Accepted e) => state.Answered ? Finish(state) : new(Enter(state, Phase.Waiting, e), new Ask(TimeSpan.Zero)),
        (Phase.Sending, NotAccepted e) => AfterNotAccepted(state, e),

        (Phase.Settling, Observed e) => AfterSettlingLook(See(state, e), e),
        (Phase.Settling, NotObserved e) => IsGone(e) ? Gone(state, e) : AskAgainOr(state, e, Outcomes.Unknown),

        (Phase.Waiting, Observed e) => AfterWaitingLook(See(state, e), e),
        (Phase.Waiting, NotObserved e) => IsGone(e) ? Gone(state, e) : AskAgainOr(state, e, Outcomes.Unknown),

        (Phase.Explaining, Observed e) => End(state, new Faulted(state.Fault!, Outcomes.NotApplied, e.Environment)),
        (Phase.Explaining, NotObserved) => End(state, new Faulted(state.Fault!, Outcomes.NotApplied, state.Now)),

        (not Phase.Ended, Cancelled or TimedOut) => Leave(state, happened is Cancelled),
        _ => new(state, new Stop()), // late news of a change that is over
    };

    private static ChangeStep AfterNotAccepted(ChangeState state, NotAccepted e)
    {
        if (state.Answered)
            return Finish(state);
        if (!FaultKinds.MayHaveTakenPlace(e.Fault))
        {
            // The fresh state is what makes this refusal understandable.
            return e.Fault.Code is GoogleRpcCode.FailedPrecondition
                ? new(Enter(state, Phase.Explaining, e) with { Fault = e.Fault }, new Ask(TimeSpan.Zero))
                : End(state, new Faulted(e.Fault, Outcomes.NotApplied, state.Now));
        }

        return new(Enter(state, Phase.Settling, e) with { Fault = e.Fault }, new Ask(e.Fault.RetryAfter ?? TimeSpan.Zero));
    }

    private static ChangeStep AfterSettlingLook(ChangeState state, Observed e) => state.Change.Judge(state.Before!, e.Environment) switch
    {
        Verdict.InEffect => End(state, new Done(e.Environment)),
        Verdict.UnderWay when state.Change.Wait == Wait.Accepted => End(state, new Done(e.Environment)),
        Verdict.UnderWay => new(Enter(state, Phase.Waiting, e), new Ask(PollDelays.FirstPoll)),
        Verdict.Unchanged when e.At - state.PhaseBegan < SettleWindow => new(state, new Ask(PollDelays.Backoff(state.Asked))),
        _ => End(state, new Faulted(state.Fault!, Outcomes.NotApplied, e.Environment)),
    };

    private static ChangeStep AfterWaitingLook(ChangeState state, Observed e)
    {
        if (state.Change.Wait == Wait.Accepted)
            return End(state, new Done(e.Environment));
        return state.Change.Judge(state.Before!, e.Environment) switch
        {
            Verdict.InEffect => End(state, new Done(e.Environment)),
            Verdict.Failed => End(state, new SettledElsewhere(e.Environment)),
            Verdict.Unchanged when e.At - state.PhaseBegan >= AcceptedWindow => End(state, new NothingHappened(e.Environment)),
            _ => new(state, new Ask(PollDelays.Poll(state.Asked))),
        };
    }

    // A question that may be answered later is asked again, at the gateway's own pace, as long as the budget lasts.
    private static ChangeStep AskAgainOr(ChangeState state, NotObserved e, string outcome)
    {
        var since = state.FailingSince ?? e.At;
        var delay = e.Fault.RetryAfter ?? PollDelays.Backoff(state.Failures);
        var budget = state.Phase == Phase.Waiting ? WaitingBudget : AskBudget;
        return FaultKinds.IsPassing(e.Fault) && e.At + delay - since < budget
            ? new(state with { FailingSince = since, Failures = state.Failures + 1 }, new Ask(delay))
            : End(state, new Faulted(state.Phase == Phase.Settling ? state.Fault! : e.Fault, outcome, state.Now));
    }

    private static ChangeStep Leave(ChangeState state, bool cancelled) => state.Phase switch
    {
        Phase.Looking or Phase.Explaining => End(state, new Left(cancelled, Outcomes.NotApplied, state.Now)),

        // What is on its way is not torn down: its answer tells when the environment is free for the next change.
        Phase.Sending => new(state with { Answered = true }, new AwaitAnswer(), new Left(cancelled, Outcomes.Unknown, state.Now)),
        _ => End(state, new Left(cancelled, Outcomes.Unknown, state.Now)),
    };

    private static ChangeState Enter(ChangeState state, Phase phase, ChangeEvent e) =>
        state with { Phase = phase, PhaseBegan = e.At, Asked = 0, Failures = 0, FailingSince = null };

    private static ChangeState See(ChangeState state, Observed e) =>
        state with { Now = e.Environment, Asked = state.Asked + 1, Failures = 0, FailingSince = null };

    private static bool IsGone(NotObserved e) => e.Fault is { Kind: FaultKind.Answered, Code: GoogleRpcCode.NotFound };

    private static ChangeStep Gone(ChangeState state, NotObserved e) =>
        End(state, new Faulted(e.Fault, state.Change is Disconnect ? Outcomes.Applied : Outcomes.NotApplied, Environment: null));

    private static ChangeStep End(ChangeState state, ChangeAnswer answer) =>
        new(state with { Phase = Phase.Ended, Answered = true }, new Stop(), answer);

    private static ChangeStep Finish(ChangeState state) => new(state with { Phase = Phase.Ended }, new Stop());
}
