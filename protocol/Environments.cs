using System.Text.Json;
using System.Text.Json.Serialization;
using Companion.Protocol.Constraints;

namespace Companion.Protocol;

/// <summary>An environment as last reported by the gateway.</summary>
public sealed record EnvironmentInfo
{
    /// <summary>The account that owns the environment.</summary>
    public required string AccountId { get; init; }

    /// <summary>The environment's id.</summary>
    public required string EnvironmentId { get; init; }

    /// <summary>The display name, if it has one.</summary>
    public string? DisplayName { get; init; }

    /// <summary>The state, by the gateway's own name. It may be one that this version doesn't support.</summary>
    [KnownValues(
        EnvironmentStates.Unspecified, EnvironmentStates.Creating, EnvironmentStates.Disconnected, EnvironmentStates.Connecting,
        EnvironmentStates.Connected, EnvironmentStates.Disconnecting, EnvironmentStates.Reconnecting, EnvironmentStates.Deleting,
        Open = true)]
    public required string State { get; init; }

    /// <summary>The last failure, if any.</summary>
    public StatusInfo? Status { get; init; }

    /// <summary>The current connection, or the last one.</summary>
    public ConnectionInfo? Connection { get; init; }

    /// <summary>The email address of the creator.</summary>
    public string? CreatedBy { get; init; }

    /// <summary>True if others in the account can use it.</summary>
    public bool? Shared { get; init; }

    /// <summary>When it last changed, on the gateway's clock.</summary>
    public DateTimeOffset? UpdateTime { get; init; }

    /// <summary>
    /// When it entered its state, on this machine's clock: when the server first saw it in that state, at most a minute after it saw
    /// another one. Absent in lists, if the server didn't see the change, and if a failed disconnect or reconnect left it connected.
    /// </summary>
    public DateTimeOffset? StateSince { get; init; }

    /// <summary>
    /// How long connecting to its node pool usually takes on this machine, in seconds. Only while it's connecting or reconnecting, and only
    /// if that's known.
    /// </summary>
    public int? ExpectedSeconds { get; init; }

    /// <summary>When the gateway last reported all this, on this machine's clock.</summary>
    public required DateTimeOffset ObservedAt { get; init; }

    /// <summary>The end of the connection that this machine keeps. Absent if none is set.</summary>
    public LeaseInfo? Lease { get; init; }

    /// <summary>
    /// Only in the result of a change: why the storage folder couldn't protect it from other processes or record that it was started.
    /// Absent if the change was protected.
    /// </summary>
    public string? Unprotected { get; init; }

    /// <summary>
    /// How the connection differs from the requested one, such as more ranks because of rounding up to whole nodes. Only in the result of
    /// <c>connect</c>, and only if there are differences.
    /// </summary>
    public IReadOnlyList<ConnectionDifference>? Differences { get; init; }
}

/// <summary>A member of a connection that differs from the request.</summary>
public sealed record ConnectionDifference
{
    /// <summary>The name of the member.</summary>
    [KnownValues("numRanks", "role", "useLocalStorage")]
    public required string Member { get; init; }

    /// <summary>The requested value. Absent if the default was requested.</summary>
    public string? Requested { get; init; }

    /// <summary>The value that the gateway reports.</summary>
    public required string Actual { get; init; }
}

/// <summary>A google.rpc.Status in a resource.</summary>
public sealed record StatusInfo
{
    /// <summary>The name of the google.rpc.Code, such as INTERNAL.</summary>
    public required string Code { get; init; }

    /// <summary>The gateway's message, if any.</summary>
    public string? Message { get; init; }
}

/// <summary>A connection as reported by the gateway.</summary>
public sealed record ConnectionInfo
{
    /// <summary>The node pool's id.</summary>
    public required string NodePoolId { get; init; }

    /// <summary>The number of ranks.</summary>
    public int? NumRanks { get; init; }

    /// <summary>The ARN of the AWS IAM role.</summary>
    public string? Role { get; init; }

    /// <summary>The zone of the last connection, which is where the environment's volume is.</summary>
    public string? Zone { get; init; }

    /// <summary>True if the node's local storage is mounted on /tmp.</summary>
    public bool? UseLocalStorage { get; init; }
}

/// <summary>Parameters of <c>listEnvironments</c>.</summary>
public sealed record ListEnvironmentsParams
{
    /// <summary>The account to list. Default: the account in use.</summary>
    [JsonConverter(typeof(ResourceIdConverter))]
    public string? AccountId { get; init; }

    /// <summary>Token for <c>$/progress</c> with each page as the gateway sends it. Default: the result contains everything.</summary>
    [JsonConverter(typeof(ProgressTokenConverter))]
    public JsonElement? PartialResultToken { get; init; }
}

/// <summary>Result of <c>listEnvironments</c>, and each page of it.</summary>
public sealed record ListEnvironmentsResult : ProgressValue
{
    /// <summary>
    /// Every environment in the account, in the gateway's order. Empty in the result of a request with a <c>partialResultToken</c>: all of
    /// them were sent before it.
    /// </summary>
    public required IReadOnlyList<EnvironmentInfo> Environments { get; init; }
}

/// <summary>Parameters of <c>getEnvironment</c>.</summary>
public sealed record GetEnvironmentParams
{
    /// <summary>The environment's id.</summary>
    [JsonConverter(typeof(ResourceIdConverter))]
    public required string EnvironmentId { get; init; }

    /// <summary>The account that owns the environment. Default: the account in use.</summary>
    [JsonConverter(typeof(ResourceIdConverter))]
    public string? AccountId { get; init; }
}

/// <summary>Parameters of <c>watchEnvironments</c>. Each call replaces the previous one.</summary>
public sealed record WatchEnvironmentsParams
{
    /// <summary>The environments to watch, at most 1,000. Empty to stop watching.</summary>
    public required IReadOnlyList<WatchedEnvironment> Environments { get; init; }

    /// <summary>
    /// True while no one is looking at the client's window: the state of a changing environment is then read less often. A call that ends
    /// this reads all of them at once. Default: false.
    /// </summary>
    public bool? InBackground { get; init; }
}

/// <summary>An environment to watch.</summary>
public sealed record WatchedEnvironment
{
    /// <summary>The environment's id.</summary>
    [JsonConverter(typeof(ResourceIdConverter))]
    public required string EnvironmentId { get; init; }

    /// <summary>The account that owns the environment. Default: the account in use.</summary>
    [JsonConverter(typeof(ResourceIdConverter))]
    public string? AccountId { get; init; }
}

/// <summary>Parameters of <c>environmentChanged</c>, for an environment that is watched or that this server is changing.</summary>
public sealed record EnvironmentChangedParams
{
    /// <summary>The account that owns the environment.</summary>
    public required string AccountId { get; init; }

    /// <summary>The environment's id.</summary>
    public required string EnvironmentId { get; init; }

    /// <summary>The environment as last confirmed. Absent if the gateway never described it, or reports that it no longer exists.</summary>
    public EnvironmentInfo? Environment { get; init; }

    /// <summary>Why the last read failed. Absent if it succeeded.</summary>
    public ProblemInfo? Problem { get; init; }
}
