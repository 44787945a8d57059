using System.Text.Json.Serialization;
using Companion.Protocol.Constraints;

namespace Companion.Protocol.Tools;

/// <summary>Arguments of a tool that has none.</summary>
public sealed record NoArguments;

/// <summary>Arguments of <c>get_environment</c> and <c>disconnect_environment</c>.</summary>
public sealed record EnvironmentArguments
{
    /// <summary>The environment's id, from list_environments.</summary>
    [JsonConverter(typeof(ResourceIdConverter))]
    public required string EnvironmentId { get; init; }
}

/// <summary>The end of a connection.</summary>
[ExactlyOne(nameof(DurationSeconds), nameof(Until))]
public abstract record EndArguments
{
    /// <summary>
    /// How long the connection lasts, in seconds from when it's established, or with set_lease, from now. Required unless until is given; not
    /// together with it.
    /// </summary>
    [JsonConverter(typeof(LeaseSecondsConverter))]
    public int? DurationSeconds { get; init; }

    /// <summary>
    /// When the connection ends: a time in RFC 3339 with an offset, in the future, and at most a year from now. Required unless durationSeconds
    /// is given; not together with it.
    /// </summary>
    [JsonConverter(typeof(TimeConverter))]
    public DateTimeOffset? Until { get; init; }
}

/// <summary>Arguments of <c>connect_environment</c>.</summary>
public sealed record ConnectEnvironmentArguments : EndArguments
{
    /// <summary>The environment's id, from list_environments.</summary>
    [JsonConverter(typeof(ResourceIdConverter))]
    public required string EnvironmentId { get; init; }

    /// <summary>The node pool's id, from list_node_pools.</summary>
    [JsonConverter(typeof(ResourceIdConverter))]
    public required string NodePoolId { get; init; }

    /// <summary>The number of ranks: one GPU each in a GPU pool, one host each in a CPU pool. Default: 1.</summary>
    [JsonConverter(typeof(RankCountConverter))]
    public int? NumRanks { get; init; }

    /// <summary>The ARN of the AWS IAM role that the connection assumes. Default: the node pool's own role.</summary>
    [JsonConverter(typeof(RoleArnConverter))]
    public string? Role { get; init; }
}

/// <summary>Arguments of <c>set_lease</c>.</summary>
public sealed record SetLeaseArguments : EndArguments
{
    /// <summary>The environment's id, from list_environments.</summary>
    [JsonConverter(typeof(ResourceIdConverter))]
    public required string EnvironmentId { get; init; }
}

/// <summary>Arguments of <c>get_usage</c>.</summary>
public sealed record UsageArguments
{
    /// <summary>How many days to go back from now. Default: 30.</summary>
    [JsonConverter(typeof(DayCountConverter))]
    public int? SinceDays { get; init; }

    /// <summary>What to group by. Default: environment and nodePool.</summary>
    [KnownValues(UsageDimensions.Day, UsageDimensions.Environment, UsageDimensions.NodePool, UsageDimensions.Connection)]
    public IReadOnlyList<string>? GroupBy { get; init; }
}

/// <summary>Arguments of <c>diagnose</c>.</summary>
public sealed record DiagnoseArguments
{
    /// <summary>The environment to check, from list_environments. Default: none, and only the way to the gateway is checked.</summary>
    [JsonConverter(typeof(ResourceIdConverter))]
    public string? EnvironmentId { get; init; }
}
