using System.Text.Json.Serialization;
using Companion.Protocol.Constraints;

namespace Companion.Protocol;

/// <summary>Parameters of <c>getUsage</c>.</summary>
public sealed record GetUsageParams
{
    /// <summary>The account. Default: the account in use.</summary>
    [JsonConverter(typeof(ResourceIdConverter))]
    public string? AccountId { get; init; }

    /// <summary>The start, in RFC 3339 with an offset. At most five years ago. Default: 30 days ago.</summary>
    [JsonConverter(typeof(TimeConverter))]
    public DateTimeOffset? Since { get; init; }

    /// <summary>The end, in RFC 3339 with an offset. After the start. Default: now. What lies ahead isn't counted.</summary>
    [JsonConverter(typeof(TimeConverter))]
    public DateTimeOffset? Until { get; init; }

    /// <summary>What to group by. Default: nothing, which results in one group at most.</summary>
    [KnownValues(UsageDimensions.Day, UsageDimensions.Environment, UsageDimensions.NodePool, UsageDimensions.Connection)]
    public IReadOnlyList<string>? GroupBy { get; init; }
}

/// <summary>Result of <c>getUsage</c>: what was observed on this machine.</summary>
public sealed record UsageInfo
{
    /// <summary>The account.</summary>
    public required string AccountId { get; init; }

    /// <summary>The start.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>The end, at most now.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>The groups in which an environment was connected, by day and then by connected time, the longest first.</summary>
    public required IReadOnlyList<UsageGroup> Groups { get; init; }

    /// <summary>Why the history can't be stored. Absent if it can.</summary>
    public string? NotRecorded { get; init; }
}

/// <summary>What was observed of some connections. The members that describe them are there if all of them have the same value.</summary>
public sealed record UsageGroup
{
    /// <summary>The day in this machine's time zone, such as 2026-11-28. Only if grouped by day.</summary>
    public string? Day { get; init; }

    /// <summary>The environment's id.</summary>
    public string? EnvironmentId { get; init; }

    /// <summary>The environment's display name, if it has one.</summary>
    public string? DisplayName { get; init; }

    /// <summary>The node pool's id.</summary>
    public string? NodePoolId { get; init; }

    /// <summary>The instance type of the node pool, such as p5.48xlarge, if it's known.</summary>
    public string? InstanceType { get; init; }

    /// <summary>The number of ranks.</summary>
    public int? NumRanks { get; init; }

    /// <summary>The email address of the environment's creator.</summary>
    public string? CreatedBy { get; init; }

    /// <summary><c>agent</c> for a connection that an agent on this machine started.</summary>
    [KnownValues(Actors.Agent)]
    public string? By { get; init; }

    /// <summary>When the connection began, or was first seen. Only if grouped by connection.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>When the connection ended, or was last seen. Only if grouped by connection.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>
    /// How the connection ended: <c>here</c> by a change from this machine, <c>elsewhere</c>, or <c>deleted</c> with its environment. Only if
    /// grouped by connection, and absent if it hasn't ended as far as it's known.
    /// </summary>
    [KnownValues(UsageEnds.Here, UsageEnds.Elsewhere, UsageEnds.Deleted)]
    public string? End { get; init; }

    /// <summary>How long the environments were connected, in seconds. At least, if some of the time wasn't watched.</summary>
    public required long ConnectedSeconds { get; init; }

    /// <summary>The same multiplied by each connection's number of ranks. A connection without a known number counts as one rank.</summary>
    public required long RankSeconds { get; init; }

    /// <summary>How long it's unknown whether the environments were connected, in seconds, because nothing on this machine asked.</summary>
    public required long NotWatchedSeconds { get; init; }
}

/// <summary>The values of <see cref="GetUsageParams.GroupBy"/>.</summary>
public static class UsageDimensions
{
    /// <summary>By day in this machine's time zone.</summary>
    public const string Day = "day";

    /// <summary>By environment.</summary>
    public const string Environment = "environment";

    /// <summary>By node pool.</summary>
    public const string NodePool = "nodePool";

    /// <summary>Each connection on its own.</summary>
    public const string Connection = "connection";
}

/// <summary>The values of <see cref="UsageGroup.End"/>.</summary>
public static class UsageEnds
{
    /// <summary>By a change from this machine.</summary>
    public const string Here = "here";

    /// <summary>By someone or something else.</summary>
    public const string Elsewhere = "elsewhere";

    /// <summary>The environment was deleted.</summary>
    public const string Deleted = "deleted";
}
