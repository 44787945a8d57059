using Companion.Gateway;
using Companion.Protocol;
using Companion.Server.Changes;
using Companion.Server.Environments;

namespace Companion.Server.Errors;

/// <summary>Turns what the gateway answered into one sentence that a person can act on.</summary>
/// <param name="gatewayUrl">The gateway's base URL, to be named where it is the culprit.</param>
internal sealed class Advice(string gatewayUrl)
{
    /// <summary>The error of a question that the gateway did not answer.</summary>
    /// <param name="fault">What came back.</param>
    /// <param name="key">The environment it was about, if it was about one.</param>
    public MethodException Failure(GatewayException fault, EnvironmentKey? key = null) => Failure(fault, key, outcome: null, environment: null);

    /// <summary>Why a question that nobody waits for was not answered.</summary>
    /// <param name="fault">What came back.</param>
    /// <param name="key">The environment it was about.</param>
    public ProblemInfo Problem(GatewayException fault, EnvironmentKey key) => new()
    {
        Code = (int)fault.Code,
        Status = GoogleRpcCodes.Name(fault.Code),
        Message = Sentence(fault, key),
    };

    /// <summary>The error of a change.</summary>
    /// <param name="change">The change.</param>
    /// <param name="answer">How it ended. Not for <see cref="ChangeAnswer.Done"/>.</param>
    public MethodException Failure(Change change, ChangeAnswer answer) => answer switch
    {
        ChangeAnswer.Faulted a => Failure(a.Fault, change.Key, a.Outcome, a.Environment, ChangeSentence(change, a)),
        ChangeAnswer.SettledElsewhere a => Settled(change, a.Environment),
        ChangeAnswer.NothingHappened a => Error(
            GoogleRpcCode.Internal,
            $"The gateway accepted the {change.Verb}, but {change.Key.EnvironmentId} has not moved: refresh, and try again.",
            Outcomes.NotApplied,
            a.Environment),
        ChangeAnswer.Left a => Left(change, a),
        ChangeAnswer.Busy a => Error(
            GoogleRpcCode.FailedPrecondition,
            $"A {a.UnderWay.Verb} of {change.Key.EnvironmentId} is under way: wait until it is over. Nothing was sent.",
            Outcomes.NotApplied),
        _ => throw new ArgumentOutOfRangeException(nameof(answer)),
    };

    /// <summary>The error of a change while another process of this machine, another window say, is at that environment.</summary>
    public static MethodException BusyElsewhere(Change change) => Error(
        GoogleRpcCode.FailedPrecondition,
        $"Another window on this machine is changing {change.Key.EnvironmentId}: wait until it is done. Nothing was sent.",
        Outcomes.NotApplied);

    /// <summary>The error of a change whose caller left, or whose time was up, before it was known which account it is about.</summary>
    public static MethodException LeftEarly(LeaveReason reason) => Left(reason, "Nothing was sent.", Outcomes.NotApplied, environment: null);

    /// <summary>An error in google.rpc's vocabulary that is the server's own finding.</summary>
    public static MethodException Error(GoogleRpcCode code, string message, string? outcome = null, EnvironmentInfo? environment = null) => new(
        (int)code,
        message,
        new ErrorData { Status = GoogleRpcCodes.Name(code), Retryable = false, Outcome = outcome, Environment = environment });

    private MethodException Failure(
        GatewayException fault, EnvironmentKey? key, string? outcome, EnvironmentInfo? environment, string? sentence = null) => new(
        (int)fault.Code,
        sentence ?? Sentence(fault, key),
        new ErrorData
        {
            Status = GoogleRpcCodes.Name(fault.Code),
            HttpStatus = fault.HttpStatus,
            GatewayMessage = fault.GatewayMessage,
            Outcome = outcome,
            Retryable = outcome is not Outcomes.Unknown && Faults.IsPassing(fault),
            Environment = environment,
            RequestId = fault.RequestId,
        });

    private static MethodException Settled(Change change, EnvironmentInfo environment)
    {
        var code = GoogleRpcCodes.TryParse(environment.Status?.Code, out var named) && named != GoogleRpcCode.Ok ? named : GoogleRpcCode.Internal;
        var why = environment.Status?.Message is { } said ? $": {said.TrimEnd('.')}" : "";
        var advice = (change, code) switch
        {
            (Connect, GoogleRpcCode.ResourceExhausted) => "Choose another node pool or fewer ranks, or try again later.",
            (Connect, _) => "It is on no node pool now; see the log, and try again or choose another node pool.",
            (_, _) => "It is still connected and still paid for; try again, or rebuild its snapshots.",
        };
        return new MethodException(
            (int)code,
            $"{change.Key.EnvironmentId} did not {change.Verb}{why}. {(environment.State == EnvironmentStates.Connected && change is Connect ? "It is connected as before, or as somebody else asked." : advice)}",
            new ErrorData
            {
                Status = GoogleRpcCodes.Name(code),
                GatewayMessage = environment.Status?.Message,
                Outcome = Outcomes.NotApplied,
                Retryable = code is GoogleRpcCode.ResourceExhausted or GoogleRpcCode.Unavailable,
                Environment = environment,
            });
    }

