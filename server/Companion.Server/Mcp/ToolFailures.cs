using System.Text.Json;
using Companion.Gateway;
using Companion.Protocol;
using Companion.Protocol.Tools;
using Companion.Server.Errors;
using Companion.Server.InProcess;
using ModelContextProtocol.Protocol;

namespace Companion.Server.Mcp;

/// <summary>
/// Errors as results: what happened, whether the change is in effect, whether to call the tool again, and what else to do. The text and the
/// structured content say the same, because hosts pass on one or the other.
/// </summary>
internal static class ToolFailures
{
    private const int InternalError = -32603;
    private const int ServerBusy = -32000;

    /// <summary>An argument is invalid.</summary>
    public static CallToolResult OfArgument(string message, bool isChange) => Result(new ToolError
    {
        Code = MethodException.InvalidParams,
        Message = message,
        NextSteps = ["Correct the arguments, and call the tool again."],
        Data = isChange ? Data(GoogleRpcCode.InvalidArgument, Outcomes.NotApplied) : null,
    });

    /// <summary>The server has responded with an error.</summary>
    public static CallToolResult Of(ServerException error, string tool, bool isChange)
    {
        if (error.Code == MethodException.InvalidParams) // nothing was sent; an argument has the name of the member, wherever that is
            return OfArgument(error.Message.Replace("params.lease.", "", StringComparison.Ordinal).Replace("params.", "", StringComparison.Ordinal), isChange);
        var details = error.Details ?? Data(GoogleRpcCode.Unknown, OutcomeOf(error.Code, isChange));
        return Result(new ToolError { Code = error.Code, Message = error.Message, NextSteps = [.. NextSteps(details, tool)], Data = details });
    }

    /// <summary>The call was canceled, and the server didn't say what is in effect.</summary>
    public static CallToolResult Canceled(string tool, bool isChange) => Result(
        MethodException.RequestCancelled, "Canceled.", Data(GoogleRpcCode.Cancelled, isChange ? Outcomes.Unknown : null), tool);

    /// <summary>A defect. The log has the details.</summary>
    public static CallToolResult Unexpected(string tool, bool isChange) => Result(
        InternalError, "Companion has an internal error, which its log describes.", Data(GoogleRpcCode.Internal, isChange ? Outcomes.Unknown : null), tool);

    private static CallToolResult Result(int code, string message, ErrorData data, string tool) =>
        Result(new ToolError { Code = code, Message = message, NextSteps = [.. NextSteps(data, tool)], Data = data });

    private static CallToolResult Result(ToolError error)
    {
        string?[] lines =
        [
            error.Message,
            error.Data?.Detail,
            error.Data?.Outcome is { } outcome ? $"Outcome: {outcome}. {MeaningOf(outcome)}" : null,
            .. error.NextSteps.Select(static step => $"- {step}"),
        ];
        return new CallToolResult
        {
            IsError = true,
            StructuredContent = JsonSerializer.SerializeToElement(new ToolFailure { Error = error }, ToolJson.Default.ToolFailure),
            Content = [new TextContentBlock { Text = string.Join('\n', lines.OfType<string>()) }],
        };
    }

    private static IEnumerable<string> NextSteps(ErrorData data, string tool) =>
        data.Actions.Where(action => action != ErrorActions.Refresh || data.Outcome != Outcomes.Unknown) // said with the first step
            .Select(StepFor).OfType<string>().Prepend(Again(data, tool)).Distinct(StringComparer.Ordinal);

    private static string Again(ErrorData data, string tool) => data switch
    {
        { Bound: not null } => $"Don't call {tool} again, and don't work around this: only the user can change the bound. Ask them if you need more.",
        { Outcome: Outcomes.Unknown } =>
            $"Don't call {tool} again: the change may still take effect. Call {ToolNames.GetEnvironment} until the state is CONNECTED or DISCONNECTED.",
        { Outcome: Outcomes.Applied } => $"Don't call {tool} again: the change is in effect.",
        { Retryable: true } => $"Call {tool} again later, with the same arguments.",
        _ => $"Don't call {tool} again with the same arguments, unless something has changed: it would fail in the same way.",
    };

    // What an agent can do, or have done. It has no force, no resetSnapshots, and can't wait for room.
    private static string? StepFor(string action) => action switch
    {
        ErrorActions.ChooseNodePool => $"Call {ToolNames.ListNodePools}, and choose another node pool or fewer ranks.",
        ErrorActions.WaitForRoom => "Ask the user whether to wait until the node pool has room.",
        ErrorActions.RebuildSnapshots => "Ask the user to disconnect it with a rebuild of its snapshots. You can't do that.",
        ErrorActions.ForceDisconnect => "Ask the user to decide about a forced disconnect, which loses what isn't in a snapshot. You can't do that.",
        ErrorActions.Refresh => $"Call {ToolNames.GetEnvironment} to read the current state.",
        ErrorActions.SelectEnvironment => $"Call {ToolNames.ListEnvironments}, and use the id of an environment in it.",
        ErrorActions.SignIn => "Ask the user to sign in with a key that may do this.",
        ErrorActions.OpenSettings or ErrorActions.OpenProxySettings => "Ask the user to correct the settings.",
        ErrorActions.OpenBilling => "Ask the user to check the account's billing.",
        ErrorActions.Diagnose => $"Call {ToolNames.Diagnose} to find the cause.",
        _ => null, // tryAgain is said above
    };

    private static string MeaningOf(string outcome) => outcome switch
    {
        Outcomes.Applied => "The change is in effect.",
        Outcomes.NotApplied => "The change isn't in effect, and won't be.",
        _ => "The change may be in effect, or still take effect.",
    };

    private static string? OutcomeOf(int code, bool isChange) => !isChange ? null : code == ServerBusy ? Outcomes.NotApplied : Outcomes.Unknown;

    private static ErrorData Data(GoogleRpcCode code, string? outcome) =>
        new() { Status = GoogleRpcCodes.Name(code), Outcome = outcome, Retryable = false, Actions = [] };
}
