using Companion.Gateway;
using Companion.Protocol;
using Companion.Server.Changes;
using Companion.Server.Errors;
using Companion.Server.Language;
using Companion.Server.Tests.Support;

namespace Companion.Server.Tests.Errors;

/// <summary>What an error offers to do next.</summary>
[TestClass]
public sealed class NextActionsTests
{
    private const string TryAgain = ErrorActions.TryAgain;
    private const string ChooseNodePool = ErrorActions.ChooseNodePool;
    private const string WaitForRoom = ErrorActions.WaitForRoom;
    private const string Refresh = ErrorActions.Refresh;
    private const string SelectEnvironment = ErrorActions.SelectEnvironment;
    private const string SignIn = ErrorActions.SignIn;
    private const string OpenBilling = ErrorActions.OpenBilling;
    private const string Diagnose = ErrorActions.Diagnose;

    private static readonly EnvironmentInfo Disconnected = Samples.Environment(EnvironmentStates.Disconnected);
    private static readonly ErrorMessages Errors = new("https://gateway.example", new Phrases());

    public static IEnumerable<object[]> Reads =>
    [
        ["a key that isn't accepted", Samples.Answered(401, GoogleRpcCode.Unauthenticated), new[] { SignIn, Diagnose }],
        ["an account without access", Samples.Answered(403, GoogleRpcCode.PermissionDenied), new[] { SignIn, Diagnose }],
        ["an environment that doesn't exist", Samples.Answered(404, GoogleRpcCode.NotFound), new[] { SelectEnvironment }],
        ["a state that doesn't allow it", Samples.Answered(400, GoogleRpcCode.FailedPrecondition), new[] { Refresh }],
        ["a concurrent change", Samples.Answered(409, GoogleRpcCode.Aborted), new[] { Refresh }],
        ["a temporary error", Samples.Answered(503, GoogleRpcCode.Unavailable), new[] { TryAgain, Diagnose }],
        ["too many requests", Samples.Answered(429, GoogleRpcCode.ResourceExhausted), new[] { TryAgain }],
        ["an invalid value", Samples.Answered(400, GoogleRpcCode.InvalidArgument), Array.Empty<string>()],
        ["a missing route", Samples.Answered(501, GoogleRpcCode.Unimplemented), new[] { Diagnose }],
    ];

    public static IEnumerable<object[]> Changes =>
    [
        ["connect: an unknown outcome", Samples.Connect(), Faulted(Samples.Lost(), Outcomes.Unknown), new[] { Refresh, Diagnose }],
        ["connect: an unknown outcome and the key", Samples.Connect(), Faulted(Samples.Answered(403, GoogleRpcCode.PermissionDenied), Outcomes.Unknown), new[] { SignIn, Refresh, Diagnose }],
        ["connect: the key", Samples.Connect(), Faulted(Samples.Answered(401, GoogleRpcCode.Unauthenticated)), new[] { SignIn, Diagnose }],
        ["connect: a node pool that doesn't exist", Samples.Connect(), Faulted(Samples.Answered(404, GoogleRpcCode.NotFound), environment: Disconnected), new[] { ChooseNodePool, SelectEnvironment }],
        ["connect: an environment that doesn't exist", Samples.Connect(), Faulted(Samples.Answered(404, GoogleRpcCode.NotFound)), new[] { SelectEnvironment }],
        ["connect: a value that the gateway rejects", Samples.Connect(), Faulted(Samples.Answered(400, GoogleRpcCode.InvalidArgument)), new[] { ChooseNodePool }],
        ["connect: a node pool that isn't ready", Samples.Connect(), Faulted(Samples.Answered(400, GoogleRpcCode.FailedPrecondition), environment: Disconnected), new[] { ChooseNodePool, Refresh }],
        ["connect: the environment's state", Samples.Connect(), Faulted(Samples.Answered(400, GoogleRpcCode.FailedPrecondition), environment: Disconnected with { State = EnvironmentStates.Connecting }), new[] { Refresh }],
        ["connect: a suspended account", Samples.Connect(), Faulted(Samples.Answered(412, GoogleRpcCode.FailedPrecondition), environment: Disconnected), new[] { OpenBilling }],
        ["connect: another window", Samples.Connect(), new ChangeAnswer.Busy(Samples.Connect()), new[] { Refresh }],
        ["connect: too many requests", Samples.Connect(), Faulted(Samples.Answered(429, GoogleRpcCode.ResourceExhausted)), new[] { TryAgain, ChooseNodePool, WaitForRoom }],
        ["connect: nothing was sent", Samples.Connect(), Faulted(Samples.NotSent()), new[] { TryAgain, Diagnose }],
        ["connect: an earlier failure in the environment", Samples.Connect(), Faulted(Samples.Answered(503, GoogleRpcCode.Unavailable), environment: Failed(GoogleRpcCode.Unavailable)), new[] { TryAgain, Diagnose }],
        ["connect: accepted without effect", Samples.Connect(), new ChangeAnswer.NothingHappened(Disconnected), new[] { Refresh, Diagnose }],
        ["connect: unclear", Samples.Connect(), new ChangeAnswer.Unclear(Disconnected), new[] { Refresh, Diagnose }],
        ["connect: the time limit", Samples.Connect(), new ChangeAnswer.Left(LeaveReason.TimedOut, Outcomes.Unknown, Disconnected), new[] { Refresh, Diagnose }],
        ["connect: the time limit, before it was sent", Samples.Connect(), new ChangeAnswer.Left(LeaveReason.TimedOut, Outcomes.NotApplied, Disconnected), new[] { Diagnose }],
        ["disconnect: an unknown outcome", Samples.Disconnect(), Faulted(Samples.Lost(), Outcomes.Unknown), new[] { Refresh, Diagnose }],
        ["disconnect: nothing was sent", Samples.Disconnect(), Faulted(Samples.NotSent()), new[] { TryAgain, Diagnose }],
        ["disconnect: nothing to disconnect", Samples.Disconnect(), Faulted(Samples.Answered(400, GoogleRpcCode.FailedPrecondition), environment: Disconnected), new[] { Refresh }],
        ["disconnect: too many requests", Samples.Disconnect(), Faulted(Samples.Answered(429, GoogleRpcCode.ResourceExhausted)), new[] { TryAgain }],
    ];

