using System.CommandLine;
using System.Globalization;
using Companion.Server.Cli.Output;
using Companion.Server.InProcess;

namespace Companion.Server.Cli.Commands;

/// <summary><c>companion pools</c></summary>
internal static class PoolsCommand
{
    public static Command Create(CliRunner runner)
    {
        var command = new Command("pools", "List the node pools, with the ranks that are free now.");
        runner.SetAction(command, RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken interrupted)
    {
        var list = await NodePoolList.ReadAsync(invocation.Server, invocation.AccountId, interrupted).ConfigureAwait(false);
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

    private static string? Number(int? number) => number?.ToString(CultureInfo.InvariantCulture);
}
