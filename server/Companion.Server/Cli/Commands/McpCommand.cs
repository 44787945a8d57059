using System.CommandLine;
using Companion.Gateway.Credentials;
using Companion.Protocol;
using Companion.Server.Cli.Output;
using Companion.Server.Cli.Parsing;

namespace Companion.Server.Cli.Commands;

/// <summary><c>companion mcp</c></summary>
internal static class McpCommand
{
    public static Command Create(
        GlobalOptions options, IProcessEnvironment environment, Terminal terminal, Func<InitializeParams, CancellationToken, Task<int>> serve)
    {
        var command = new Command("mcp", "Serve agents with the Model Context Protocol over stdin and stdout, until stdin ends.");
        command.SetAction(async (args, interrupted) =>
        {
            try
            {
                var keepsEnds = !CliSettings.IsKeptByVSCode(environment); // VS Code also announces them to the user
                var session = CliSettings.For(Actors.Agent, keepsEnds, args.GetValue(options.GatewayUrl), args.GetValue(options.Account), environment);
                return await serve(session, interrupted).ConfigureAwait(false);
            }
            catch (UsageException e)
            {
                terminal.Complain($"error: {e.Message}");
                return ExitCode.CannotParse;
            }
        });
        return command;
    }
}
