namespace Companion.Protocol;

/// <summary>The <c>data</c> of an error whose code is a google.rpc.Code (1 to 16) or -32800, canceled.</summary>
public sealed record ErrorData
{
    /// <summary>The name of the google.rpc.Code, such as FAILED_PRECONDITION.</summary>
    public required string Status { get; init; }

    /// <summary>The HTTP status of the gateway's response, if there was one.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>The gateway's own message, if any.</summary>
    public string? GatewayMessage { get; init; }

    /// <summary>
    /// Whether the requested change is in effect at the gateway. <c>unknown</c> while it's still in progress there, or if the gateway
    /// couldn't be reached. Absent for calls that don't change anything.
    /// </summary>
    [KnownValues(Outcomes.Applied, Outcomes.NotApplied, Outcomes.Unknown)]
    public string? Outcome { get; init; }

    /// <summary>
    /// Why the storage folder couldn't protect the change. If <c>connect</c> was called without <c>allowUnprotected</c>, this is why it was
    /// refused. Absent if the change was protected.
    /// </summary>
    public string? Unprotected { get; init; }

    /// <summary>True if the server itself refused the call, and nothing was sent that changes the environment. Otherwise absent.</summary>
    public bool? Refused { get; init; }

    /// <summary>
    /// The bound that refused the call, if one did. Nothing was sent, and only a person can change the bound. <c>actor</c> is for what only a
    /// person may do, <c>boundsFile</c> and <c>reservations</c> if the bounds or what's in use can't be read.
    /// </summary>
    [KnownValues(
        BoundNames.NodePools, BoundNames.MaxNodes, BoundNames.MaxRanks, BoundNames.MaxHours, BoundNames.MaxRankHoursPerDay, BoundNames.MaxEnvironments,
        BoundNames.MayExtend, BoundNames.MayEndOthers, BoundNames.Actor, BoundNames.BoundsFile, BoundNames.Reservations)]
    public string? Bound { get; init; }

    /// <summary>True if the same call may succeed later without fixing anything first.</summary>
    public required bool Retryable { get; init; }

    /// <summary>The environment as last confirmed, if it was.</summary>
    public EnvironmentInfo? Environment { get; init; }

    /// <summary>What the error means for the user, in a sentence or two, if the message doesn't say so.</summary>
    public string? Detail { get; init; }

    /// <summary>What the user can do next, the most useful first. A client offers those that it supports.</summary>
    [KnownValues(
        ErrorActions.TryAgain, ErrorActions.ChooseNodePool, ErrorActions.WaitForRoom, ErrorActions.RebuildSnapshots, ErrorActions.ForceDisconnect, ErrorActions.Refresh,
        ErrorActions.SelectEnvironment, ErrorActions.SignIn, ErrorActions.OpenSettings, ErrorActions.OpenProxySettings, ErrorActions.OpenBilling,
        ErrorActions.Diagnose)]
    public required IReadOnlyList<string> Actions { get; init; }

    /// <summary>The gateway's id of the request, for support.</summary>
    public string? RequestId { get; init; }
}

/// <summary>Why a background read failed.</summary>
public sealed record ProblemInfo
{
    /// <summary>The number of the google.rpc.Code.</summary>
    public required int Code { get; init; }

    /// <summary>The name of the google.rpc.Code.</summary>
    public required string Status { get; init; }

    /// <summary>One sentence that a person can act on.</summary>
    public required string Message { get; init; }
}

/// <summary>The values of <see cref="ErrorData.Outcome"/>.</summary>
public static class Outcomes
{
    /// <summary>The change is in effect.</summary>
    public const string Applied = "applied";

    /// <summary>The change isn't in effect, and won't be.</summary>
    public const string NotApplied = "notApplied";

    /// <summary>Unknown: the change is in progress, or the gateway couldn't be reached.</summary>
    public const string Unknown = "unknown";
}

/// <summary>The values of <see cref="ErrorData.Actions"/>.</summary>
public static class ErrorActions
{
    /// <summary>Call the same method again. For a change, it's certain that the first one didn't take effect.</summary>
    public const string TryAgain = "tryAgain";

    /// <summary>Connect to another node pool, or in another way.</summary>
    public const string ChooseNodePool = "chooseNodePool";

    /// <summary>Connect in the same way with <c>waitForCapacity</c>.</summary>
    public const string WaitForRoom = "waitForRoom";

    /// <summary>Disconnect with <c>resetSnapshots</c>.</summary>
    public const string RebuildSnapshots = "rebuildSnapshots";

    /// <summary>Disconnect with <c>force</c>.</summary>
    public const string ForceDisconnect = "forceDisconnect";

    /// <summary>Read the environment.</summary>
    public const string Refresh = "refresh";

    /// <summary>Choose another environment.</summary>
    public const string SelectEnvironment = "selectEnvironment";

    /// <summary>Sign in with another key.</summary>
    public const string SignIn = "signIn";

    /// <summary>Change a setting of the client.</summary>
    public const string OpenSettings = StepFixes.OpenSettings;

    /// <summary>Change the editor's proxy settings.</summary>
    public const string OpenProxySettings = StepFixes.OpenProxySettings;

    /// <summary>Check the vendor's billing page.</summary>
    public const string OpenBilling = StepFixes.OpenBilling;

    /// <summary>Call <c>diagnose</c>.</summary>
    public const string Diagnose = "diagnose";
}
