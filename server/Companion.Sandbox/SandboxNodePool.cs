namespace Companion.Sandbox;

/// <summary>A node pool in the sandbox.</summary>
internal sealed record SandboxNodePool
{
    /// <summary>The ID.</summary>
    public required string Id { get; init; }

    /// <summary>The display name.</summary>
    public required string DisplayName { get; init; }

    /// <summary>The instance type.</summary>
    public required string InstanceType { get; init; }

    /// <summary>The zone of its nodes.</summary>
    public required string Zone { get; init; }

    /// <summary>Whether the cloud can reclaim its nodes.</summary>
    public bool Spot { get; init; }

    /// <summary>The number of ranks per node.</summary>
    public required int RanksPerNode { get; init; }

    /// <summary>The number of nodes that always run.</summary>
    public required int NodeCount { get; init; }

    /// <summary>The maximum number of nodes.</summary>
    public required int MaxNodeCount { get; init; }

    /// <summary>The number of ranks that running batch jobs use.</summary>
    public int RunningJobRanks { get; init; }

    /// <summary>The number of ranks that completed batch jobs used, which are free again.</summary>
    public int CompletedJobRanks { get; init; }

    /// <summary>The state.</summary>
    public string State { get; init; } = Ready;

    /// <summary>Why it isn't ready.</summary>
    public SandboxStatus Status { get; init; } = SandboxStatus.Ok;

    /// <summary>Whether the node pool includes its statistics. Otherwise, only getStats returns them.</summary>
    public bool IncludesStats { get; init; } = true;

    /// <summary>The state in which environments can connect.</summary>
    public const string Ready = "READY";

    /// <summary>Whether this many more ranks fit if the pool grows to its maximum size.</summary>
    /// <param name="environmentRanks">The ranks that other environments use.</param>
    public bool Fits(int ranks, int environmentRanks) =>
        (long)ranks + environmentRanks + RunningJobRanks <= (long)MaxNodeCount * RanksPerNode;

    /// <summary>Returns the number of running nodes, which grows as the pool fills.</summary>
    public int NodesFor(int environmentRanks) =>
        Math.Max(NodeCount, (environmentRanks + RunningJobRanks + RanksPerNode - 1) / RanksPerNode);
}
