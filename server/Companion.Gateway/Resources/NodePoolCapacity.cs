namespace Companion.Gateway.Resources;

/// <summary>The free ranks of a node pool.</summary>
/// <param name="FreeRanks">Unused ranks on the nodes that are running, 0 or more.</param>
/// <param name="CeilingRanks">Ranks that would be free if the pool grew to its maximum size, <c>FreeRanks</c> or more.</param>
public sealed record NodePoolCapacity(int FreeRanks, int CeilingRanks)
{
    // In any other state, including unknown ones, a job may still use its ranks.
    private static readonly HashSet<string> TerminalJobStates = new(StringComparer.OrdinalIgnoreCase)
    {
        "COMPLETED", "SUCCEEDED", "FAILED", "CANCELLED", "CANCELED", "EXPIRED", "DELETED",
    };

    /// <summary>
    /// Free = nodes × ranks per node − ranks of environments − ranks of unfinished batch jobs. The ceiling uses the maximum number of nodes
    /// instead. Both are calculated, not reported by the gateway.
    /// </summary>
    /// <returns>Null if the number of ranks per node is unknown.</returns>
    public static NodePoolCapacity? Of(int maxNodeCount, GatewayNodePoolStats? stats)
    {
        if (stats is not { RanksPerNode: > 0 })
            return null;
        long used = Math.Max(0, stats.EnvironmentRanks);
        foreach (var (state, ranks) in stats.BatchJobRanks)
        {
            if (!IsTerminal(state))
                used += Math.Max(0, ranks);
        }

        var free = Free(stats.NodeCount, stats.RanksPerNode, used);
        return new NodePoolCapacity(free, Math.Max(free, Free(maxNodeCount, stats.RanksPerNode, used)));
    }

    private static int Free(int nodes, int ranksPerNode, long used) =>
        (int)Math.Clamp(((long)nodes * ranksPerNode) - used, 0, int.MaxValue);

    private static bool IsTerminal(string state)
    {
        const string Prefix = "JOB_STATE_";
        return TerminalJobStates.Contains(state.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? state[Prefix.Length..] : state);
    }
}
