using Companion.Gateway;
using Companion.Protocol;
using Companion.Server.Changes;

namespace Companion.Server.Errors;

/// <summary>Decides which actions an error offers.</summary>
internal static class NextActions
{
    /// <summary>The HTTP status for a suspended account.</summary>
    public const int Suspended = 412;

    // The network or the gateway might be at fault.
    private static readonly HashSet<GoogleRpcCode> Diagnosable =
    [
        GoogleRpcCode.Unknown, GoogleRpcCode.Unavailable, GoogleRpcCode.DeadlineExceeded, GoogleRpcCode.Unauthenticated,
        GoogleRpcCode.PermissionDenied, GoogleRpcCode.Unimplemented,
    ];

    /// <summary>The actions for an error, the most useful first.</summary>
    /// <param name="fix">The action that fixes it, or null if the code implies it.</param>
    /// <param name="change">The change that was sent or would have been sent, or null.</param>
    public static IReadOnlyList<string> For(GoogleRpcCode code, ErrorData data, string? fix = null, Change? change = null)
    {
        List<string> actions = [];
        if ((fix ?? Recovery(code, data)) is { } first)
            actions.Add(first);
        if (data.Outcome == Outcomes.Unknown && !actions.Contains(ErrorActions.Refresh))
            actions.Add(ErrorActions.Refresh); // the message asks for it
        if (Diagnosable.Contains(code))
            actions.Add(ErrorActions.Diagnose);
        if (fix is null && change is Connect && data.Outcome == Outcomes.NotApplied && IsAboutNodePool(code, data))
            actions.InsertRange(
                actions is [ErrorActions.TryAgain, ..] ? 1 : 0,
                code == GoogleRpcCode.ResourceExhausted ? [ErrorActions.ChooseNodePool, ErrorActions.WaitForRoom] : [ErrorActions.ChooseNodePool]);
        return actions;
    }

    private static string? Recovery(GoogleRpcCode code, ErrorData data) => code switch
    {
        _ when data.HttpStatus == Suspended => ErrorActions.OpenBilling,
        GoogleRpcCode.Unauthenticated or GoogleRpcCode.PermissionDenied => ErrorActions.SignIn,
        GoogleRpcCode.NotFound => ErrorActions.SelectEnvironment,
        GoogleRpcCode.FailedPrecondition or GoogleRpcCode.Aborted => ErrorActions.Refresh,

        // A change is offered again only if it's certain that the first one didn't take effect.
        _ when data.Outcome is not (null or Outcomes.NotApplied) => ErrorActions.Refresh,
        _ => data.Retryable ? ErrorActions.TryAgain : null,
    };

    private static bool IsAboutNodePool(GoogleRpcCode code, ErrorData data) => code switch
    {
        GoogleRpcCode.InvalidArgument or GoogleRpcCode.ResourceExhausted => true,
        GoogleRpcCode.NotFound => data.Environment is not null, // the environment exists, so it's something else
        GoogleRpcCode.FailedPrecondition =>
            data is { HttpStatus: 400, Environment.State: EnvironmentStates.Disconnected or EnvironmentStates.Connected },
        _ => false,
    };
}
