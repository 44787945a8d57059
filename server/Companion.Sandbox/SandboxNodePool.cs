namespace Companion.Sandbox;

/// <summary>One node pool of the sandbox.</summary>
internal sealed record SandboxNodePool
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Its name for people.</summary>
    public required string DisplayName { get; init; }

    /// <summary>Type of its machines.</summary>
    public required string InstanceType { get; init; }

    /// <summary>The zone of its nodes.</summary>
    public required string Zone { get; init; }

    /// <summary>Whether the cloud may take its nodes back.</summary>
    public bool Spot { get; init; }

    /// <summary>The ranks that one node takes.</summary>
    public required int RanksPerNode { get; init; }

    /// <summary>The nodes that always run.</summary>
    public required int NodeCount { get; init; }

    /// <summary>The nodes that it may grow to.</summary>
    public required int MaxNodeCount { get; init; }

    /// <summary>Ranks that running batch jobs use.</summary>
    public int RunningJobRanks { get; init; }

    /// <summary>Ranks that finished batch jobs used: they are free again.</summary>
    public int CompletedJobRanks { get; init; }

    /// <summary>Its state.</summary>
    public string State { get; init; } = Ready;

    /// <summary>Why it is not ready.</summary>
    public SandboxStatus Status { get; init; } = SandboxStatus.Ok;

    /// <summary>Whether it tells its statistics itself, and not only through getStats.</summary>
    public bool IncludesStats { get; init; } = true;

    /// <summary>The state in which it takes environments.</summary>
    public const string Ready = "READY";

    /// <summary>Whether so many ranks more fit in, were it grown to its greatest size.</summary>
    /// <param name="environmentRanks">The ranks that other environments use.</param>
    public bool Fits(int ranks, int environmentRanks) =>
        (long)ranks + environmentRanks + RunningJobRanks <= (long)MaxNodeCount * RanksPerNode;

    /// <summary>The nodes that run: it grows as it fills.</summary>
    public int NodesFor(int environmentRanks) =>
        Math.Max(NodeCount, (environmentRanks + RunningJobRanks + RanksPerNode - 1) / RanksPerNode);
}