    public static IEnumerable<object?[]> Settled =>
    [
        [Samples.Connect(), GoogleRpcCode.ResourceExhausted, EnvironmentStates.Disconnected, "Night run wasn't connected. Message from the gateway: no luck.", "h100-8x doesn't have enough free capacity now. Choose another node pool or fewer ranks, or wait for room.", new[] { ChooseNodePool, WaitForRoom }],
        [Samples.Connect(), GoogleRpcCode.Unavailable, EnvironmentStates.Disconnected, "Night run wasn't connected. Message from the gateway: no luck.", "This might be temporary. It isn't connected to a node pool now. Try again, or choose another node pool.", new[] { TryAgain, ChooseNodePool }],
        [Samples.Connect(), GoogleRpcCode.PermissionDenied, EnvironmentStates.Disconnected, "Night run wasn't connected. Message from the gateway: no luck.", "Retrying won't help. Choose another node pool or role.", new[] { ChooseNodePool }],
        [Samples.Connect(), GoogleRpcCode.Internal, EnvironmentStates.Disconnected, "Night run wasn't connected. Message from the gateway: no luck.", "It isn't connected to a node pool now. Try again, or choose another node pool.", new[] { TryAgain, ChooseNodePool }],
        [Samples.Connect(), GoogleRpcCode.ResourceExhausted, EnvironmentStates.Connected, "Night run wasn't connected. Message from the gateway: no luck.", "It's connected as before.", new[] { Refresh }],
        [Samples.Disconnect(), GoogleRpcCode.Internal, EnvironmentStates.Connected, "Night run is still connected, and you're still charged for it. Message from the gateway: no luck.", "Try again first. If that fails, rebuild the snapshots, which takes longer. If you force the disconnect, you lose anything that isn't in a snapshot.", new[] { TryAgain, ErrorActions.RebuildSnapshots, ErrorActions.ForceDisconnect }],
        [Samples.Disconnect(), GoogleRpcCode.Internal, EnvironmentStates.Deleting, "Night run wasn't disconnected. Message from the gateway: no luck.", null, new[] { Refresh }],
    ];

    [TestMethod]
    [DynamicData(nameof(Reads))]
    public void A_read_offers(string what, GatewayException fault, string[] actions)
    {
        var data = Errors.Failure(fault, Samples.Key).ErrorData!;
        CollectionAssert.AreEqual(actions, data.Actions.ToArray(), what);
        Assert.IsNull(data.Detail);
    }

    [TestMethod]
    [DynamicData(nameof(Changes))]
    public void A_change_offers(string what, object change, object answer, string[] actions)
    {
        var data = Errors.Failure((Change)change, (ChangeAnswer)answer, "train-a").ErrorData!;
        CollectionAssert.AreEqual(actions, data.Actions.ToArray(), what);
        if (Errors.Failure((Change)change, (ChangeAnswer)answer, "train-a").Message.Contains("Refresh", StringComparison.Ordinal))
            CollectionAssert.Contains(actions, Refresh, what);
        Assert.AreEqual(data.Outcome == Outcomes.Unknown ? "The request wasn't sent again." : null, data.Detail, what);
    }

    [TestMethod]
    [DynamicData(nameof(Settled))]
    public void A_failure_that_the_environment_reports_is_explained(
        object change, GoogleRpcCode code, string state, string message, string? detail, string[] actions)
    {
        var failure = Errors.Failure((Change)change, new ChangeAnswer.SettledElsewhere(Failed(code) with { State = state }), "Night run");
        Assert.AreEqual((int)code, failure.Code);
        Assert.AreEqual(message, failure.Message);
        Assert.AreEqual(detail, failure.ErrorData!.Detail);
        CollectionAssert.AreEqual(actions, failure.ErrorData!.Actions.ToArray());
    }

    [TestMethod]
    public void A_failure_without_a_reason_names_only_the_environment() => Assert.AreEqual(
        "train-a wasn't connected.", Errors.Failure(Samples.Connect(), new ChangeAnswer.SettledElsewhere(Disconnected), "train-a").Message);

    [TestMethod]
    public void A_fix_replaces_what_the_code_implies() => CollectionAssert.AreEqual(
        new[] { ErrorActions.OpenProxySettings },
        ErrorMessages.Error(GoogleRpcCode.InvalidArgument, "No.", ErrorActions.OpenProxySettings).ErrorData!.Actions.ToArray());

    private static ChangeAnswer.Faulted Faulted(GatewayException fault, string outcome = Outcomes.NotApplied, EnvironmentInfo? environment = null) =>
        new(fault, outcome, environment);

    private static EnvironmentInfo Failed(GoogleRpcCode code) =>
        Disconnected with { Status = new StatusInfo { Code = GoogleRpcCodes.Name(code), Message = "no luck." } };
}
