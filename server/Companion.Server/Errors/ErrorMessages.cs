using Companion.Gateway;
using Companion.Protocol;
using Companion.Server.Changes;
using Companion.Server.Language;
using Companion.Server.Pacing;

namespace Companion.Server.Errors;

/// <summary>Turns the gateway's responses into sentences that a person can act on.</summary>
/// <param name="network">Null for the sandbox, which has no network.</param>
internal sealed class ErrorMessages(string gatewayUrl, Phrases phrases, NetworkErrorMessages? network = null)
{
    public Phrases Phrases => phrases;

    /// <summary>Runs a read, and turns the gateway's failure into an error.</summary>
    /// <exception cref="MethodException">The read failed.</exception>
    public async Task<T> ReadAsync<T>(Func<Task<T>> read, EnvironmentKey? key = null)
    {
        try
        {
            return await read().ConfigureAwait(false);
        }
        catch (GatewayException fault)
        {
            throw Failure(fault, key);
        }
    }

    /// <summary>The same for a read before a change: whatever the error, the change wasn't sent.</summary>
    public async Task<T> ReadBeforeChangeAsync<T>(Func<Task<T>> read, EnvironmentKey? key = null)
    {
        try
        {
            return await ReadAsync(read, key).ConfigureAwait(false);
        }
        catch (MethodException e) when (e.ErrorData is { Outcome: null } data)
        {
            throw new MethodException(e.Code, e.Message, data with { Outcome = Outcomes.NotApplied });
        }
    }

    /// <summary>The error of a read.</summary>
    public MethodException Failure(GatewayException fault, EnvironmentKey? key = null) =>
        Failure(fault, key, change: null, outcome: null, environment: null, sentence: null);

    /// <summary>The error of a change that wasn't sent because something that it depends on can't be read.</summary>
    public MethodException FailureBeforeChange(Change change, GatewayException fault) =>
        Failure(fault, key: null, change, Outcomes.NotApplied, environment: null, sentence: null);

    /// <summary>Why a background read failed.</summary>
    public ProblemInfo Problem(GatewayException fault, EnvironmentKey key)
    {
        // If a list isn't found, that says nothing about an environment: NOT_FOUND would suggest that it no longer exists.
        var code = fault.IsRouteMissing ? GoogleRpcCode.Unimplemented : fault.Code;
        return new ProblemInfo { Code = (int)code, Status = GoogleRpcCodes.Name(code), Message = Sentence(fault, key) };
    }

    /// <summary>The error of a change.</summary>
    /// <param name="name">The environment's name for people.</param>
    public MethodException Failure(Change change, ChangeAnswer answer, string name) => answer switch
    {
        ChangeAnswer.Faulted a => Failure(a.Fault, change, a.Outcome, a.Environment, ChangeSentence(change, a, name)),
        ChangeAnswer.SettledElsewhere a => Settled(change, a.Environment, name),
        ChangeAnswer.NothingHappened a => Unknown(phrases.AcceptedWithoutEffect(change.Verb, name, a.Environment.State), a.Environment),
        ChangeAnswer.Unclear { Fault: { } fault } a =>
            Failure(fault, change, Outcomes.Unknown, a.Environment, UnclearSentence(change, a.Environment, name)),
        ChangeAnswer.Unclear a => Unknown(UnclearSentence(change, a.Environment, name), a.Environment),
        ChangeAnswer.Left a => Left(change, a, name),
        ChangeAnswer.Withheld a => NotSent(GoogleRpcCode.Aborted, phrases.ChangedMeanwhile(name), a.Environment),
        ChangeAnswer.Busy a => NotApplied(phrases.Busy(a.UnderWay.Verb, name)),
        _ => throw new ArgumentOutOfRangeException(nameof(answer)),
    };

    /// <summary>The error of a change while another process on this machine, such as another window, is changing the environment.</summary>
    public MethodException BusyElsewhere(string name) => NotApplied(phrases.BusyElsewhere(name));

    /// <summary>The error of a connect that would be sent without its protection, which only the user may allow.</summary>
    public MethodException Unprotected(string name, string reason) => NotApplied(phrases.Unprotected(name, reason), reason);