    private static MethodException Left(Change change, ChangeAnswer.Left answer) => Left(
        answer.Reason,
        answer.Outcome == Outcomes.NotApplied
            ? "Nothing was sent."
            : $"What was sent is not taken back: the gateway may still {change.Verb} {change.Key.EnvironmentId}"
                + (answer.Environment is { } last ? $", which it last called {last.State}." : "."),
        answer.Outcome,
        answer.Environment);

    private static MethodException Left(LeaveReason reason, string goesOn, string outcome, EnvironmentInfo? environment)
    {
        var (status, code, why) = reason switch
        {
            LeaveReason.Cancelled => (GoogleRpcCode.Cancelled, MethodException.RequestCancelled, "Stopped waiting."),
            LeaveReason.SignedOut => (GoogleRpcCode.Unauthenticated, (int)GoogleRpcCode.Unauthenticated, "Signed out."),
            _ => (GoogleRpcCode.DeadlineExceeded, (int)GoogleRpcCode.DeadlineExceeded, "The time is up."),
        };
        return new MethodException(
            code,
            $"{why} {goesOn}",
            new ErrorData { Status = GoogleRpcCodes.Name(status), Outcome = outcome, Retryable = false, Environment = environment });
    }

    private string? ChangeSentence(Change change, ChangeAnswer.Faulted answer)
    {
        var id = change.Key.EnvironmentId;
        if (answer.Outcome == Outcomes.Unknown)
            return $"Nobody can tell whether the {change.Verb} of {id} took place, as {gatewayUrl} stopped answering: refresh before you try again.";
        if (answer.Fault.Kind != FaultKind.NotSent && answer.Fault.Code == GoogleRpcCode.FailedPrecondition && answer.Environment is { } now)
            return (change, now.State) switch
            {
                (Connect, EnvironmentStates.Connecting or EnvironmentStates.Reconnecting) =>
                    $"{id} is being connected already: wait until it is connected.",
                (Disconnect, EnvironmentStates.Disconnected) => $"{id} is not connected to a node pool: there is nothing to disconnect.",
                _ => $"The gateway refused the {change.Verb}, as {id} is {now.State}{Said(answer.Fault)}.",
            };
        return Faults.MayHaveTakenPlace(answer.Fault) && answer.Environment is { } seen
            ? $"The {change.Verb} of {id} did not take place ({Short(answer.Fault)}): it is {seen.State}. Try again."
            : null;
    }

    private string Sentence(GatewayException fault, EnvironmentKey? key) => fault switch
    {
        { Call: "ListAwsIamRoleBindings", Kind: FaultKind.Answered, Code: GoogleRpcCode.PermissionDenied or GoogleRpcCode.NotFound or GoogleRpcCode.Unimplemented } =>
            "The gateway does not tell this API key the account's IAM roles: type the role's ARN instead.",
        { IsRouteMissing: true } =>
            $"{gatewayUrl} does not offer environments and node pools to this account; the vendor no longer lists them for ordinary accounts.",
        { Kind: FaultKind.NotSent } => fault.Message,
        { Code: GoogleRpcCode.Unauthenticated } => "The gateway does not accept the API key: sign in with a valid one.",
        { Code: GoogleRpcCode.PermissionDenied } => key is { } k
            ? $"This API key may not use {k.EnvironmentId} of account {k.AccountId}: choose another account, or ask its owner for access."
            : "This API key may not use this account: choose another account, or ask its owner for access.",
        { Code: GoogleRpcCode.NotFound } => key is { } k
            ? $"The gateway knows no such thing in account {k.AccountId} as was asked for with {k.EnvironmentId}{Said(fault)}: choose another one from the list."
            : $"The gateway does not know it{Said(fault)}.",
        { Code: GoogleRpcCode.ResourceExhausted, RetryAfter: { } wait } =>
            $"The gateway asks to wait {Math.Ceiling(wait.TotalSeconds)} s, as this account sends too many requests.",
        { Code: GoogleRpcCode.ResourceExhausted } => $"The gateway has too many requests of this account, or no capacity{Said(fault)}: try again in a minute.",
        { HttpStatus: 412 } => $"The account is suspended{Said(fault)}: see the vendor's billing page.",
        { Code: GoogleRpcCode.InvalidArgument } => $"The gateway refused a value{Said(fault)}: correct it, and try again.",
        { Code: GoogleRpcCode.FailedPrecondition } => $"The gateway refused{Said(fault)}: put that right, and try again.",
        { Kind: FaultKind.Answered } => $"The gateway failed ({Short(fault)}){Said(fault)}: try again in a minute.",
        _ => fault.Message,
    };

    private static string Said(GatewayException fault) => fault.GatewayMessage is { } words ? $" ({words.TrimEnd('.')})" : "";

    private static string Short(GatewayException fault) =>
        fault.HttpStatus is { } status ? $"HTTP {status}" : GoogleRpcCodes.Name(fault.Code);
}
