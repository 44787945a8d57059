using System.Text.Json;
using System.Text.Json.Serialization;

namespace Companion.Protocol;

/// <summary>LSP's ProgressParams.</summary>
public sealed record ProgressParams
{
    /// <summary>The request's <c>workDoneToken</c> or <c>partialResultToken</c>, exactly as received.</summary>
    public required JsonElement Token { get; init; }

    /// <summary>For a <c>workDoneToken</c>, the progress to show. For a <c>partialResultToken</c>, the next part of the result.</summary>
    public required ProgressValue Value { get; init; }
}

/// <summary>The value of <c>$/progress</c>. The token determines its type; there is no type member.</summary>
[JsonDerivedType(typeof(WorkDoneProgress))]
[JsonDerivedType(typeof(ListEnvironmentsResult))]
[JsonDerivedType(typeof(ListNodePoolsResult))]
public abstract record ProgressValue;

/// <summary>LSP's WorkDoneProgressBegin, Report, and End in one record.</summary>
public sealed record WorkDoneProgress : ProgressValue
{
    /// <summary>Which of the three it is.</summary>
    [KnownValues("begin", "report", "end")]
    public required string Kind { get; init; }

    /// <summary>At begin: what is being done.</summary>
    public string? Title { get; init; }

    /// <summary>At begin: true if <c>$/cancelRequest</c> stops the waiting.</summary>
    public bool? Cancellable { get; init; }

    /// <summary>The current stage as a short phrase for people.</summary>
    public string? Message { get; init; }

    /// <summary>
    /// The current stage for programs. It may be one that an older client doesn't support. At end: the state that the change settled in, if
    /// it's the requested one; otherwise absent.
    /// </summary>
    [KnownValues(
        ChangeStages.Looking, ChangeStages.Requested, ChangeStages.Accepted, ChangeStages.Connecting, ChangeStages.Reconnecting,
        ChangeStages.Disconnecting, ChangeStages.Connected, ChangeStages.Disconnected, ChangeStages.Settling, ChangeStages.Retrying,
        ChangeStages.Refused, ChangeStages.Unconfirmed, ChangeStages.WaitingForRoom, Open = true)]
    public string? Stage { get; init; }

    /// <summary>
    /// When that stage started, on this machine's clock; for the gateway's own states, when the server first saw it. A gateway that
    /// temporarily doesn't respond doesn't restart a stage.
    /// </summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>
    /// How long the whole change usually takes with this node pool, in seconds, 1 to 86400, based on earlier changes. Absent if there were
    /// none.
    /// </summary>
    public int? ExpectedSeconds { get; init; }

    /// <summary>While waiting for room: the node pool's unused ranks. Absent if the gateway didn't report them.</summary>
    public int? FreeRanks { get; init; }

    /// <summary>While waiting for room: the ranks that would be free at the pool's maximum size. Absent if that isn't known.</summary>
    public int? CeilingRanks { get; init; }
}

/// <summary>The values of <see cref="WorkDoneProgress.Stage"/>.</summary>
public static class ChangeStages
{
    /// <summary>The environment's state is being read. Nothing has been sent yet.</summary>
    public const string Looking = "looking";

    /// <summary>The change was sent, and there's no response yet.</summary>
    public const string Requested = "requested";

    /// <summary>The gateway accepted the change, but hasn't visibly started.</summary>
    public const string Accepted = "accepted";

    /// <summary>The gateway reports CONNECTING.</summary>
    public const string Connecting = "connecting";

    /// <summary>The gateway reports RECONNECTING.</summary>
    public const string Reconnecting = "reconnecting";

    /// <summary>The gateway reports DISCONNECTING and is taking a snapshot.</summary>
    public const string Disconnecting = "disconnecting";

    /// <summary>The gateway reports CONNECTED, as requested.</summary>
    public const string Connected = "connected";

    /// <summary>The gateway reports DISCONNECTED, as requested.</summary>
    public const string Disconnected = "disconnected";

    /// <summary>The response was lost. The outcome of the change is being checked.</summary>
    public const string Settling = "settling";

    /// <summary>The gateway was busy and didn't accept the change, which will be sent again.</summary>
    public const string Retrying = "retrying";

    /// <summary>The gateway rejected the change. The state that explains it is being read.</summary>
    public const string Refused = "refused";

    /// <summary>The gateway isn't responding. The read is being retried.</summary>
    public const string Unconfirmed = "unconfirmed";

    /// <summary>The node pool doesn't have enough room yet.</summary>
    public const string WaitingForRoom = "waitingForRoom";
}
