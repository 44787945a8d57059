using System.CommandLine;
using Companion.Protocol;
using Companion.Server.Cli.Parsing;

namespace Companion.Server.Cli.Commands;

/// <summary><c>companion disconnect</c></summary>
internal sealed class DisconnectCommand
{
    private readonly Option<bool> _reset = Options.Flag("--reset-snapshots", "Rebuild the snapshots, after a snapshot error or too many layers.");
    private readonly Option<bool> _force = Options.Flag("--force", "Disconnect even if the snapshot fails: everything that isn't in a snapshot is lost.");
    private readonly Option<string> _confirm = Options.Text("--confirm", "ENV", "The environment's ID again, which --force requires.");
    private readonly Option<string> _wait = new Option<string>("--wait") { Description = "When to return. Default: disconnected." }.AcceptOnlyFromAmong("disconnected", "accepted");
    private readonly Option<TimeSpan?> _timeout = Options.Duration("--timeout", "How long to wait for the change. Default: 30m.");

    public static Command Create(CliRunner runner)
    {
        var environment = Options.Environment();
        var it = new DisconnectCommand();
        var command = new Command("disconnect", "Disconnect an environment. The gateway takes a snapshot first.") { environment, it._reset, it._force, it._confirm, it._wait, it._timeout };
        command.Validators.Add(result =>
        {
            if (result.GetResult(environment) is not { Tokens: [{ Value: var name }] })
                return; // another error
            if (result.Has(it._force) && !(result.GetResult(it._confirm)?.Tokens is [{ Value: var confirmed }] && confirmed == name))
                result.AddError($"--force loses everything that isn't in a snapshot. To confirm, add --confirm {name}.");
            if (!result.Has(it._force) && result.Has(it._confirm))
                result.AddError("--confirm requires --force.");
        });
        runner.SetAction(command, it.RunAsync, environment);
        return command;
    }

    private async Task<int> RunAsync(Invocation invocation, CancellationToken interrupted)
    {
        var args = invocation.Args;
        var request = new DisconnectParams
        {
            EnvironmentId = invocation.EnvironmentId!,
            AccountId = invocation.AccountId,
            Force = args.GetValue(_force) ? true : null,
            ResetSnapshots = args.GetValue(_reset) ? true : null,
            Wait = args.GetValue(_wait) == "accepted" ? Wait.Accepted : null,
            TimeoutSeconds = args.GetValue(_timeout) is { } timeout ? EndOptions.Seconds(timeout) : null,
        };
        await ChangeRun.RunAsync(
            invocation, (server, token) => server.DisconnectAsync(request with { WorkDoneToken = token }, interrupted)).ConfigureAwait(false);
        return ExitCode.InEffect;
    }
}