    /// <summary>The error of a connect whose end, or of an end that, can't be stored.</summary>
    public MethodException LeaseNotStored(string name, string reason) => NotApplied(phrases.LeaseNotStored(name, reason));

    /// <summary>The error of setting an end for an environment that isn't connected.</summary>
    public MethodException NothingToEnd(string name) => NotApplied(phrases.NothingToEnd(name));

    /// <summary>The error of letting the operating system keep an end, which it can't.</summary>
    /// <param name="isSet">True if the end was set, and VS Code keeps it.</param>
    public MethodException NotKeptBySystem(string name, string reason, bool isSet) =>
        isSet ? Error(GoogleRpcCode.FailedPrecondition, phrases.KeptOnlyByVSCode(name, reason)) : NotApplied(phrases.NotKeptBySystem(name, reason));

    /// <summary>The error of setting an end while the environment is being disconnected because of the previous one.</summary>
    public MethodException LeaseIsEnding(string name) => NotApplied(phrases.Busy("disconnect", name));

    /// <summary>The error of a connect that waited for room and ends without it.</summary>
    /// <param name="isRejected">True if the gateway has rejected an earlier attempt; otherwise nothing was sent.</param>
    public MethodException WaitOver(WaitEnd end, Connect connect, string name, bool isRejected)
    {
        var (code, why) = end switch
        {
            WaitEnd.TimeOver => (GoogleRpcCode.ResourceExhausted, phrases.NoRoomInTime(connect.Connection.NodePoolId)),
            WaitEnd.Replaced => (GoogleRpcCode.Aborted, phrases.WaitReplaced(name)),
            WaitEnd.Changed => (GoogleRpcCode.Aborted, phrases.ChangedMeanwhile(name)),
            WaitEnd.SignedOut => (GoogleRpcCode.Unauthenticated, phrases.SignedOut),
            WaitEnd.SignedInAgain => (GoogleRpcCode.Aborted, phrases.SignedInAgain),
            _ => (GoogleRpcCode.Cancelled, phrases.StoppedWaiting),
        };
        var data = Data(code, Outcomes.NotApplied) with { Retryable = end == WaitEnd.TimeOver };
        var number = code == GoogleRpcCode.Cancelled ? MethodException.RequestCancelled : (int)code;
        return new MethodException(
            number,
            $"{why} {(isRejected ? phrases.RequestRejected : phrases.NothingWasSent)}",
            data with { Actions = NextActions.For(code, data, change: connect) });
    }

    /// <summary>The error of a change that ended before its account was known.</summary>
    public MethodException LeftEarly(LeaveReason reason) => Left(reason, phrases.NothingWasSent, Outcomes.NotApplied, environment: null);

    /// <summary>The error of what the bounds of the client refuse. There's no action that helps: only a person can change them.</summary>
    /// <param name="environment">The environment as it was read, if it was.</param>
    public static MethodException Bounded(BoundRefusal refusal, EnvironmentInfo? environment = null) => new(
        (int)GoogleRpcCode.FailedPrecondition,
        refusal.Message,
        Data(GoogleRpcCode.FailedPrecondition, Outcomes.NotApplied, environment) with { Refused = true, Bound = refusal.Bound });

    /// <summary>An error that the server itself detected, with a google.rpc code.</summary>
    /// <param name="fix">The action that fixes it, or null if the code implies it.</param>
    public static MethodException Error(GoogleRpcCode code, string message, string? fix = null) => Error(code, message, Data(code), fix);

    private static MethodException NotApplied(string message, string? unprotected = null) => Error(
        GoogleRpcCode.FailedPrecondition,
        message,
        Data(GoogleRpcCode.FailedPrecondition, Outcomes.NotApplied) with { Refused = true, Unprotected = unprotected });

    private MethodException NotSent(GoogleRpcCode code, string why, EnvironmentInfo environment) =>
        Error(code, $"{why} {phrases.NothingWasSent}", Data(code, Outcomes.NotApplied, environment));

