namespace Companion.Gateway.Resources;

/// <summary>An environment as the gateway describes it.</summary>
public sealed record GatewayEnvironment
{
    /// <summary>Its full resource name, "accounts/a/clusters/c/environments/e".</summary>
    public string? Name { get; init; }

    /// <summary>Its id: the last segment of the name. Empty where it has no name.</summary>
    public string EnvironmentId => ResourceName.LastSegment(Name);

    /// <summary>Its name for people.</summary>
    public string? DisplayName { get; init; }

    /// <summary>One of <see cref="GatewayStates"/>, or a name that this version does not know. Never null.</summary>
    public string State { get => field ?? GatewayStates.Unspecified; init; }

    /// <summary>What went wrong last. Null where nothing did: OK and unset are the same.</summary>
    public GatewayStatus? Status { get; init => field = GatewayStatus.OrNull(value); }

    /// <summary>Its present connection, or its last one.</summary>
    public GatewayEnvironmentConnection? Connection { get; init => field = GatewayEnvironmentConnection.OrNull(value); }

    /// <summary>E-mail address of its creator.</summary>
    public string? CreatedBy { get; init; }

    /// <summary>True where others of the account may use it.</summary>
    public bool Shared { get; init; }

    /// <summary>When it last changed, by the gateway's clock.</summary>
    public DateTimeOffset? UpdateTime { get; init; }

    /// <summary>When the question was sent to which this is the answer, as a timestamp of the client's clock; set by the client.</summary>
    public long RequestedAt { get; init; }
}

/// <summary>A connection as the gateway describes it.</summary>
public sealed record GatewayEnvironmentConnection
{
    /// <summary>Id of the node pool. Never null.</summary>
    public string NodePoolId { get => field ?? ""; init; }

    /// <summary>Number of ranks, 1 or more; null where the gateway left it to the default, 1.</summary>
    public int? NumRanks { get; init => field = value > 0 ? value : null; }

    /// <summary>ARN of the AWS IAM role; null for the node pool's own.</summary>
    public string? Role { get; init; }

    /// <summary>The last zone that the environment was connected to: where its volume is.</summary>
    public string? Zone { get; init; }

    /// <summary>True where the node's local storage is mounted on /tmp.</summary>
    public bool UseLocalStorage { get; init; }

    internal static GatewayEnvironmentConnection? OrNull(GatewayEnvironmentConnection? connection) =>
        connection is { NodePoolId.Length: > 0 } ? connection : null;
}

/// <summary>The names of an environment's states.</summary>
public static class GatewayStates
{
    /// <summary>Unset.</summary>
    public const string Unspecified = "STATE_UNSPECIFIED";

    /// <summary>Being made.</summary>
    public const string Creating = "CREATING";

    /// <summary>On no node pool.</summary>
    public const string Disconnected = "DISCONNECTED";

    /// <summary>On its way to a node pool.</summary>
    public const string Connecting = "CONNECTING";

    /// <summary>On a node pool.</summary>
    public const string Connected = "CONNECTED";

    /// <summary>Its snapshot is being taken before it leaves the node pool.</summary>
    public const string Disconnecting = "DISCONNECTING";

    /// <summary>Connecting again with new parameters.</summary>
    public const string Reconnecting = "RECONNECTING";

    /// <summary>Being deleted; gone after that.</summary>
    public const string Deleting = "DELETING";
}
