namespace Companion.Gateway.Resources;

/// <summary>The body of ConnectEnvironment. Null members aren't sent.</summary>
public sealed record GatewayConnectEnvironmentBody
{
    /// <summary>What to connect to.</summary>
    public required GatewayRequestedConnection Connection { get; init; }

    /// <summary>The version of VS Code that requested the connect.</summary>
    public string? VscodeVersion { get; init; }
}

/// <summary>A requested connection: the gateway's EnvironmentConnection without <c>zone</c>, which only the gateway sets.</summary>
public sealed record GatewayRequestedConnection
{
    /// <summary>The ID of the node pool, not its full name.</summary>
    public required string NodePoolId { get; init; }

    /// <summary>The number of ranks. Null for the gateway's default, 1.</summary>
    public int? NumRanks { get; init; }

    /// <summary>The ARN of the AWS IAM role to assume. Null for the node pool's own role.</summary>
    public string? Role { get; init; }

    /// <summary>Whether to mount the node's local storage on /tmp. Null for the gateway's default, false.</summary>
    public bool? UseLocalStorage { get; init; }
}

/// <summary>The body of DisconnectEnvironment, <c>{}</c> for a plain disconnect. Null members aren't sent.</summary>
public sealed record GatewayDisconnectEnvironmentBody
{
    /// <summary>Whether to disconnect even if the snapshot fails. Use only if the pod is certainly gone.</summary>
    public bool? Force { get; init; }

    /// <summary>Whether to rebuild the snapshots.</summary>
    public bool? ResetSnapshots { get; init; }
}
