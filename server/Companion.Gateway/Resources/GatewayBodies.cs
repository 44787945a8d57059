namespace Companion.Gateway.Resources;

/// <summary>The body of ConnectEnvironment. What is null is not sent.</summary>
public sealed record GatewayConnectEnvironmentBody
{
    /// <summary>What to connect to.</summary>
    public required GatewayRequestedConnection Connection { get; init; }

    /// <summary>Version of VS Code on the client side that initiated the connect request.</summary>
    public string? VscodeVersion { get; init; }
}

/// <summary>A connection that is asked for: the gateway's EnvironmentConnection without <c>zone</c>, which only the gateway sets.</summary>
public sealed record GatewayRequestedConnection
{
    /// <summary>Id of the node pool, not its full name.</summary>
    public required string NodePoolId { get; init; }

    /// <summary>Number of ranks. Null: the gateway's default, 1.</summary>
    public int? NumRanks { get; init; }

    /// <summary>ARN of the AWS IAM role that the connection should assume. Null: the node pool's own role.</summary>
    public string? Role { get; init; }

    /// <summary>Mount the node's local storage on /tmp. Null: the gateway's default, false.</summary>
    public bool? UseLocalStorage { get; init; }
}

/// <summary>The body of DisconnectEnvironment: an object always, <c>{}</c> for a plain disconnect. What is null is not sent.</summary>
public sealed record GatewayDisconnectEnvironmentBody
{
    /// <summary>Disconnect even if snapshotting fails. Only where the pod is certainly gone.</summary>
    public bool? Force { get; init; }

    /// <summary>Rebuild the snapshots.</summary>
    public bool? ResetSnapshots { get; init; }
}
