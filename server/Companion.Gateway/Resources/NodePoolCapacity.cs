namespace Companion.Gateway.Resources;

/// <summary>What is free in a node pool.</summary>
/// <param name="FreeRanks">Unused ranks on the nodes that are running, 0 or more.</param>
/// <param name="CeilingRanks">Ranks that would be free if the pool grew to its maximum size, <c>FreeRanks</c> or more.</param>
public sealed record NodePoolCapacity(int FreeRanks, int CeilingRanks)
{
    // Everything else, a state that this version does not know included, may still hold its ranks.
    private static readonly HashSet<string> TerminalJobStates = new(StringComparer.OrdinalIgnoreCase)
    {
        "COMPLETED", "SUCCEEDED", "FAILED", "CANCELLED", "CANCELED", "EXPIRED", "DELETED",
    };

    /// <summary>
    /// Free = nodes × ranks a node − ranks of environments − ranks of unfinished batch jobs; the ceiling has the pool's greatest
    /// number of nodes in place of those that run. Both are inferred, not the gateway's own words.
    /// </summary>
    /// <returns>Null where the statistics do not say how many ranks a node takes.</returns>
    public static NodePoolCapacity? Of(GatewayNodePool pool, GatewayNodePoolStats? stats)
    {
        if (stats is not { RanksPerNode: > 0 })
            return null;
        long used = Math.Max(0, stats.EnvironmentRanks);
        foreach (var (state, ranks) in stats.BatchJobRanks)
        {
            if (!IsTerminal(state))
                used += Math.Max(0, ranks);
        }

        var free = Left(stats.NodeCount, stats.RanksPerNode, used);
        return new NodePoolCapacity(free, Math.Max(free, Left(pool.MaxNodeCount, stats.RanksPerNode, used)));
    }

    private static int Left(int nodes, int ranksPerNode, long used) =>
        (int)Math.Clamp(((long)nodes * ranksPerNode) - used, 0, int.MaxValue);

    private static bool IsTerminal(string state)
    {
        const string Prefix = "JOB_STATE_";
        return TerminalJobStates.Contains(state.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? state[Prefix.Length..] : state);
    }
}
