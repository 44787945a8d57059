using Companion.Gateway;
using Companion.Protocol;

namespace Companion.Server.Changes;

/// <summary>What a change is doing.</summary>
internal enum Phase
{
    /// <summary>Asking what is there before anything is sent.</summary>
    Looking,

    /// <summary>Sent, and not answered yet.</summary>
    Sending,

    /// <summary>The answer left it open whether the change took place; asking.</summary>
    Settling,

    /// <summary>Accepted; asking until the environment comes to rest.</summary>
    Waiting,

    /// <summary>Refused because of the environment's state; asking for that state once, to tell it.</summary>
    Explaining,

    /// <summary>Over.</summary>
    Ended,
}

/// <summary>All that is known while a change is carried out.</summary>
/// <param name="Change">What was asked for.</param>
internal sealed record ChangeState(Change Change)
{
    /// <summary>What it is doing.</summary>
    public Phase Phase { get; init; } = Phase.Looking;

    /// <summary>The environment before the change was sent.</summary>
    public EnvironmentInfo? Before { get; init; }

    /// <summary>The environment as last confirmed.</summary>
    public EnvironmentInfo? Now { get; init; }

    /// <summary>Why it is settling or explaining.</summary>
    public GatewayException? Fault { get; init; }

    /// <summary>When this phase began, since the change began.</summary>
    public TimeSpan PhaseBegan { get; init; }

    /// <summary>How often the gateway answered a question in this phase.</summary>
    public int Asked { get; init; }

    /// <summary>How many questions went unanswered since the last one that was answered.</summary>
    public int Failures { get; init; }

    /// <summary>When the first of those failed.</summary>
    public TimeSpan? FailingSince { get; init; }

    /// <summary>True once the caller has its answer; what is left is to learn the end of a request on its way.</summary>
    public bool Answered { get; init; }
}

/// <summary>What can happen to a change.</summary>
/// <param name="At">When, since the change began, by the monotonic clock.</param>
internal abstract record ChangeEvent(TimeSpan At)
{
    /// <summary>The gateway described the environment.</summary>
    public sealed record Observed(TimeSpan At, EnvironmentInfo Environment) : ChangeEvent(At);

    /// <summary>The gateway did not answer a question, or answered it with an error.</summary>
    public sealed record NotObserved(TimeSpan At, GatewayException Fault) : ChangeEvent(At);

    /// <summary>The gateway accepted the change.</summary>
    public sealed record Accepted(TimeSpan At) : ChangeEvent(At);

    /// <summary>The gateway did not accept the change, or its answer got lost.</summary>
    public sealed record NotAccepted(TimeSpan At, GatewayException Fault) : ChangeEvent(At);

    /// <summary>The caller cancelled.</summary>
    public sealed record Cancelled(TimeSpan At) : ChangeEvent(At);

    /// <summary>The caller's time is up.</summary>
    public sealed record TimedOut(TimeSpan At) : ChangeEvent(At);
}

/// <summary>What to do next.</summary>
internal abstract record ChangeAction
{
    /// <summary>Ask the gateway for the environment.</summary>
    /// <param name="After">How long to wait first.</param>
    public sealed record Ask(TimeSpan After) : ChangeAction;

    /// <summary>Send the change.</summary>
    public sealed record Send : ChangeAction;

    /// <summary>Wait for the answer to what was sent.</summary>
    public sealed record AwaitAnswer : ChangeAction;

    /// <summary>Nothing more.</summary>
    public sealed record Stop : ChangeAction;
}

/// <summary>What the caller is told.</summary>
internal abstract record ChangeAnswer
{
    /// <summary>It is as asked, or accepted where that is enough.</summary>
    public sealed record Done(EnvironmentInfo Environment) : ChangeAnswer;

    /// <summary>The gateway did not do it.</summary>
    /// <param name="Fault">What the gateway answered, or what befell the connection.</param>
    /// <param name="Outcome">One of <see cref="Outcomes"/>.</param>
    /// <param name="Environment">The environment as last confirmed.</param>
    public sealed record Faulted(GatewayException Fault, string Outcome, EnvironmentInfo? Environment) : ChangeAnswer;

    /// <summary>It was accepted, and the environment came to rest elsewhere.</summary>
    public sealed record SettledElsewhere(EnvironmentInfo Environment) : ChangeAnswer;

    /// <summary>It was accepted, and nothing came of it.</summary>
    public sealed record NothingHappened(EnvironmentInfo Environment) : ChangeAnswer;

    /// <summary>The caller stopped waiting, or its time was up.</summary>
    public sealed record Left(bool Cancelled, string Outcome, EnvironmentInfo? Environment) : ChangeAnswer;
}

/// <summary>A step of a change: what is known now, what to do, and what to tell the caller, where there is something to tell.</summary>
internal readonly record struct ChangeStep(ChangeState State, ChangeAction Action, ChangeAnswer? Answer = null);