    private MethodException Unknown(string message, EnvironmentInfo environment) => Error(
        GoogleRpcCode.Unknown,
        message,
        Data(GoogleRpcCode.Unknown, Outcomes.Unknown, environment) with { Detail = phrases.NotSentAgain });

    private static MethodException Error(GoogleRpcCode code, string message, ErrorData data, string? fix = null, Change? change = null) =>
        new((int)code, message, data with { Actions = NextActions.For(code, data, fix, change) });

    private static ErrorData Data(GoogleRpcCode code, string? outcome = null, EnvironmentInfo? environment = null) =>
        new() { Status = GoogleRpcCodes.Name(code), Outcome = outcome, Retryable = false, Environment = environment, Actions = [] };

    private MethodException Failure(
        GatewayException fault, EnvironmentKey? key, Change? change, string? outcome, EnvironmentInfo? environment, string? sentence) => Error(
        fault.Code,
        sentence ?? Sentence(fault, key),
        Data(fault.Code, outcome, environment) with
        {
            HttpStatus = fault.HttpStatus,
            GatewayMessage = fault.GatewayMessage,
            Retryable = outcome is not Outcomes.Unknown && RetryRules.IsTemporary(fault) && !fault.IsRouteMissing,
            Detail = outcome is Outcomes.Unknown ? phrases.NotSentAgain : null,
            RequestId = fault.RequestId,
        },
        network?.Of(fault)?.Fix,
        change);

    private MethodException Failure(GatewayException fault, Change change, string outcome, EnvironmentInfo? environment, string? sentence) =>
        Failure(fault, change.Key, change, outcome, environment, sentence);

    private MethodException Settled(Change change, EnvironmentInfo environment, string name)
    {
        var code = GoogleRpcCodes.TryParse(environment.Status?.Code, out var named) && named != GoogleRpcCode.Ok ? named : GoogleRpcCode.Internal;
        var failure = SettledFailure.Of(change, code, environment, name, phrases);
        return new MethodException(
            (int)code,
            failure.Message,
            Data(code, Outcomes.NotApplied, environment) with
            {
                GatewayMessage = environment.Status?.Message,
                Retryable = code is GoogleRpcCode.ResourceExhausted or GoogleRpcCode.Unavailable,
                Detail = failure.Detail,
                Actions = failure.Actions,
            });
    }

    private string UnclearSentence(Change change, EnvironmentInfo now, string name) => change switch
    {
        Connect connect when now is { State: EnvironmentStates.Connected, Connection: { } there } && there.NodePoolId != connect.Connection.NodePoolId =>
            phrases.OnOtherPool(name, there.NodePoolId, connect.Connection.NodePoolId),
        Connect when now.State == EnvironmentStates.Connected => phrases.NotAsRequested(name),
        _ => phrases.Unclear(change.Verb, name, now.State),
    };

    private MethodException Left(Change change, ChangeAnswer.Left answer, string name) => Left(
        answer.Reason,
        answer.Outcome == Outcomes.NotApplied ? (answer.IsUnsent ? phrases.NothingWasSent : phrases.RequestRejected)
            : answer.Environment is { } last ? phrases.MayStillHappenFrom(change.Verb, name, last.State)
            : phrases.MayStillHappen(change.Verb, name),
        answer.Outcome,
        answer.Environment);

    private MethodException Left(LeaveReason reason, string goesOn, string outcome, EnvironmentInfo? environment)
    {
        var (status, code, why) = reason switch
        {
            LeaveReason.Cancelled => (GoogleRpcCode.Cancelled, MethodException.RequestCancelled, phrases.StoppedWaiting),
            LeaveReason.SignedOut => (GoogleRpcCode.Unauthenticated, (int)GoogleRpcCode.Unauthenticated, phrases.SignedOut),
            _ => (GoogleRpcCode.DeadlineExceeded, (int)GoogleRpcCode.DeadlineExceeded, phrases.TimedOut),
        };
        var data = Data(status, outcome, environment) with { Detail = outcome == Outcomes.Unknown ? phrases.NotSentAgain : null };
        return new MethodException(code, $"{why} {goesOn}", data with { Actions = NextActions.For(status, data) });
    }

