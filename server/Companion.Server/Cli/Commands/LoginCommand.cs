using System.CommandLine;
using Companion.Gateway.Credentials;
using Companion.Protocol;
using Companion.Server.Cli.Output;
using Companion.Server.Cli.Parsing;
using Companion.Server.InProcess;

namespace Companion.Server.Cli.Commands;

/// <summary><c>companion login</c></summary>
internal sealed class LoginCommand
{
    private readonly Option<bool> _yes = Options.Flag("--yes", "Replace the key that is already stored.");

    public static Command Create(CliRunner runner)
    {
        var it = new LoginCommand();
        var command = new Command("login", "Check an API key and store it in auth.ini. Enter it when asked, or pipe it in: it's never an argument.") { it._yes };
        runner.SetAction(command, it.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(Invocation invocation, CancellationToken interrupted)
    {
        var terminal = invocation.Terminal;
        var file = AuthFile.Find(invocation.Environment);
        foreach (var warning in file.Warnings)
            terminal.Tell($"warning: {Printable.Of(warning)}");
        if (file is { Credential: not null } or { Unusable: not null } && !MayReplace(file, invocation))
            return ExitCode.Refused;
        var apiKey = terminal.AskSecret("API key: ")?.Trim() ?? "";
        interrupted.ThrowIfCancellationRequested();
        if (ApiKeyFault.Of(apiKey) is { } fault)
            throw new UsageException($"The API key {fault}.");
        var request = new SignInParams { ApiKey = apiKey, AccountId = invocation.AccountId };
        var account = await invocation.CallAsync(server => server.SignInAsync(request, interrupted)).ConfigureAwait(false);
        file.Store(apiKey, account.AccountId);
        invocation.Print(
            account with { KeySource = KeySources.File, KeyOrigin = file.Path },
            ClientJson.Default.AccountInfo,
            found => terminal.Print($"Signed in to {Printable.Of(found.AccountId)}. The key is in {file.Path}."));
        if (new CredentialSources(invocation.Environment).Find().Credential is { Source: CredentialSource.Environment, Origin: var name })
            terminal.Tell($"warning: {name} is set, and is used instead of the stored key.");
        return ExitCode.InEffect;
    }

    private bool MayReplace(AuthFile file, Invocation invocation)
    {
        if (invocation.Args.GetValue(_yes))
            return true;
        var account = file.AccountId is { } accountId ? $" for account {accountId}" : "";
        invocation.Terminal.Complain($"{file.Path} already has a key{account}.");
        if (invocation.Terminal.Confirm("Replace it?"))
            return true;
        invocation.Terminal.Complain("Nothing was changed. To replace it, add --yes.");
        return false;
    }
}
