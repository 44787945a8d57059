using System.CommandLine;
using Companion.Gateway.Credentials;
using Companion.Server.Cli.Output;
using Companion.Server.Cli.Parsing;
using Companion.Server.InProcess;

namespace Companion.Server.Cli.Commands;

/// <summary><c>companion logout</c></summary>
internal sealed class LogoutCommand
{
    private readonly Option<bool> _yes = Options.Flag("--yes", "Remove the key even if ends of connections depend on it.");

    public static Command Create(CliRunner runner)
    {
        var it = new LogoutCommand();
        var command = new Command("logout", "Remove the API key from auth.ini.") { it._yes };
        runner.SetAction(command, it.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(Invocation invocation, CancellationToken interrupted)
    {
        var terminal = invocation.Terminal;
        var file = AuthFile.Find(invocation.Environment);
        if (await FindKeptEndsAsync(invocation, interrupted).ConfigureAwait(false) is { Count: > 0 } ends && !invocation.Args.GetValue(_yes))
        {
            terminal.Complain($"Without the key, nothing disconnects {string.Join(", ", ends.Select(Printable.Of))} at the end that was set.");
            if (!terminal.Confirm("Remove it anyway?"))
            {
                terminal.Complain("Nothing was changed. To remove it anyway, add --yes.");
                return ExitCode.Refused;
            }
        }

        await invocation.CallAsync(server => server.SignOutAsync(interrupted)).ConfigureAwait(false);
        terminal.Tell(file.RemoveKey() ? $"Removed the key from {file.Path}." : $"There's no key in {file.Path}.");
        if (new CredentialSources(invocation.Environment).Find().Credential is { Origin: var origin })
            terminal.Tell($"warning: {origin} still has a key.");
        return ExitCode.InEffect;
    }

    /// <summary>The environments whose ends this machine keeps with the key in the file.</summary>
    private static async Task<IReadOnlyList<string>> FindKeptEndsAsync(Invocation invocation, CancellationToken interrupted)
    {
        try
        {
            var list = await invocation.ListEnvironmentsAsync(interrupted).ConfigureAwait(false);
            return [.. list.Environments.Where(static e => e.Lease is { } lease && EnvironmentText.IsKeptBySystem(lease)).Select(static e => e.EnvironmentId)];
        }
        catch (ServerException)
        {
            return []; // the key can't end anything any more
        }
    }
}
