using System.Text.Json;
using System.Text.Json.Serialization;
using Companion.Protocol.Constraints;

namespace Companion.Protocol;

/// <summary>The usage of a node pool. All members are absent if the gateway didn't report it.</summary>
public record NodePoolUsage
{
    /// <summary>The number of nodes that are running now.</summary>
    public int? NodeCount { get; init; }

    /// <summary>The number of ranks per node.</summary>
    public int? RanksPerNode { get; init; }

    /// <summary>
    /// The number of unused ranks: nodes × ranks per node, minus those of environments and unfinished batch jobs; at least 0.
    /// </summary>
    public int? FreeRanks { get; init; }

    /// <summary>The number of ranks that would be free at the pool's maximum size. Also absent if that size isn't known.</summary>
    public int? CeilingRanks { get; init; }
}

/// <summary>A node pool, with its usage if the gateway includes it.</summary>
public sealed record NodePoolInfo : NodePoolUsage
{
    /// <summary>The node pool's id.</summary>
    public required string NodePoolId { get; init; }

    /// <summary>The display name, if it has one.</summary>
    public string? DisplayName { get; init; }

    /// <summary>The state, by the gateway's own name. It may be one that this version doesn't support.</summary>
    [KnownValues("STATE_UNSPECIFIED", "CREATING", "READY", "DELETING", "FAILED", Open = true)]
    public required string State { get; init; }

    /// <summary>Why it isn't ready, if the gateway reports it.</summary>
    public StatusInfo? Status { get; init; }

    /// <summary>The cloud's instance type, such as p5.48xlarge.</summary>
    public string? InstanceType { get; init; }

    /// <summary>True for spot capacity, which the cloud can reclaim.</summary>
    public bool? Spot { get; init; }

    /// <summary>The zone of its nodes.</summary>
    public string? Zone { get; init; }

    /// <summary>The maximum number of nodes, 0 to 1000.</summary>
    public int? MaxNodeCount { get; init; }
}

/// <summary>Parameters of <c>listNodePools</c>.</summary>
public sealed record ListNodePoolsParams
{
    /// <summary>The account to list. Default: the account in use.</summary>
    [JsonConverter(typeof(ResourceIdConverter))]
    public string? AccountId { get; init; }

    /// <summary>Token for <c>$/progress</c> with each page as the gateway sends it. Default: the result contains everything.</summary>
    [JsonConverter(typeof(ProgressTokenConverter))]
    public JsonElement? PartialResultToken { get; init; }
}

/// <summary>Result of <c>listNodePools</c>, and each page of it.</summary>
public sealed record ListNodePoolsResult : ProgressValue
{
    /// <summary>
    /// Every node pool in the account, in the gateway's order. Empty in the result of a request with a <c>partialResultToken</c>: all of
    /// them were sent before it.
    /// </summary>
    public required IReadOnlyList<NodePoolInfo> NodePools { get; init; }
}

/// <summary>Parameters of <c>getNodePoolUsage</c>.</summary>
public sealed record GetNodePoolUsageParams
{
    /// <summary>The node pool's id.</summary>
    [JsonConverter(typeof(ResourceIdConverter))]
    public required string NodePoolId { get; init; }

    /// <summary>The account that owns the node pool. Default: the account in use.</summary>
    [JsonConverter(typeof(ResourceIdConverter))]
    public string? AccountId { get; init; }

    /// <summary>The node pool's <c>maxNodeCount</c>, which the ceiling depends on. Default: the result has no <c>ceilingRanks</c>.</summary>
    [JsonConverter(typeof(NodeCountConverter))]
    public int? MaxNodeCount { get; init; }
}
