using System.Text.Json.Serialization;
using Companion.Protocol;
using Companion.Server.Changes;

namespace Companion.Server.Leases;

/// <summary>What is stored about the end of an environment's connection. At least one of its parts is set.</summary>
internal sealed record Lease(string AccountId, string EnvironmentId)
{
    /// <summary>The end of the current connection, or null.</summary>
    public KeptEnd? Kept { get; init; }

    /// <summary>The end that a connect asked for, until the connect is confirmed or has failed.</summary>
    public AskedEnd? Asked { get; init; }

    [JsonIgnore]
    public EnvironmentKey Key => new(AccountId, EnvironmentId);
}

/// <summary>The end of a confirmed connection. Times are on this machine's wall clock.</summary>
/// <param name="Since">When the end was set.</param>
/// <param name="Until">The end that was promised.</param>
internal sealed record KeptEnd(ConnectionFingerprint Connection, DateTimeOffset Since, DateTimeOffset Until)
{
    /// <summary>One of <see cref="LeaseStage"/>.</summary>
    public string Stage { get; init; } = LeaseStage.Kept;

    /// <summary>The end for which the operating system's timer was read back, or null. It keeps only this one.</summary>
    public DateTimeOffset? SystemUntil { get; init; }

    /// <summary>When the disconnect is due after the promised end had passed, or null while it hasn't.</summary>
    public DateTimeOffset? MadeUpAt { get; init; }

    /// <summary>The first end that passed without being kept, or null.</summary>
    public DateTimeOffset? Missed { get; init; }

    /// <summary>The last notice that was sent, in minutes before the end, or null.</summary>
    public int? Noticed { get; init; }

    /// <summary>The number of disconnects that provably had no effect.</summary>
    public int Tries { get; init; }

    /// <summary>When to try again, or null. While ending: when that started.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>When the disconnect is due.</summary>
    [JsonIgnore]
    public DateTimeOffset End => MadeUpAt ?? Until;
}

/// <summary>The end that a connect asked for.</summary>
/// <param name="Id">Identifies the connect.</param>
/// <param name="Since">When it was asked for.</param>
internal sealed record AskedEnd(Guid Id, ConnectionParams Connection, DateTimeOffset Since)
{
    /// <summary>The end, or null if <see cref="DurationSeconds"/> is set.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>How long after the confirmed CONNECTED, in seconds, or null if <see cref="Until"/> is set.</summary>
    public int? DurationSeconds { get; init; }

    /// <summary>The environment's state before the connect, or null if it wasn't known.</summary>
    public string? StateBefore { get; init; }

    /// <summary>The same for its update time.</summary>
    public DateTimeOffset? UpdateTimeBefore { get; init; }

    /// <summary>The earliest time that the end can be at, whenever the connect is confirmed.</summary>
    [JsonIgnore]
    public DateTimeOffset? Earliest => Until ?? (DurationSeconds is { } seconds ? Since + TimeSpan.FromSeconds(seconds) : null);

    /// <summary>
    /// True if a connected environment is the result of the connect, although its process ended or its caller left. A connection that was there
    /// before isn't.
    /// </summary>
    public bool IsResult(EnvironmentInfo now) =>
        now.State == EnvironmentStates.Connected
        && Connection.IsOnPool(now.Connection) == true
        && (Connection.Differences(now.Connection).Count == 0 || Connection.HasOnlyMoreRanks(now.Connection))
        && StateBefore is not null
        && (StateBefore != EnvironmentStates.Connected || (now.UpdateTime is not null && UpdateTimeBefore != now.UpdateTime));
}

/// <summary>What is happening with the end of a connection. Text, because the code for an enum in JSON would add to the native server.</summary>
internal static class LeaseStage
{
    /// <summary>It will be kept.</summary>
    public const string Kept = "Kept";

    /// <summary>A process has claimed it, and is disconnecting the environment.</summary>
    public const string Ending = "Ending";

    /// <summary>It passed, and nothing is sent any more: it's unknown whether the disconnect took effect, or whether it's the same connection.</summary>
    public const string Missed = "Missed";
}
