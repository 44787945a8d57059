using Companion.Gateway;
using Companion.Protocol;
using Companion.Server.Changes;

namespace Companion.Server.Environments;

/// <summary>What can happen.</summary>
/// <param name="At">When, on the monotonic clock.</param>
internal abstract record EnvironmentEvent(TimeSpan At)
{
    /// <summary>A person asks for a change.</summary>
    public sealed record ChangeAsked(TimeSpan At, Change Change, TimeSpan Timeout, TimeSpan? Expected) : EnvironmentEvent(At);

    /// <summary>Somebody begins to look.</summary>
    public sealed record Watched(TimeSpan At) : EnvironmentEvent(At);

    /// <summary>Nobody looks any more.</summary>
    public sealed record Unwatched(TimeSpan At) : EnvironmentEvent(At);

    /// <summary>The gateway described the environment, in answer to a question that was sent at <paramref name="AskedAt"/>.</summary>
    public sealed record Observed(TimeSpan At, EnvironmentInfo Environment, TimeSpan AskedAt) : EnvironmentEvent(At);

    /// <summary>The gateway was asked as long as it is worth while, and did not describe the environment.</summary>
    public sealed record NotObserved(TimeSpan At, GatewayException Fault) : EnvironmentEvent(At);

    /// <summary>A list that was asked for on behalf of others said something of the environment, or could not be had.</summary>
    public sealed record ListObserved(EnvironmentEvent Said) : EnvironmentEvent(Said.At);

    /// <summary>The environment is not in such a list.</summary>
    public sealed record Unlisted(TimeSpan At) : EnvironmentEvent(At);

    /// <summary>The gateway accepted the change.</summary>
    public sealed record Accepted(TimeSpan At) : EnvironmentEvent(At);

    /// <summary>The gateway did not accept the change, or its answer got lost.</summary>
    public sealed record NotAccepted(TimeSpan At, GatewayException Fault) : EnvironmentEvent(At);

    /// <summary>The caller of a change cancelled.</summary>
    public sealed record Cancelled(TimeSpan At, Change Change) : EnvironmentEvent(At);

    /// <summary>The time of the caller of a change is up.</summary>
    public sealed record TimedOut(TimeSpan At, Change Change) : EnvironmentEvent(At);

    /// <summary>The key is gone.</summary>
    public sealed record SignedOut(TimeSpan At) : EnvironmentEvent(At);
}

/// <summary>What to do next.</summary>
internal abstract record EnvironmentAction
{
    /// <summary>Ask the gateway for the environment, in place of any question that waits.</summary>
    /// <param name="Budget">How long to retry while the gateway doesn't respond; zero for a single attempt.</param>
    /// <param name="IsUrgent">True if someone waits for the result.</param>
    public sealed record Ask(TimeSpan After, TimeSpan Budget, bool IsUrgent) : EnvironmentAction
    {
        /// <summary>How long to wait first where no person waits for the answer, or the account has shown a limit.</summary>
        public TimeSpan Seldom { get; init; } = After;

        /// <summary>True where a list is no answer: the environment is not in it.</summary>
        public bool IsSingle { get; init; }

        /// <summary>True where nobody waits for the answer but those who watch: it is asked for once, until the next time.</summary>
        public bool IsForWatching => Budget == TimeSpan.Zero;
    }

    /// <summary>Send the change.</summary>
    public sealed record Send : EnvironmentAction;

    /// <summary>Ask nothing any more.</summary>
    public sealed record Stop : EnvironmentAction;

    /// <summary>Go on as before.</summary>
    public sealed record Nothing : EnvironmentAction;
}

/// <summary>What the caller of a change is told.</summary>
internal abstract record ChangeAnswer
{
    /// <summary>It is as asked, or accepted where that is enough.</summary>
    public sealed record Done(EnvironmentInfo Environment) : ChangeAnswer;

    /// <summary>Another change is under way; nothing was sent.</summary>
    public sealed record Busy(Change UnderWay) : ChangeAnswer;

    /// <summary>The gateway did not do it.</summary>
    public sealed record Faulted(GatewayException Fault, string Outcome, EnvironmentInfo? Environment) : ChangeAnswer;

    /// <summary>It was accepted, and the environment came to rest elsewhere.</summary>
    public sealed record SettledElsewhere(EnvironmentInfo Environment) : ChangeAnswer;

    /// <summary>It was accepted, and nothing has come of it yet.</summary>
    public sealed record NothingHappened(EnvironmentInfo Environment) : ChangeAnswer;

    /// <summary>The environment is at rest in a way that neither proves nor disproves the change.</summary>
    /// <param name="Fault">Why the response to the change is unknown, or null if it was accepted.</param>
    public sealed record Unclear(EnvironmentInfo Environment, GatewayException? Fault = null) : ChangeAnswer;

    /// <summary>The caller stopped waiting, or its time was up, or the key is gone.</summary>
    public sealed record Left(LeaveReason Reason, string Outcome, EnvironmentInfo? Environment) : ChangeAnswer;
}

/// <summary>Why nobody waits for a change any more.</summary>
internal enum LeaveReason
{
    /// <summary>The caller cancelled.</summary>
    Cancelled,

    /// <summary>The caller's time was up.</summary>
    TimedOut,

    /// <summary>The key is gone, and nobody can ask.</summary>
    SignedOut,
}

/// <summary>A step: what is known now, what to do, and what to tell the caller, where there is something to tell.</summary>
internal readonly record struct EnvironmentStep(EnvironmentState State, EnvironmentAction Action, ChangeAnswer? Answer = null);
