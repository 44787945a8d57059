namespace Companion.Protocol;

/// <summary>The states of an environment by the gateway's own names.</summary>
public static class EnvironmentStates
{
    /// <summary>The gateway does not say.</summary>
    public const string Unspecified = "STATE_UNSPECIFIED";

    /// <summary>It is being made.</summary>
    public const string Creating = "CREATING";

    /// <summary>It is on no node pool and costs no GPU.</summary>
    public const string Disconnected = "DISCONNECTED";

    /// <summary>It is on its way to a node pool.</summary>
    public const string Connecting = "CONNECTING";

    /// <summary>It is on a node pool.</summary>
    public const string Connected = "CONNECTED";

    /// <summary>A snapshot is taken, then it leaves the node pool.</summary>
    public const string Disconnecting = "DISCONNECTING";

    /// <summary>It is being connected anew with other parameters.</summary>
    public const string Reconnecting = "RECONNECTING";

    /// <summary>It is being deleted.</summary>
    public const string Deleting = "DELETING";
}
