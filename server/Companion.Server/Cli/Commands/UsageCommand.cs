using System.CommandLine;
using System.Globalization;
using Companion.Protocol;
using Companion.Server.Cli.Output;
using Companion.Server.Cli.Parsing;
using Companion.Server.InProcess;

namespace Companion.Server.Cli.Commands;

/// <summary><c>companion usage</c></summary>
internal sealed class UsageCommand
{
    private readonly Option<TimeSpan?> _since = Options.Duration("--since", "How far to go back, such as 7d. Default: 30d.");

    public static Command Create(CliRunner runner)
    {
        var it = new UsageCommand();
        var command = new Command("usage", "Show how long environments were connected, as far as this machine observed it.") { it._since };
        runner.SetAction(command, it.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(Invocation invocation, CancellationToken interrupted)
    {
        var request = new GetUsageParams
        {
            AccountId = invocation.AccountId,
            Since = invocation.Args.GetValue(_since) is { } since ? invocation.Time.GetUtcNow() - since : null,
            GroupBy = [UsageDimensions.Environment, UsageDimensions.NodePool],
        };
        var usage = await invocation.CallAsync(server => server.GetUsageAsync(request, interrupted)).ConfigureAwait(false);
        if (usage.NotRecorded is { } reason)
            invocation.Terminal.Tell($"warning: the history isn't recorded: {Printable.Of(reason)}");
        invocation.Print(usage, ClientJson.Default.UsageInfo, found => Table.Print(
            invocation.Terminal,
            ["ENVIRONMENT", "NODE POOL", "CONNECTED", "RANK-HOURS", "NOT WATCHED"],
            found.Groups.Select(IReadOnlyList<string?> (group) =>
            [
                group.EnvironmentId,
                group.NodePoolId,
                Durations.Text(TimeSpan.FromSeconds(group.ConnectedSeconds)),
                TimeSpan.FromSeconds(group.RankSeconds).TotalHours.ToString("0.0", CultureInfo.InvariantCulture),
                group.NotWatchedSeconds > 0 ? Durations.Text(TimeSpan.FromSeconds(group.NotWatchedSeconds)) : null,
            ])));
        return ExitCode.InEffect;
    }
}
