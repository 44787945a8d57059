namespace Companion.Protocol;

/// <summary>The states of an environment, by the gateway's own names.</summary>
public static class EnvironmentStates
{
    /// <summary>The gateway doesn't report a state.</summary>
    public const string Unspecified = "STATE_UNSPECIFIED";

    /// <summary>It's being created.</summary>
    public const string Creating = "CREATING";

    /// <summary>It isn't on a node pool and uses no GPUs.</summary>
    public const string Disconnected = "DISCONNECTED";

    /// <summary>It's being attached to a node pool.</summary>
    public const string Connecting = "CONNECTING";

    /// <summary>It's on a node pool.</summary>
    public const string Connected = "CONNECTED";

    /// <summary>A snapshot is taken, then it's detached from the node pool.</summary>
    public const string Disconnecting = "DISCONNECTING";

    /// <summary>It's being reconnected with other parameters.</summary>
    public const string Reconnecting = "RECONNECTING";

    /// <summary>It's being deleted.</summary>
    public const string Deleting = "DELETING";
}
