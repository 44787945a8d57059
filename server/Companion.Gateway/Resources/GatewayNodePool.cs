using System.Text.Json.Serialization;

namespace Companion.Gateway.Resources;

/// <summary>A node pool, as returned by the gateway.</summary>
public sealed record GatewayNodePool
{
    /// <summary>The full resource name.</summary>
    public string? Name { get; init; }

    /// <summary>The ID: the last segment of the name. Empty if there's no name.</summary>
    [JsonIgnore]
    public string NodePoolId => ResourceName.LastSegment(Name).ToString();

    /// <summary>The display name.</summary>
    public string? DisplayName { get; init; }

    /// <summary>STATE_UNSPECIFIED, CREATING, READY, DELETING, FAILED, or an unknown name. Never null.</summary>
    public string State { get => field ?? GatewayStates.Unspecified; init; }

    /// <summary>Why it isn't ready, or null.</summary>
    public GatewayStatus? Status { get; init => field = GatewayStatus.OrNull(value); }

    /// <summary>The maximum number of nodes, 0 to 1000.</summary>
    public int MaxNodeCount { get; init; }

    /// <summary>The infrastructure of its nodes. Null if it's of an unknown kind.</summary>
    public GatewayEksNodePool? EksNodePool { get; init; }

    /// <summary>The usage, if the gateway includes it. Otherwise, use GetNodePoolStats.</summary>
    public GatewayNodePoolStats? NodePoolStats { get; init; }
}

/// <summary>A node pool on Amazon EKS.</summary>
public sealed record GatewayEksNodePool
{
    /// <summary>The instance type, such as p5.48xlarge.</summary>
    public string? InstanceType { get; init; }

    /// <summary>True for spot capacity, which the cloud can reclaim.</summary>
    public bool Spot { get; init; }

    /// <summary>The zone of its nodes.</summary>
    public string? Zone { get; init; }
}

/// <summary>The usage of a node pool.</summary>
public sealed record GatewayNodePoolStats
{
    /// <summary>The number of running nodes.</summary>
    public int NodeCount { get; init; }

    /// <summary>The number of ranks per node. 0 if the gateway doesn't say.</summary>
    public int RanksPerNode { get; init; }

    /// <summary>The number of connected environments.</summary>
    public int EnvironmentCount { get; init; }

    /// <summary>The number of ranks that environments use.</summary>
    public int EnvironmentRanks { get; init; }

    /// <summary>The number of ranks of batch jobs, by job state. Never null.</summary>
    public IReadOnlyDictionary<string, int> BatchJobRanks { get => field ?? NoRanks; init; }

    private static Dictionary<string, int> NoRanks { get; } = [];
}
