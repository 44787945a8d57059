using System.CommandLine;
using System.Text.Json.Serialization.Metadata;
using Companion.Gateway.Credentials;
using Companion.Protocol;
using Companion.Server.Cli.Output;
using Companion.Server.InProcess;

namespace Companion.Server.Cli.Commands;

/// <summary>A command that runs, with an open session of the server.</summary>
internal sealed record Invocation(
    ParseResult Args, InProcessServer Server, Terminal Terminal, IProcessEnvironment Environment, TimeProvider Time, bool IsJson, string? AccountId)
{
    /// <summary>The environment that the command is about, or null.</summary>
    public string? EnvironmentId { get; init; }

    /// <summary>True if the operating system was asked to keep an end.</summary>
    public bool AsksSystem { get; set; }

    /// <summary>Calls a method of the server.</summary>
    public Task<T> CallAsync<T>(Func<ICompanionServer, Task<T>> call) => Server.CallAsync(call);

    /// <summary>Reads the environment that the command is about.</summary>
    public Task<EnvironmentInfo> ReadEnvironmentAsync(CancellationToken cancellationToken) =>
        ReadEnvironmentAsync(EnvironmentId!, AccountId, cancellationToken);

    /// <summary>Reads an environment from the gateway.</summary>
    public Task<EnvironmentInfo> ReadEnvironmentAsync(string environmentId, string? accountId, CancellationToken cancellationToken)
    {
        var request = new GetEnvironmentParams { EnvironmentId = environmentId, AccountId = accountId };
        return CallAsync(server => server.GetEnvironmentAsync(request, cancellationToken));
    }

    /// <summary>Lists the environments in the account.</summary>
    public Task<ListEnvironmentsResult> ListEnvironmentsAsync(CancellationToken cancellationToken)
    {
        var request = new ListEnvironmentsParams { AccountId = AccountId };
        return CallAsync(server => server.ListEnvironmentsAsync(request, cancellationToken));
    }

    /// <summary>Prints an environment.</summary>
    public void Print(EnvironmentInfo environment) =>
        Print(environment, ClientJson.Default.EnvironmentInfo, shown => EnvironmentText.Print(shown, Terminal, Time));

    /// <summary>Prints an object for programs, or in another way for people.</summary>
    public void Print<T>(T value, JsonTypeInfo<T> type, Action<T> forPeople)
    {
        if (IsJson)
            Terminal.PrintJson(value, type);
        else
            forPeople(value);
    }
}
