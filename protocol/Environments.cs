using System.Text.Json;
using System.Text.Json.Serialization;
using Companion.Protocol.Constraints;

namespace Companion.Protocol;

/// <summary>An environment as the gateway last described it.</summary>
public sealed record EnvironmentInfo
{
    /// <summary>Account that owns it.</summary>
    public required string AccountId { get; init; }

    /// <summary>Its id.</summary>
    public required string EnvironmentId { get; init; }

    /// <summary>Its name for people, where it has one.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Its state by the gateway's own name, which may be one that this version does not know.</summary>
    [KnownValues(
        EnvironmentStates.Unspecified, EnvironmentStates.Creating, EnvironmentStates.Disconnected, EnvironmentStates.Connecting,
        EnvironmentStates.Connected, EnvironmentStates.Disconnecting, EnvironmentStates.Reconnecting, EnvironmentStates.Deleting,
        Open = true)]
    public required string State { get; init; }

    /// <summary>What went wrong last, where something did.</summary>
    public StatusInfo? Status { get; init; }

    /// <summary>Its present connection, or the last one.</summary>
    public ConnectionInfo? Connection { get; init; }

    /// <summary>E-mail address of its creator.</summary>
    public string? CreatedBy { get; init; }

    /// <summary>True where others of the account may use it.</summary>
    public bool? Shared { get; init; }

    /// <summary>When it last changed at the gateway, by the gateway's clock.</summary>
    public DateTimeOffset? UpdateTime { get; init; }

    /// <summary>
    /// Since when it is in this state, by this machine's clock: when the server first saw it there, at most a minute after it was still
    /// seen in another one. Absent where the server did not see it change, and in lists.
    /// </summary>
    public DateTimeOffset? StateSince { get; init; }

    /// <summary>When the gateway last said all this, by this machine's clock.</summary>
    public required DateTimeOffset ObservedAt { get; init; }

    /// <summary>
    /// Only in the result of a change: why the storage folder could not keep other processes away or record that the change was begun.
    /// Absent where the change was protected.
    /// </summary>
    public string? Unprotected { get; init; }

    /// <summary>
    /// How the connection differs from the one that was requested, such as more ranks, rounded up to whole nodes. Only in the result of
    /// <c>connect</c>, and only where it does differ.
    /// </summary>
    public IReadOnlyList<ConnectionDifference>? Differences { get; init; }
}

/// <summary>A member of a connection that differs from what was requested.</summary>
public sealed record ConnectionDifference
{
    /// <summary>Which member.</summary>
    [KnownValues("numRanks", "role", "useLocalStorage")]
    public required string Member { get; init; }

    /// <summary>What was requested. Absent where the default was.</summary>
    public string? Requested { get; init; }

    /// <summary>What the gateway reports.</summary>
    public required string Actual { get; init; }
}

/// <summary>A google.rpc.Status inside a resource.</summary>
public sealed record StatusInfo
{
    /// <summary>Name of the google.rpc.Code, such as INTERNAL.</summary>
    public required string Code { get; init; }

    /// <summary>The gateway's words, where it had any.</summary>
    public string? Message { get; init; }
}

/// <summary>A connection as the gateway reports it.</summary>
public sealed record ConnectionInfo
{
    /// <summary>Id of the node pool.</summary>
    public required string NodePoolId { get; init; }

    /// <summary>Number of ranks.</summary>
    public int? NumRanks { get; init; }

    /// <summary>ARN of the AWS IAM role.</summary>
    public string? Role { get; init; }

    /// <summary>The last zone that the environment was connected to: where its volume is.</summary>
    public string? Zone { get; init; }

    /// <summary>True where the node's local storage is mounted on /tmp.</summary>
    public bool? UseLocalStorage { get; init; }
}

/// <summary>What <c>listEnvironments</c> takes.</summary>
public sealed record ListEnvironmentsParams
{
    /// <summary>Account to list. Default: the account in use.</summary>
    [JsonConverter(typeof(ResourceIdConverter))]
    public string? AccountId { get; init; }

    /// <summary>Token for <c>$/progress</c> with each page as the gateway sends it. Default: all of them come with the answer.</summary>
    [JsonConverter(typeof(ProgressTokenConverter))]
    public JsonElement? PartialResultToken { get; init; }
}

/// <summary>What <c>listEnvironments</c> answers, and each page of it.</summary>
public sealed record ListEnvironmentsResult : ProgressValue
{
    /// <summary>
    /// Every environment of the account, in the gateway's order. Empty in the answer to a request with a <c>partialResultToken</c>:
    /// they were all sent before it.
    /// </summary>
    [JsonConverter(typeof(EnvironmentsConverter))]
    public required IReadOnlyList<EnvironmentInfo> Environments { get; init; }
}

/// <summary>What <c>getEnvironment</c> takes.</summary>
public sealed record GetEnvironmentParams
{
    /// <summary>Id of the environment.</summary>
    [JsonConverter(typeof(ResourceIdConverter))]
    public required string EnvironmentId { get; init; }

    /// <summary>Account that owns it. Default: the account in use.</summary>
    [JsonConverter(typeof(ResourceIdConverter))]
    public string? AccountId { get; init; }
}

/// <summary>What <c>watchEnvironments</c> takes. A call replaces the last one.</summary>
public sealed record WatchEnvironmentsParams
{
    /// <summary>The environments to watch, at most 1,000; none to watch nothing.</summary>
    public required IReadOnlyList<WatchedEnvironment> Environments { get; init; }

    /// <summary>
    /// True while no person looks at what the client shows: an environment that is changing is then asked for less often. A call that ends this
    /// asks for each at once. Default: false.
    /// </summary>
    public bool? InBackground { get; init; }
}

/// <summary>An environment to watch.</summary>
public sealed record WatchedEnvironment
{
    /// <summary>Id of the environment.</summary>
    [JsonConverter(typeof(ResourceIdConverter))]
    public required string EnvironmentId { get; init; }

    /// <summary>Account that owns it. Default: the account in use.</summary>
    [JsonConverter(typeof(ResourceIdConverter))]
    public string? AccountId { get; init; }
}

/// <summary>What <c>environmentChanged</c> tells about the environment that is watched, or that a change here is about.</summary>
public sealed record EnvironmentChangedParams
{
    /// <summary>Account that owns it.</summary>
    public required string AccountId { get; init; }

    /// <summary>Id of the environment.</summary>
    public required string EnvironmentId { get; init; }

    /// <summary>The environment as last confirmed. Absent where the gateway never described it or says that it is gone.</summary>
    public EnvironmentInfo? Environment { get; init; }

    /// <summary>Why the last question was not answered with an environment. Absent while all is well.</summary>
    public ProblemInfo? Problem { get; init; }
}
