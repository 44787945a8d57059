using System.CommandLine;
using Companion.Protocol;
using Companion.Server.Cli.Output;
using Companion.Server.Cli.Parsing;
using Companion.Server.InProcess;

namespace Companion.Server.Cli.Commands;

/// <summary><c>companion watch</c></summary>
internal static class WatchCommand
{
    public static Command Create(CliRunner runner)
    {
        var environment = Options.Environment();
        var command = new Command("watch", "Print each state of an environment until it's interrupted. With --json, an object on each line.") { environment };
        runner.SetAction(command, RunAsync, environment);
        return command;
    }

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken interrupted)
    {
        var terminal = invocation.Terminal;
        string? last = null;
        invocation.Server.OnEnvironmentChanged = changed =>
        {
            if (invocation.IsJson)
            {
                terminal.PrintJson(changed, ClientJson.Default.EnvironmentChangedParams);
                return;
            }

            var text = Describe(changed);
            if (text != last)
                terminal.Print($"{Durations.Text(invocation.Time.GetUtcNow(), invocation.Time)}  {last = text}");
        };
        var watched = new WatchedEnvironment { EnvironmentId = invocation.EnvironmentId!, AccountId = invocation.AccountId };
        var request = new WatchEnvironmentsParams { Environments = [watched] };
        await invocation.CallAsync(server => server.WatchEnvironmentsAsync(request, interrupted)).ConfigureAwait(false);
        await terminal.OutputClosedAsync().WaitAsync(interrupted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return interrupted.IsCancellationRequested ? ExitCode.Interrupted : ExitCode.InEffect;
    }

    private static string Describe(EnvironmentChangedParams changed)
    {
        var state = changed.Environment is { } environment ? EnvironmentText.Summary(environment) : Printable.Of(changed.EnvironmentId);
        return changed.Problem is { } problem ? $"{state}  not confirmed: {Printable.Of(problem.Message)}" : state;
    }
}
