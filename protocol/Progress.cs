using System.Text.Json;
using System.Text.Json.Serialization;

namespace Companion.Protocol;

/// <summary>LSP's ProgressParams.</summary>
public sealed record ProgressParams
{
    /// <summary>The request's <c>workDoneToken</c> or <c>partialResultToken</c>, exactly as it came.</summary>
    public required JsonElement Token { get; init; }

    /// <summary>For a <c>workDoneToken</c> what to show; for a <c>partialResultToken</c> the next part of the result, in its own shape.</summary>
    public required ProgressValue Value { get; init; }
}

/// <summary>What <c>$/progress</c> carries. The token tells which; nothing is written beside the members.</summary>
[JsonDerivedType(typeof(WorkDoneProgress))]
[JsonDerivedType(typeof(ListEnvironmentsResult))]
[JsonDerivedType(typeof(ListNodePoolsResult))]
public abstract record ProgressValue;

/// <summary>LSP's WorkDoneProgressBegin, Report and End in one shape.</summary>
public sealed record WorkDoneProgress : ProgressValue
{
    /// <summary>Which of the three it is.</summary>
    [KnownValues("begin", "report", "end")]
    public required string Kind { get; init; }

    /// <summary>At begin: what is being done.</summary>
    public string? Title { get; init; }

    /// <summary>At begin: true where <c>$/cancelRequest</c> stops the waiting.</summary>
    public bool? Cancellable { get; init; }

    /// <summary>The stage it is at: a short phrase for people.</summary>
    public string? Message { get; init; }

    /// <summary>
    /// The stage it is at, for programs, which may be one that an older client does not know. At end: the state that the change
    /// settled in, where it did as asked; else absent.
    /// </summary>
    [KnownValues(
        ChangeStages.Looking, ChangeStages.Requested, ChangeStages.Accepted, ChangeStages.Connecting, ChangeStages.Reconnecting,
        ChangeStages.Disconnecting, ChangeStages.Connected, ChangeStages.Disconnected, ChangeStages.Settling, ChangeStages.Retrying,
        ChangeStages.Refused, ChangeStages.Unconfirmed, Open = true)]
    public string? Stage { get; init; }

    /// <summary>
    /// Since when that stage lasts, by this machine's clock: for what the gateway does, since it was first seen here. A gateway that
    /// does not answer for a while begins no stage anew.
    /// </summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>
    /// How long the whole change usually takes with this node pool, in seconds, 1 to 86400, as earlier ones took. Absent where that
    /// was never seen.
    /// </summary>
    public int? ExpectedSeconds { get; init; }
}

/// <summary>The values of <see cref="WorkDoneProgress.Stage"/>.</summary>
public static class ChangeStages
{
    /// <summary>The gateway is asked what is there; nothing is sent yet.</summary>
    public const string Looking = "looking";

    /// <summary>The change is sent, and not answered yet.</summary>
    public const string Requested = "requested";

    /// <summary>The gateway has accepted the change, and is not seen to have begun.</summary>
    public const string Accepted = "accepted";

    /// <summary>The gateway says CONNECTING.</summary>
    public const string Connecting = "connecting";

    /// <summary>The gateway says RECONNECTING.</summary>
    public const string Reconnecting = "reconnecting";

    /// <summary>The gateway says DISCONNECTING: a snapshot is taken.</summary>
    public const string Disconnecting = "disconnecting";

    /// <summary>The gateway says CONNECTED, as asked.</summary>
    public const string Connected = "connected";

    /// <summary>The gateway says DISCONNECTED, as asked.</summary>
    public const string Disconnected = "disconnected";

    /// <summary>The answer was lost; the gateway is asked what became of the change.</summary>
    public const string Settling = "settling";

    /// <summary>The gateway was busy and did not take the change, which will be sent again.</summary>
    public const string Retrying = "retrying";

    /// <summary>The gateway refused the change; it is asked for the state that explains it.</summary>
    public const string Refused = "refused";

    /// <summary>The gateway does not answer, and is asked again.</summary>
    public const string Unconfirmed = "unconfirmed";
}