    private string? ChangeSentence(Change change, ChangeAnswer.Faulted answer, string name)
    {
        var verb = change.Verb;
        if (answer.Outcome == Outcomes.Unknown)
            return answer.Fault.Kind is FaultKind.Timeout or FaultKind.ConnectionLost
                ? phrases.NotConfirmed(verb, name, gatewayUrl)
                : phrases.NotConfirmedBecause(verb, name, Sentence(answer.Fault, change.Key));
        if (answer is { IsUnsent: true, Outcome: Outcomes.NotApplied })
            return phrases.NotSent(verb, name, Sentence(answer.Fault, change.Key));
        if (answer.Fault.HttpStatus == NextActions.Suspended)
            return null; // the account is the problem, whatever the environment's state
        var now = answer.IsOutdated ? null : answer.Environment;
        if (answer.Fault.Kind != FaultKind.NotSent && answer.Fault.Code == GoogleRpcCode.FailedPrecondition && answer.Environment is not null)
            return (change, now?.State) switch
            {
                (Connect, EnvironmentStates.Connecting or EnvironmentStates.Reconnecting) =>
                    phrases.AlreadyConnecting(name),
                (Disconnect, EnvironmentStates.Disconnected) => phrases.NotConnected(name),
                (_, null) or (Connect, EnvironmentStates.Disconnected) or (Disconnect, EnvironmentStates.Connected) =>
                    phrases.ChangeRejected(verb, name, Detail(answer.Fault)), // the state allows the change, so it isn't the reason
                _ => phrases.ChangeRejectedInState(verb, name, now!.State, Detail(answer.Fault)),
            };
        return RetryRules.MayHaveTakenPlace(answer.Fault) && now is not null
            ? phrases.NotApplied(verb, name, now.State, Short(answer.Fault))
            : null;
    }

    private string Sentence(GatewayException fault, EnvironmentKey? key) => network?.Of(fault)?.Message ?? fault switch
    {
        { Call: "ListAwsIamRoleBindings", IsRouteMissing: true } or
            { Call: "ListAwsIamRoleBindings", Kind: FaultKind.ErrorResponse, Code: GoogleRpcCode.PermissionDenied } => phrases.RolesNotListed,
        { IsRouteMissing: true } => phrases.NotOffered(gatewayUrl),
        { RetryAfter: { } wait } when RequestRateLimiter.IsRateLimited(fault) => phrases.RequestsLimited((int)Math.Ceiling(wait.TotalSeconds)),
        { Kind: FaultKind.NotSent } => phrases.Unanswered(fault),
        { Code: GoogleRpcCode.Unauthenticated } => phrases.KeyRejected,
        { Code: GoogleRpcCode.PermissionDenied } => key is { } k ? phrases.NoAccess(k.EnvironmentId, k.AccountId) : phrases.NoAccountAccess,
        { Code: GoogleRpcCode.NotFound } => key is { } k ? phrases.NotFoundIn(k.AccountId, k.EnvironmentId, Detail(fault)) : phrases.NotFound(Detail(fault)),
        { Code: GoogleRpcCode.ResourceExhausted, RetryAfter: { } wait } => phrases.TooManyRequests((int)Math.Ceiling(wait.TotalSeconds)),
        { Code: GoogleRpcCode.ResourceExhausted } => phrases.Exhausted(Detail(fault)),
        { HttpStatus: NextActions.Suspended } => phrases.Suspended(Detail(fault)),
        { Code: GoogleRpcCode.InvalidArgument } => phrases.ValueRejected(Detail(fault)),
        { Code: GoogleRpcCode.FailedPrecondition } => phrases.Rejected(Detail(fault)),
        { Kind: FaultKind.ErrorResponse } => phrases.Failed(Short(fault), Detail(fault)),
        _ => phrases.Unanswered(fault),
    };

    private static string Detail(GatewayException fault) => fault.GatewayMessage is { } detail ? $" ({detail.TrimEnd('.')})" : "";

    private static string Short(GatewayException fault) =>
        fault.HttpStatus is { } status ? $"HTTP {status}" : GoogleRpcCodes.Name(fault.Code);
}
