using System.CommandLine;
using System.CommandLine.Help;
using Companion.Gateway.Credentials;
using Companion.Protocol;
using Companion.Server.Cli.Commands;
using Companion.Server.Cli.Output;
using Companion.Server.Cli.Parsing;
using Companion.Server.Hosting;
using Companion.Server.InProcess;

namespace Companion.Server.Cli;

/// <summary>The command line: parses it, and runs a command.</summary>
internal static class CliProgram
{
    private const string Name = "companion";

    /// <summary>Runs the command line.</summary>
    /// <param name="start">Starts the server in this process.</param>
    /// <param name="serveAgents">Serves agents over stdin and stdout, until they end.</param>
    /// <param name="interrupted">Canceled by Ctrl+C.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> args,
        Terminal terminal,
        IProcessEnvironment environment,
        TimeProvider time,
        Func<InProcessServer> start,
        Func<InitializeParams, CancellationToken, Task<int>> serveAgents,
        CancellationToken interrupted)
    {
        var root = CreateRoot(terminal, environment, time, start, serveAgents);
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null }); // "@file" is a value like any other
        var isHelp = parsed.Action is HelpAction;
        if (!isHelp && UsageErrors.Find(args, parsed, root) is { Count: > 0 } errors)
        {
            foreach (var error in errors)
                terminal.Complain($"error: {Printable.Of(error)}");
            terminal.Complain($"For the commands and options, run: {CommandName(parsed)} --help");
            return ExitCode.CannotParse;
        }

        using var written = new StringWriter(); // the help and suggestions, for an output that may be closed
        var configuration = new InvocationConfiguration
        {
            Output = written,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null, // the entry point handles signals
        };
        var code = await parsed.InvokeAsync(configuration, interrupted).ConfigureAwait(false);
        if (written.GetStringBuilder().Length > 0)
            terminal.Print(written.ToString().TrimEnd());
        if (isHelp && parsed.CommandResult.Command == root)
            terminal.Print($"\nExit codes:\n{ExitCode.Describe()}");
        return code;
    }

    private static RootCommand CreateRoot(
        Terminal terminal,
        IProcessEnvironment environment,
        TimeProvider time,
        Func<InProcessServer> start,
        Func<InitializeParams, CancellationToken, Task<int>> serveAgents)
    {
        var options = new GlobalOptions();
        var runner = new CliRunner(options, terminal, environment, time, start);
        var root = new RootCommand("Connects Fireworks environments to GPU node pools, and disconnects them.")
        {
            HelpName = Name,
        };
        root.Options.Remove(root.Options.OfType<VersionOption>().Single()); // the library's hides other errors
        root.Options.Remove(root.Options.OfType<HelpOption>().Single());
        root.Add(new HelpOption("--help", ["-h"]) { Description = "Show help." });
        options.AddTo(root);
        var version = Options.Flag("--version", "Print the version.");
        root.Add(version);
        foreach (var command in new[]
        {
            ListCommand.Create(runner),
            PoolsCommand.Create(runner),
            StatusCommand.Create(runner),
            ConnectCommand.Create(runner, time),
            DisconnectCommand.Create(runner),
            WatchCommand.Create(runner),
            LeaseCommand.Create(runner, time),
            EnforceCommand.Create(runner),
            UsageCommand.Create(runner),
            DiagnoseCommand.Create(runner),
            LoginCommand.Create(runner),
            LogoutCommand.Create(runner),
            McpCommand.Create(options, environment, terminal, serveAgents),
            CompletionCommand.Create(terminal),
        })
            root.Add(command);
        root.SetAction((args, _) =>
        {
            if (args.GetValue(version))
            {
                terminal.Print($"{ServerIdentity.Name} {ServerIdentity.Version}");
                return Task.FromResult(ExitCode.InEffect);
            }

            terminal.Complain($"error: A command is required, such as {Name} list. For all commands, run: {Name} --help");
            return Task.FromResult(ExitCode.CannotParse);
        });
        return root;
    }

    private static string CommandName(ParseResult parsed) =>
        parsed.CommandResult.Command is RootCommand ? Name : $"{Name} {parsed.CommandResult.Command.Name}";
}
