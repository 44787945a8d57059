using System.Text.Json.Serialization;

namespace Companion.Gateway.Resources;

/// <summary>A node pool as the gateway describes it.</summary>
public sealed record GatewayNodePool
{
    /// <summary>Its full resource name.</summary>
    public string? Name { get; init; }

    /// <summary>Its id: the last segment of the name. Empty where it has no name.</summary>
    [JsonIgnore]
    public string NodePoolId => ResourceName.LastSegment(Name);

    /// <summary>Its name for people.</summary>
    public string? DisplayName { get; init; }

    /// <summary>STATE_UNSPECIFIED, CREATING, READY, DELETING, FAILED, or a name that this version does not know. Never null.</summary>
    public string State { get => field ?? GatewayStates.Unspecified; init; }

    /// <summary>Why it is not ready. Null where nothing is wrong.</summary>
    public GatewayStatus? Status { get; init => field = GatewayStatus.OrNull(value); }

    /// <summary>The number of nodes that it may grow to, 0 to 1000.</summary>
    public int MaxNodeCount { get; init; }

    /// <summary>What runs its nodes; null for a kind that this version does not know.</summary>
    public GatewayEksNodePool? EksNodePool { get; init; }

    /// <summary>How full it is, where the gateway says it here; else GetNodePoolStats does.</summary>
    public GatewayNodePoolStats? NodePoolStats { get; init; }
}

/// <summary>A node pool on Amazon EKS.</summary>
public sealed record GatewayEksNodePool
{
    /// <summary>Type of its machines, such as p5.48xlarge.</summary>
    public string? InstanceType { get; init; }

    /// <summary>True for capacity that the cloud may take back.</summary>
    public bool Spot { get; init; }

    /// <summary>The zone that its nodes are in.</summary>
    public string? Zone { get; init; }
}

/// <summary>How full a node pool is.</summary>
public sealed record GatewayNodePoolStats
{
    /// <summary>Nodes running now.</summary>
    public int NodeCount { get; init; }

    /// <summary>Ranks that one node takes; 0 where the gateway does not say.</summary>
    public int RanksPerNode { get; init; }

    /// <summary>Environments connected now.</summary>
    public int EnvironmentCount { get; init; }

    /// <summary>Ranks that environments use now.</summary>
    public int EnvironmentRanks { get; init; }

    /// <summary>Ranks of batch jobs by the job's state. Never null.</summary>
    public IReadOnlyDictionary<string, int> BatchJobRanks { get => field ?? NoRanks; init; }

    private static Dictionary<string, int> NoRanks { get; } = [];
}
