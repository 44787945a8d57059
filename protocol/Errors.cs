namespace Companion.Protocol;

/// <summary>The <c>data</c> of an error whose code is a google.rpc.Code (1 to 16) or -32800, cancelled.</summary>
public sealed record ErrorData
{
    /// <summary>Name of the google.rpc.Code, such as FAILED_PRECONDITION.</summary>
    public required string Status { get; init; }

    /// <summary>HTTP status of the gateway's answer, where there was one.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>The gateway's own words, where it had any.</summary>
    public string? GatewayMessage { get; init; }

    /// <summary>
    /// Whether the change that was asked for is in effect at the gateway; <c>unknown</c> while it is still under way there, or when
    /// the gateway could not be asked. Absent for a question, which changes nothing.
    /// </summary>
    [KnownValues(Outcomes.Applied, Outcomes.NotApplied, Outcomes.Unknown)]
    public string? Outcome { get; init; }

    /// <summary>
    /// Why the storage folder could not protect the change. Where a <c>connect</c> did not set <c>allowUnprotected</c>, the change was
    /// refused for it. Absent where the change was protected.
    /// </summary>
    public string? Unprotected { get; init; }

    /// <summary>True where the same call may succeed later without anything being put right first.</summary>
    public required bool Retryable { get; init; }

    /// <summary>The environment as last confirmed, where it was.</summary>
    public EnvironmentInfo? Environment { get; init; }

    /// <summary>What puts it right, where the client can offer that and the code does not say it.</summary>
    [KnownValues(StepFixes.OpenSettings, StepFixes.OpenProxySettings)]
    public string? Fix { get; init; }

    /// <summary>The gateway's id of the request, for its support.</summary>
    public string? RequestId { get; init; }
}

/// <summary>Why a question that nobody waits for was not answered.</summary>
public sealed record ProblemInfo
{
    /// <summary>Number of the google.rpc.Code.</summary>
    public required int Code { get; init; }

    /// <summary>Name of the google.rpc.Code.</summary>
    public required string Status { get; init; }

    /// <summary>One sentence that a person can act on.</summary>
    public required string Message { get; init; }
}

/// <summary>The values of <see cref="ErrorData.Outcome"/>.</summary>
public static class Outcomes
{
    /// <summary>The change is in effect.</summary>
    public const string Applied = "applied";

    /// <summary>The change is not in effect, and will not be.</summary>
    public const string NotApplied = "notApplied";

    /// <summary>Nobody can tell: the change is under way, or the gateway could not be asked.</summary>
    public const string Unknown = "unknown";
}
