using System.CommandLine;
using System.Globalization;
using Companion.Protocol;
using Companion.Server.Cli.Output;
using Companion.Server.InProcess;

namespace Companion.Server.Cli.Commands;

/// <summary><c>companion pools</c></summary>
internal static class PoolsCommand
{
    private const int MostAsked = 20;
    private const int AtOnce = 4;

    public static Command Create(CliRunner runner)
    {
        var command = new Command("pools", "List the node pools, with the ranks that are free now.");
        runner.SetAction(command, RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken interrupted)
    {
        var request = new ListNodePoolsParams { AccountId = invocation.AccountId };
        var list = await invocation.CallAsync(server => server.ListNodePoolsAsync(request, interrupted)).ConfigureAwait(false);
        list = list with { NodePools = await WithUsageAsync(list.NodePools, invocation, interrupted).ConfigureAwait(false) };
        invocation.Print(list, ClientJson.Default.ListNodePoolsResult, found => Table.Print(
            invocation.Terminal,
            ["NODE POOL", "STATE", "INSTANCE TYPE", "FREE", "AT MOST", "PER NODE", "ZONE", "NAME"],
            found.NodePools.Select(IReadOnlyList<string?> (pool) =>
            [
                pool.NodePoolId,
                pool.State,
                pool.InstanceType,
                Number(pool.FreeRanks),
                Number(pool.CeilingRanks),
                Number(pool.RanksPerNode),
                pool.Zone,
                pool.DisplayName,
            ])));
        return ExitCode.InEffect;
    }

    // The list of some gateways has no usage. Then it's read for the first pools, unless that would delay other requests.
    private static async Task<IReadOnlyList<NodePoolInfo>> WithUsageAsync(
        IReadOnlyList<NodePoolInfo> pools, Invocation invocation, CancellationToken interrupted)
    {
        var all = pools.ToArray();
        var missing = Enumerable.Range(0, all.Length).Where(i => all[i].FreeRanks is null).Take(MostAsked);
        await Parallel.ForEachAsync(
            missing,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = interrupted },
            async (i, cancellationToken) =>
            {
                var pool = all[i];
                var request = new GetNodePoolUsageParams
                {
                    AccountId = invocation.AccountId,
                    NodePoolId = pool.NodePoolId,
                    MaxNodeCount = pool.MaxNodeCount,
                };
                try
                {
                    var usage = await invocation.CallAsync(server => server.GetNodePoolUsageAsync(request, cancellationToken)).ConfigureAwait(false);
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
        return all;
    }

    private static string? Number(int? number) => number?.ToString(CultureInfo.InvariantCulture);
}
