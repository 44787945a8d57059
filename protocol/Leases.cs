using System.Text.Json.Serialization;
using Companion.Protocol.Constraints;

namespace Companion.Protocol;

/// <summary>When a connection is to end: either <c>until</c> or <c>durationSeconds</c>.</summary>
public sealed record LeaseParams
{
    /// <summary>The end, in RFC 3339 with an offset. In the future, and at most a year from now.</summary>
    [JsonConverter(typeof(TimeConverter))]
    public DateTimeOffset? Until { get; init; }

    /// <summary>
    /// The duration in seconds, from 60 to 31,536,000 (a year). Counted from when the connect is confirmed CONNECTED, or with
    /// <c>setLease</c>, from now.
    /// </summary>
    [JsonConverter(typeof(LeaseSecondsConverter))]
    public int? DurationSeconds { get; init; }
}

/// <summary>The end of a connection that this machine keeps.</summary>
public sealed record LeaseInfo
{
    /// <summary>When the environment is to be disconnected, on this machine's clock.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>
    /// What keeps the end: <c>vscode</c> while VS Code runs on this machine and is signed in, and <c>system</c> if a timer of the operating
    /// system starts a server then, for which the machine must be on and the user's services must be running. Empty if nothing will disconnect it any more,
    /// because an end passed and it's unknown whether the disconnect took effect or whether it's still the same connection.
    /// </summary>
    [KnownValues(LeaseKeepers.Vscode, LeaseKeepers.System)]
    public required IReadOnlyList<string> KeptBy { get; init; }

    /// <summary>The first end that passed without being kept, on this machine's clock. Absent if there is none.</summary>
    public DateTimeOffset? Missed { get; init; }
}

/// <summary>Parameters of <c>setLease</c>.</summary>
public sealed record SetLeaseParams
{
    /// <summary>The environment's id.</summary>
    [JsonConverter(typeof(ResourceIdConverter))]
    public required string EnvironmentId { get; init; }

    /// <summary>The account that owns the environment. Default: the account in use.</summary>
    [JsonConverter(typeof(ResourceIdConverter))]
    public string? AccountId { get; init; }

    /// <summary>The new end, or null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)] // a client must not leave it out
    public required LeaseParams? Lease { get; init; }

    /// <summary>
    /// Whether the operating system keeps the end, too, even while VS Code is closed. If true and that's not possible, the error says whether
    /// the end was set. Requires systemd, launchd, or Task Scheduler, and an API key outside the client. Default: as before; false for a new end.
    /// </summary>
    public bool? BySystem { get; init; }
}

/// <summary>Parameters of <c>leaseEnding</c>.</summary>
public sealed record LeaseEndingParams
{
    /// <summary>The account that owns the environment.</summary>
    public required string AccountId { get; init; }

    /// <summary>The environment's id.</summary>
    public required string EnvironmentId { get; init; }

    /// <summary>The environment as last confirmed. Absent if this server hasn't read it yet.</summary>
    public EnvironmentInfo? Environment { get; init; }

    /// <summary>When it will be disconnected, on this machine's clock.</summary>
    public required DateTimeOffset Until { get; init; }
}

/// <summary>The values of <see cref="LeaseInfo.KeptBy"/>.</summary>
public static class LeaseKeepers
{
    /// <summary>The server of any window.</summary>
    public const string Vscode = "vscode";

    /// <summary>A timer of the operating system.</summary>
    public const string System = "system";
}
