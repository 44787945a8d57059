using System.CommandLine;
using Companion.Gateway.Credentials;
using Companion.Protocol;
using Companion.Server.Cli.Output;
using Companion.Server.Cli.Parsing;
using Companion.Server.InProcess;

namespace Companion.Server.Cli.Commands;

/// <summary>Runs commands: opens a session, and turns errors into messages and exit codes.</summary>
/// <param name="start">Starts the server, which is needed only if the command line can be parsed.</param>
internal sealed class CliRunner(GlobalOptions options, Terminal terminal, IProcessEnvironment environment, TimeProvider time, Func<InProcessServer> start)
{
    private const int Warning = 2; // LSP's MessageType

    /// <summary>Lets a command run this.</summary>
    /// <param name="environment">The argument that names the environment, if there is one.</param>
    /// <param name="keepsEnds">Returns whether the command runs long enough to keep the ends of connections. By default, it doesn't.</param>
    public void SetAction(
        Command command, Func<Invocation, CancellationToken, Task<int>> run, Argument<string>? environment = null, Func<ParseResult, bool>? keepsEnds = null) =>
        command.SetAction((args, interrupted) =>
            RunAsync(args, run, environment is null ? null : args.GetValue(environment), keepsEnds?.Invoke(args) ?? false, interrupted));

    private async Task<int> RunAsync(
        ParseResult args, Func<Invocation, CancellationToken, Task<int>> run, string? environmentId, bool keepsEnds, CancellationToken interrupted)
    {
        terminal.IsQuiet = args.GetValue(options.Quiet);
        terminal.HasStyle &= !args.GetValue(options.NoColor);
        var isJson = args.GetValue(options.Json);
        var invocation = default(Invocation);
        try
        {
            var accountId = args.GetValue(options.Account);
            var settings = CliSettings.For(Actors.CommandLine, keepsEnds, args.GetValue(options.GatewayUrl), accountId, environment);
            var server = start();
            await using var ended = server.ConfigureAwait(false);
            server.OnLogMessage = line =>
            {
                if (line.Type <= Warning)
                    terminal.Tell($"warning: {Printable.Of(line.Message)}");
            };
            await server.CallAsync(s => s.InitializeAsync(settings, interrupted)).ConfigureAwait(false);
            invocation = new Invocation(args, server, terminal, environment, time, isJson, accountId) { EnvironmentId = environmentId };
            try
            {
                return await run(invocation, interrupted).ConfigureAwait(false);
            }
            catch (ServerException e)
            {
                await ErrorReport.PrintAsync(e, invocation, interrupted).ConfigureAwait(false);
                return interrupted.IsCancellationRequested ? ExitCode.Interrupted : ExitCode.Of(e);
            }
        }
        catch (ServerException e) // the session can't be opened
        {
            ErrorReport.Print(e, terminal, isJson);
            return ExitCode.Of(e);
        }
        catch (UsageException e)
        {
            terminal.Complain($"error: {e.Message}");
            return ExitCode.CannotParse;
        }
        catch (AuthFileException e)
        {
            terminal.Complain($"error: {Printable.Of(e.Message)}");
            return ExitCode.Refused;
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            terminal.Complain("Interrupted. Nothing was changed.");
            return ExitCode.Interrupted;
        }
    }
}
