using Companion.Gateway;
using Companion.Protocol;
using Companion.Server.Changes;

namespace Companion.Server.Environments;

/// <summary>An event of the state machine.</summary>
/// <param name="At">When, on the monotonic clock.</param>
internal abstract record EnvironmentEvent(TimeSpan At)
{
    /// <summary>Someone requests a change.</summary>
    public sealed record ChangeRequested(TimeSpan At, Change Change, TimeSpan Timeout, TimeSpan? Expected) : EnvironmentEvent(At);

    /// <summary>A client starts watching.</summary>
    public sealed record Watched(TimeSpan At) : EnvironmentEvent(At);

    /// <summary>No client watches any longer.</summary>
    public sealed record Unwatched(TimeSpan At) : EnvironmentEvent(At);

    /// <summary>The gateway described the environment in response to a read sent at <paramref name="RequestedAt"/>.</summary>
    public sealed record Observed(TimeSpan At, EnvironmentInfo Environment, TimeSpan RequestedAt) : EnvironmentEvent(At);

    /// <summary>The gateway didn't describe the environment, even after retries.</summary>
    public sealed record NotObserved(TimeSpan At, GatewayException Fault) : EnvironmentEvent(At);

    /// <summary>A list that was read for other environments contained this one, or failed.</summary>
    public sealed record ListObserved(EnvironmentEvent Result) : EnvironmentEvent(Result.At);

    /// <summary>A list that was read for other environments doesn't contain this one.</summary>
    public sealed record Unlisted(TimeSpan At) : EnvironmentEvent(At);

    /// <summary>The gateway accepted the change.</summary>
    public sealed record Accepted(TimeSpan At) : EnvironmentEvent(At);

    /// <summary>The gateway didn't accept the change, or its response was lost.</summary>
    public sealed record NotAccepted(TimeSpan At, GatewayException Fault) : EnvironmentEvent(At);

    /// <summary>The caller of a change canceled.</summary>
    public sealed record Cancelled(TimeSpan At, Change Change) : EnvironmentEvent(At);

    /// <summary>The caller's time limit for a change has passed.</summary>
    public sealed record TimedOut(TimeSpan At, Change Change) : EnvironmentEvent(At);

    /// <summary>The user signed out.</summary>
    public sealed record SignedOut(TimeSpan At) : EnvironmentEvent(At);
}

/// <summary>What to do next.</summary>
internal abstract record EnvironmentAction
{
    /// <summary>Read the environment, replacing any pending read.</summary>
    /// <param name="Budget">How long to retry while the gateway doesn't respond; zero for a single attempt.</param>
    /// <param name="IsUrgent">True if someone waits for the result.</param>
    public sealed record Ask(TimeSpan After, TimeSpan Budget, bool IsUrgent) : EnvironmentAction
    {
        /// <summary>How long to wait first if no one waits for the result or the account has shown a limit.</summary>
        public TimeSpan Seldom { get; init; } = After;

        /// <summary>True to read this environment individually because it isn't in the list.</summary>
        public bool IsSingle { get; init; }

        /// <summary>True if the result is only for watching: it's read once, without retries.</summary>
        public bool IsForWatching => Budget == TimeSpan.Zero;
    }

    /// <summary>Send the change.</summary>
    public sealed record Send : EnvironmentAction;

    /// <summary>Stop reading.</summary>
    public sealed record Stop : EnvironmentAction;

    /// <summary>Continue as before.</summary>
    public sealed record Nothing : EnvironmentAction;
}

/// <summary>A transition: the new state, what to do next, and the caller's result, if any.</summary>
internal readonly record struct EnvironmentStep(EnvironmentState State, EnvironmentAction Action, ChangeAnswer? Answer = null);
