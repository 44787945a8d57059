using System.CommandLine;
using Companion.Protocol;
using Companion.Server.Cli.Output;
using Companion.Server.Cli.Parsing;
using Companion.Server.InProcess;

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
        var request = new GetEnvironmentParams { EnvironmentId = invocation.EnvironmentId!, AccountId = invocation.AccountId };
        var environment = await invocation.CallAsync(server => server.GetEnvironmentAsync(request, interrupted)).ConfigureAwait(false);
        invocation.Print(
            environment, ClientJson.Default.EnvironmentInfo, found => EnvironmentText.Print(found, invocation.Terminal, invocation.Time));
        return ExitCode.InEffect;
    }
}
