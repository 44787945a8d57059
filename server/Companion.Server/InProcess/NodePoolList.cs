using Companion.Protocol;

namespace Companion.Server.InProcess;

/// <summary>
/// The node pools with their usage. The list of some gateways has none. Then it's read for the first pools, unless that would delay other requests.
/// </summary>
internal static class NodePoolList
{
    private const int MostAsked = 20;
    private const int AtOnce = 4;

    /// <summary>Lists the node pools.</summary>
    /// <exception cref="ServerException">The list can't be read.</exception>
    public static async Task<ListNodePoolsResult> ReadAsync(IServerCalls server, string? accountId, CancellationToken cancellationToken)
    {
        var listing = new ListNodePoolsParams { AccountId = accountId };
        var list = await server.CallAsync(s => s.ListNodePoolsAsync(listing, cancellationToken)).ConfigureAwait(false);
        var all = list.NodePools.ToArray();
        var missing = Enumerable.Range(0, all.Length).Where(i => all[i].FreeRanks is null).Take(MostAsked);
        await Parallel.ForEachAsync(
            missing,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (i, canceled) =>
            {
                var pool = all[i];
                var request = new GetNodePoolUsageParams
                {
                    AccountId = accountId,
                    NodePoolId = pool.NodePoolId,
                    MaxNodeCount = pool.MaxNodeCount,
                };
                try
                {
                    var usage = await server.CallAsync(s => s.GetNodePoolUsageAsync(request, canceled)).ConfigureAwait(false);
                    all[i] = pool with
                    {
                        NodeCount = usage.NodeCount,
                        RanksPerNode = usage.RanksPerNode,
                        FreeRanks = usage.FreeRanks,
                        CeilingRanks = usage.CeilingRanks,
                    };
                }
                catch (ServerException)
                {
                    // the numbers stay unknown
                }
            }).ConfigureAwait(false);
        return list with { NodePools = all };
    }
}
