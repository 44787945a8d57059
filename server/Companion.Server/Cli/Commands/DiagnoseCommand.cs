using System.CommandLine;
using Companion.Protocol;
using Companion.Server.Cli.Output;
using Companion.Server.Cli.Parsing;
using Companion.Server.InProcess;

namespace Companion.Server.Cli.Commands;

/// <summary><c>companion diagnose</c></summary>
internal sealed class DiagnoseCommand
{
    private readonly Argument<string> _environment = new("ENV") { Description = "The environment's ID.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string> _nodePool = Options.Text("--node-pool", "ID", "The node pool to check. Default: the environment's last one.");

    public static Command Create(CliRunner runner)
    {
        var it = new DiagnoseCommand();
        var command = new Command("diagnose", "Check every step from this machine to the node pool. Nothing is changed.") { it._environment, it._nodePool };
        runner.SetAction(command, it.RunAsync, it._environment);
        return command;
    }

    private async Task<int> RunAsync(Invocation invocation, CancellationToken interrupted)
    {
        var request = new DiagnoseParams
        {
            AccountId = invocation.AccountId,
            EnvironmentId = invocation.EnvironmentId,
            NodePoolId = invocation.Args.GetValue(_nodePool),
        };
        var diagnosis = await invocation.CallAsync(server => server.DiagnoseAsync(request, interrupted)).ConfigureAwait(false);
        invocation.Print(diagnosis, ClientJson.Default.Diagnosis, found => Table.Print(
            invocation.Terminal,
            ["STEP", "RESULT", "TIME", "MESSAGE"],
            found.Steps.Select(IReadOnlyList<string?> (step) => [step.Id, step.Verdict, $"{step.Milliseconds} ms", step.Message])));
        return diagnosis.Steps.Any(static step => step.Verdict == StepVerdicts.Failed) ? ExitCode.NotApplied : ExitCode.InEffect;
    }
}
