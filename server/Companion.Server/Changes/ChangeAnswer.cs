using Companion.Gateway;
using Companion.Protocol;

namespace Companion.Server.Changes;

/// <summary>The result for the caller of a change.</summary>
internal abstract record ChangeAnswer
{
    /// <summary>The environment is as requested, or the change was accepted if that's enough.</summary>
    public sealed record Done(EnvironmentInfo Environment) : ChangeAnswer;

    /// <summary>Another change is in progress; nothing was sent.</summary>
    public sealed record Busy(Change UnderWay) : ChangeAnswer;

    /// <summary>The change may not be sent while the environment is like this; nothing was sent.</summary>
    public sealed record Withheld(EnvironmentInfo Environment) : ChangeAnswer;

    /// <summary>The change failed.</summary>
    public sealed record Faulted(GatewayException Fault, string Outcome, EnvironmentInfo? Environment) : ChangeAnswer
    {
        /// <summary>True if the change never left this machine.</summary>
        public bool IsUnsent { get; init; }

        /// <summary>True if the environment wasn't read after the fault, so it may be in another state by now.</summary>
        public bool IsOutdated { get; init; }
    }

    /// <summary>The change was accepted or its response was lost, and the environment settled in another state.</summary>
    /// <param name="IsAccepted">False if the response was lost, so that the environment may have changed for another reason.</param>
    public sealed record SettledElsewhere(EnvironmentInfo Environment, bool IsAccepted = true) : ChangeAnswer;

    /// <summary>The change was accepted, but nothing has happened yet.</summary>
    public sealed record NothingHappened(EnvironmentInfo Environment) : ChangeAnswer;

    /// <summary>The environment has settled in a state that neither proves nor disproves the change.</summary>
    /// <param name="Fault">Why the response to the change is unknown, or null if it was accepted.</param>
    public sealed record Unclear(EnvironmentInfo Environment, GatewayException? Fault = null) : ChangeAnswer;

    /// <summary>The caller canceled, its time limit passed, or the user signed out.</summary>
    public sealed record Left(LeaveReason Reason, string Outcome, EnvironmentInfo? Environment) : ChangeAnswer
    {
        /// <summary>True if the change never left this machine.</summary>
        public bool IsUnsent { get; init; }
    }
}

/// <summary>Why the caller no longer waits for a change.</summary>
internal enum LeaveReason
{
    /// <summary>The caller canceled.</summary>
    Cancelled,

    /// <summary>The caller's time limit passed.</summary>
    TimedOut,

    /// <summary>The user signed out, so the gateway can't be queried.</summary>
    SignedOut,
}
