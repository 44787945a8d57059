using Companion.Gateway;
using Companion.Protocol;
using Companion.Server.Changes;

namespace Companion.Server.Environments;

/// <summary>What is being done about an environment.</summary>
internal enum Phase
{
    /// <summary>No change is under way. It is looked at from time to time while somebody watches.</summary>
    Resting,

    /// <summary>A change was asked for; asking what is there before anything is sent.</summary>
    Looking,

    /// <summary>The change is sent, and not answered yet.</summary>
    Sending,

    /// <summary>It is open whether the change took place, or it did not and may be sent again; asking.</summary>
    Settling,

    /// <summary>The change was accepted; asking until the environment comes to rest.</summary>
    Waiting,

    /// <summary>The change was refused because of the environment's state; asking for that state once, to tell it.</summary>
    Explaining,
}

/// <summary>All that is known about one environment, and what is being done about it.</summary>
internal sealed record EnvironmentState
{
    /// <summary>What is being done.</summary>
    public Phase Phase { get; init; }

    /// <summary>The environment as last confirmed.</summary>
    public EnvironmentInfo? Now { get; init; }

    /// <summary>True while somebody looks.</summary>
    public bool IsWatched { get; init; }

    /// <summary>How many looks it was seen moving since it last rested, with nothing to do but watch.</summary>
    public int Looks { get; init; }

    /// <summary>How many looks in a row failed, with nothing to do but watch.</summary>
    public int Misses { get; init; }

    /// <summary>The change that is under way, unless it rests.</summary>
    public ChangeState? Change { get; init; }
}

/// <summary>All that is known about a change that is under way.</summary>
/// <param name="Expected">How long such a change usually takes, or null if unknown.</param>
internal sealed record ChangeState(Change Asked, TimeSpan Deadline, TimeSpan? Expected)
{
    /// <summary>The environment before the change was sent.</summary>
    public EnvironmentInfo? Before { get; init; }

    /// <summary>Why it is settling or explaining.</summary>
    public GatewayException? Fault { get; init; }

    /// <summary>True where the fault proves that the change did not take place.</summary>
    public bool IsProvenUndone { get; init; }

    /// <summary>Until when what was sent may still arrive after its answer was lost, and what is seen may be from before it.</summary>
    public TimeSpan MayBeLateUntil { get; init; }

    /// <summary>True once the environment was seen on its way since the change was sent.</summary>
    public bool HasMoved { get; init; }

    /// <summary>When this phase began.</summary>
    public TimeSpan PhaseBegan { get; init; }

    /// <summary>How often the gateway was asked in this phase.</summary>
    public int Looks { get; init; }

    /// <summary>How often it was sent.</summary>
    public int Sent { get; init; }

    /// <summary>True once the caller has its answer; what is left is to learn the end of a request on its way.</summary>
    public bool IsAnswered { get; init; }
}
