using System.Text.Json;
using System.Text.Json.Serialization;
using Companion.Protocol.Constraints;

namespace Companion.Protocol;

/// <summary>What <c>connect</c> takes.</summary>
public sealed record ConnectParams
{
    /// <summary>Id of the environment to connect.</summary>
    [JsonConverter(typeof(ResourceIdConverter))]
    public required string EnvironmentId { get; init; }

    /// <summary>Account that owns the environment. Default: the account in use.</summary>
    [JsonConverter(typeof(ResourceIdConverter))]
    public string? AccountId { get; init; }

    /// <summary>The node pool and how to use it.</summary>
    public required ConnectionParams Connection { get; init; }

    /// <summary>Version of VS Code at the client side. Default: what <c>initialize</c> said; left out where nobody knows it.</summary>
    [JsonConverter(typeof(VersionConverter))]
    public string? VscodeVersion { get; init; }

    /// <summary>
    /// Connect even where the storage folder cannot be used to keep other processes of this machine from changing the environment at
    /// the same time, or to record that the change was begun. Without it such a connect is refused with code 9 and
    /// <c>data.unprotected</c>, and nothing is sent. Default: false.
    /// </summary>
    public bool? AllowUnprotected { get; init; }

    /// <summary>When to answer. Default: <c>settled</c>.</summary>
    [JsonConverter(typeof(WaitConverter))]
    public Wait? Wait { get; init; }

    /// <summary>How long the whole call may take, in seconds. Default: 1800.</summary>
    [JsonConverter(typeof(TimeoutSecondsConverter))]
    public int? TimeoutSeconds { get; init; }

    /// <summary>Token for <c>$/progress</c>. Default: no progress is sent.</summary>
    [JsonConverter(typeof(ProgressTokenConverter))]
    public JsonElement? WorkDoneToken { get; init; }
}

/// <summary>
/// What a connection is asked to be: the gateway's EnvironmentConnection without <c>zone</c>, which only the gateway sets.
/// Members that are not set are not sent.
/// </summary>
public sealed record ConnectionParams
{
    /// <summary>Id of the node pool, not its full name.</summary>
    [JsonConverter(typeof(ResourceIdConverter))]
    public required string NodePoolId { get; init; }

    /// <summary>Number of ranks: one GPU each on a GPU pool, one host each on a CPU pool. Default: the gateway's, 1.</summary>
    [JsonConverter(typeof(RankCountConverter))]
    public int? NumRanks { get; init; }

    /// <summary>ARN of the AWS IAM role that the connection assumes. Default: the node pool's own role.</summary>
    [JsonConverter(typeof(RoleArnConverter))]
    public string? Role { get; init; }

    /// <summary>Mount the node's local storage on /tmp. No effect where the node has none. Default: the gateway's, false.</summary>
    public bool? UseLocalStorage { get; init; }
}

/// <summary>When a change answers.</summary>
public enum Wait
{
    /// <summary>When the environment has come to rest: connected, or not.</summary>
    Settled,

    /// <summary>As soon as the gateway has accepted the change, which is not the same as done.</summary>
    Accepted,
}
