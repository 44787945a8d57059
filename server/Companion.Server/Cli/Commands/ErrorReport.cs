using System.Text;
using System.Text.Json;
using Companion.Gateway;
using Companion.Protocol;
using Companion.Server.Cli.Output;
using Companion.Server.Cli.Parsing;
using Companion.Server.InProcess;

namespace Companion.Server.Cli.Commands;

/// <summary>Prints an error of the server, with the commands that may help.</summary>
internal static class ErrorReport
{
    /// <summary>Prints an error. If the environment is unknown, lists similar ones.</summary>
    public static async Task PrintAsync(ServerException error, Invocation invocation, CancellationToken interrupted)
    {
        Print(error, invocation.Terminal, invocation.IsJson);
        if (invocation.IsJson)
            return;
        var environmentId = invocation.EnvironmentId;
        if (error.Code == (int)GoogleRpcCode.NotFound && environmentId is not null)
            await SuggestAsync(environmentId, invocation, interrupted).ConfigureAwait(false);
        if (invocation.AsksSystem && error.Details?.Refused == true)
            invocation.Terminal.Tell(EndOptions.KeepHint);
        foreach (var command in error.Details?.Actions.Select(action => CommandFor(action, environmentId)).OfType<string>().Distinct(StringComparer.Ordinal) ?? [])
            invocation.Terminal.Tell($"  {command}");
    }

    /// <summary>Prints an error.</summary>
    public static void Print(ServerException error, Terminal terminal, bool isJson)
    {
        if (isJson)
            terminal.Print(JsonOf(error));
        terminal.Complain($"error: {Printable.Of(ParamNames.InOptions(error.Message))}");
        if (error.Details?.Detail is { } detail)
            terminal.Complain(Printable.Of(detail));
    }

    private static async Task SuggestAsync(string environmentId, Invocation invocation, CancellationToken interrupted)
    {
        try
        {
            var list = await invocation.ListEnvironmentsAsync(interrupted).ConfigureAwait(false);
            if (Nearest.To(environmentId, list.Environments.Select(static e => e.EnvironmentId)) is { Count: > 0 } near)
                invocation.Terminal.Tell($"Did you mean {string.Join(", ", near.Select(Printable.Of))}?");
        }
        catch (Exception e) when (e is ServerException or OperationCanceledException)
        {
            // the first error is the one that matters
        }
    }

    private static string? CommandFor(string action, string? environmentId) => action switch
    {
        ErrorActions.ChooseNodePool => "companion pools",
        ErrorActions.WaitForRoom => "Add --wait-for-room 1h to wait for room.",
        ErrorActions.RebuildSnapshots => $"companion disconnect {environmentId} --reset-snapshots",
        ErrorActions.ForceDisconnect =>
            $"companion disconnect {environmentId} --force --confirm {environmentId}, which loses everything that isn't in a snapshot",
        ErrorActions.Refresh => $"companion status {environmentId}",
        ErrorActions.SelectEnvironment => "companion list",
        ErrorActions.SignIn => "companion login",
        ErrorActions.Diagnose => $"companion diagnose {environmentId}".TrimEnd(),
        _ => null,
    };

    /// <summary>The error as JSON-RPC would send it.</summary>
    private static string JsonOf(ServerException error)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("error"u8);
            json.WriteNumber("code"u8, error.Code);
            json.WriteString("message"u8, error.Message);
            if (error.Details is { } details)
            {
                json.WritePropertyName("data"u8);
                JsonSerializer.Serialize(json, details, ClientJson.Default.ErrorData);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
