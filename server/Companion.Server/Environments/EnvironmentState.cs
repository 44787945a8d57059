using Companion.Gateway;
using Companion.Protocol;
using Companion.Server.Changes;

namespace Companion.Server.Environments;

/// <summary>What is currently happening with an environment.</summary>
internal enum Phase
{
    /// <summary>No change is in progress. While watched, the environment is read from time to time.</summary>
    Idle,

    /// <summary>A change was requested. The state is read before anything is sent.</summary>
    Checking,

    /// <summary>The change was sent, and there's no response yet.</summary>
    Sending,

    /// <summary>It's unknown whether the change took effect, or it didn't and may be sent again. The state is being read.</summary>
    Settling,

    /// <summary>The change was accepted. The state is read until the environment has settled.</summary>
    Waiting,

    /// <summary>The change was rejected because of the environment's state, which is read once more for the error message.</summary>
    RefreshingAfterRefusal,
}

/// <summary>Everything known about one environment, and what is currently happening with it.</summary>
internal sealed record EnvironmentState
{
    public Phase Phase { get; init; }

    /// <summary>The environment as last confirmed.</summary>
    public EnvironmentInfo? Now { get; init; }

    /// <summary>True while a client watches.</summary>
    public bool IsWatched { get; init; }

    /// <summary>While only watching: how many reads in a row saw the environment changing.</summary>
    public int Reads { get; init; }

    /// <summary>While only watching: how many reads in a row failed.</summary>
    public int Misses { get; init; }

    /// <summary>The change in progress, or null while idle.</summary>
    public ChangeState? Change { get; init; }
}

/// <summary>Everything known about a change in progress.</summary>
/// <param name="Expected">How long such a change usually takes, or null if unknown.</param>
internal sealed record ChangeState(Change Asked, TimeSpan Deadline, TimeSpan? Expected)
{
    /// <summary>The environment before the change was sent.</summary>
    public EnvironmentInfo? Before { get; init; }

    /// <summary>The fault that started the current phase.</summary>
    public GatewayException? Fault { get; init; }

    /// <summary>True if the fault proves that the change didn't take effect.</summary>
    public bool IsProvenUndone { get; init; }

    /// <summary>Until when a request whose response was lost may still arrive, and reads may be from before it.</summary>
    public TimeSpan MayBeLateUntil { get; init; }

    /// <summary>True once the environment was seen changing after the change was sent.</summary>
    public bool HasMoved { get; init; }

    /// <summary>When this phase started.</summary>
    public TimeSpan PhaseBegan { get; init; }

    /// <summary>The number of reads in this phase.</summary>
    public int Reads { get; init; }

    /// <summary>How often the change was sent.</summary>
    public int Sent { get; init; }

    /// <summary>True once the change may have reached the gateway: it responded, or the response was lost.</summary>
    public bool MayHaveArrived { get; init; }

    /// <summary>True once the caller has its result. Only the response to a request in flight is still pending.</summary>
    public bool IsAnswered { get; init; }
}
