using System.Text.Json;
using System.Text.Json.Serialization;
using Companion.Protocol.Constraints;

namespace Companion.Protocol;

/// <summary>A node pool with what is free in it.</summary>
public sealed record NodePoolInfo
{
    /// <summary>Its id.</summary>
    public required string NodePoolId { get; init; }

    /// <summary>Its name for people, where it has one.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Its state by the gateway's own name, which may be one that this version does not know.</summary>
    [KnownValues("STATE_UNSPECIFIED", "CREATING", "READY", "DELETING", "FAILED", Open = true)]
    public required string State { get; init; }

    /// <summary>Why it is not ready, where the gateway says so.</summary>
    public StatusInfo? Status { get; init; }

    /// <summary>The cloud's instance type, such as p5.48xlarge.</summary>
    public string? InstanceType { get; init; }

    /// <summary>True for spot capacity, which the cloud may take back.</summary>
    public bool? Spot { get; init; }

    /// <summary>The zone that its nodes are in.</summary>
    public string? Zone { get; init; }

    /// <summary>Nodes running now.</summary>
    public int? NodeCount { get; init; }

    /// <summary>Nodes that it may grow to, 0 to 1000.</summary>
    public int? MaxNodeCount { get; init; }

    /// <summary>Ranks that one node takes.</summary>
    public int? RanksPerNode { get; init; }

    /// <summary>
    /// Ranks that nobody uses now: nodes × ranks a node, less those of environments and of unfinished batch jobs; never below 0.
    /// Absent where the gateway gave no statistics.
    /// </summary>
    public int? FreeRanks { get; init; }

    /// <summary>Ranks that would be free were the pool grown to its greatest size. Absent where the gateway gave no statistics.</summary>
    public int? CeilingRanks { get; init; }
}

/// <summary>What <c>listNodePools</c> takes.</summary>
public sealed record ListNodePoolsParams
{
    /// <summary>Account to list. Default: the account in use.</summary>
    [JsonConverter(typeof(ResourceIdConverter))]
    public string? AccountId { get; init; }

    /// <summary>Token for <c>$/progress</c> with each page as the gateway sends it. Default: all of them come with the answer.</summary>
    [JsonConverter(typeof(ProgressTokenConverter))]
    public JsonElement? PartialResultToken { get; init; }
}

/// <summary>What <c>listNodePools</c> answers, and each page of it.</summary>
public sealed record ListNodePoolsResult : ProgressValue
{
    /// <summary>
    /// Every node pool of the account, in the gateway's order. Empty in the answer to a request with a <c>partialResultToken</c>:
    /// they were all sent before it.
    /// </summary>
    public required IReadOnlyList<NodePoolInfo> NodePools { get; init; }
}
