using Companion.Gateway;
using Companion.Protocol;
using Companion.Server.Changes;
using Companion.Server.Language;

namespace Companion.Server.Errors;

/// <summary>What to show for a change after which the environment has settled in another state.</summary>
internal sealed record SettledFailure(string Message, string? Detail, IReadOnlyList<string> Actions)
{
    /// <summary>Explains the failure, and offers what to do next.</summary>
    /// <param name="code">The code of the failure that the environment reports.</param>
    /// <param name="name">The environment's name for people.</param>
    public static SettledFailure Of(Change change, GoogleRpcCode code, EnvironmentInfo environment, string name, Phrases phrases)
    {
        var failure = change is Connect connect
            ? OfConnect(code, environment, connect.Connection.NodePoolId, name, phrases)
            : OfDisconnect(environment, name, phrases);
        return environment.Status?.Message is { Length: > 0 } reason
            ? failure with { Message = phrases.SaidByGateway(failure.Message, reason.TrimEnd('.')) }
            : failure;
    }

    private static SettledFailure OfConnect(GoogleRpcCode code, EnvironmentInfo environment, string nodePoolId, string name, Phrases phrases)
    {
        var (detail, actions) = (environment.State, code) switch
        {
            (EnvironmentStates.Connected, _) => (phrases.ConnectedAsBefore, Only(ErrorActions.Refresh)),
            (_, GoogleRpcCode.ResourceExhausted) => (phrases.NoCapacity(nodePoolId), [ErrorActions.ChooseNodePool, ErrorActions.WaitForRoom]),
            (_, GoogleRpcCode.Unavailable or GoogleRpcCode.DeadlineExceeded or GoogleRpcCode.Aborted) =>
                (phrases.MaybeTemporary, [ErrorActions.TryAgain, ErrorActions.ChooseNodePool]),
            (_, GoogleRpcCode.PermissionDenied or GoogleRpcCode.InvalidArgument or GoogleRpcCode.FailedPrecondition or GoogleRpcCode.NotFound) =>
                (phrases.RetryingDoesNotHelp, Only(ErrorActions.ChooseNodePool)),
            _ => (phrases.OnNoNodePool, [ErrorActions.TryAgain, ErrorActions.ChooseNodePool]),
        };
        return new SettledFailure(phrases.WasNotConnected(name), detail, actions);
    }

    // If it's connected, the snapshot failed. The safest action comes first.
    private static SettledFailure OfDisconnect(EnvironmentInfo environment, string name, Phrases phrases) =>
        environment.State == EnvironmentStates.Connected
            ? new SettledFailure(
                phrases.StillConnected(name),
                phrases.SnapshotFailed,
                [ErrorActions.TryAgain, ErrorActions.RebuildSnapshots, ErrorActions.ForceDisconnect])
            : new SettledFailure(phrases.WasNotDisconnected(name), null, Only(ErrorActions.Refresh));

    private static IReadOnlyList<string> Only(string action) => [action];
}
