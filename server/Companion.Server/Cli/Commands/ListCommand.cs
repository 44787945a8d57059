using System.CommandLine;
using System.Globalization;
using Companion.Server.Cli.Output;
using Companion.Server.InProcess;

namespace Companion.Server.Cli.Commands;

/// <summary><c>companion list</c></summary>
internal static class ListCommand
{
    public static Command Create(CliRunner runner)
    {
        var command = new Command("list", "List the environments.");
        runner.SetAction(command, RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken interrupted)
    {
        var list = await invocation.ListEnvironmentsAsync(interrupted).ConfigureAwait(false);
        invocation.Print(list, ClientJson.Default.ListEnvironmentsResult, found => Table.Print(
            invocation.Terminal,
            ["ENVIRONMENT", "STATE", "NODE POOL", "RANKS", "ENDS", "CREATED BY", "NAME"],
            found.Environments.Select(IReadOnlyList<string?> (e) =>
            [
                e.EnvironmentId,
                e.State,
                e.Connection?.NodePoolId,
                e.Connection?.NumRanks?.ToString(CultureInfo.InvariantCulture),
                e.Lease is { } lease ? Durations.Text(lease.Until, invocation.Time) : null,
                e.CreatedBy,
                e.DisplayName,
            ])));
        return ExitCode.InEffect;
    }
}
