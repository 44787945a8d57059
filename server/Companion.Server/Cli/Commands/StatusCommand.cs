using System.CommandLine;
using Companion.Server.Cli.Parsing;

namespace Companion.Server.Cli.Commands;

/// <summary><c>companion status</c></summary>
internal static class StatusCommand
{
    public static Command Create(CliRunner runner)
    {
        var environment = Options.Environment();
        var command = new Command("status", "Show an environment as the gateway describes it now.") { environment };
        runner.SetAction(command, RunAsync, environment);
        return command;
    }

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken interrupted)
    {
        invocation.Print(await invocation.ReadEnvironmentAsync(interrupted).ConfigureAwait(false));
        return ExitCode.InEffect;
    }
}
