using System.Text.Json;
using System.Text.Json.Serialization;
using Companion.Protocol.Constraints;

namespace Companion.Protocol;

/// <summary>Parameters of <c>connect</c>.</summary>
public sealed record ConnectParams
{
    /// <summary>The environment's id.</summary>
    [JsonConverter(typeof(ResourceIdConverter))]
    public required string EnvironmentId { get; init; }

    /// <summary>The account that owns the environment. Default: the account in use.</summary>
    [JsonConverter(typeof(ResourceIdConverter))]
    public string? AccountId { get; init; }

    /// <summary>The node pool and how to use it.</summary>
    public required ConnectionParams Connection { get; init; }

    /// <summary>The client's version of VS Code. Default: the version from <c>initialize</c>, otherwise omitted.</summary>
    [JsonConverter(typeof(VersionConverter))]
    public string? VscodeVersion { get; init; }

    /// <summary>
    /// Connect even if the storage folder can't be used to prevent other processes on this machine from changing the environment at the
    /// same time, or to record that the change was started. Otherwise, such a connect is refused with code 9 and <c>data.unprotected</c>,
    /// and nothing is sent. Default: false.
    /// </summary>
    public bool? AllowUnprotected { get; init; }

    /// <summary>
    /// When the connection is to end. If the end can't be stored, the connect is refused with code 9, and nothing is sent. Default: never, and
    /// an end of the previous connection no longer applies.
    /// </summary>
    public LeaseParams? Lease { get; init; }

    /// <summary>
    /// Whether the operating system keeps the end, too, as with <c>setLease</c>. If that's not possible, the connect is refused with code 9, and
    /// nothing is sent. If it fails only after the environment has connected, <c>lease.keptBy</c> doesn't contain <c>system</c>. Requires
    /// <c>lease</c> and waiting until it's settled. Default: false.
    /// </summary>
    public bool? BySystem { get; init; }

    /// <summary>
    /// Wait until the node pool has room for the requested ranks, and then connect once. If the gateway rejects the connect because of its
    /// capacity, the waiting continues. It ends with an error, and nothing more is sent, when its time is over, the user signs in or out, another
    /// change of the environment is requested, or the environment has changed. Default: connect at once.
    /// </summary>
    public WaitForCapacityParams? WaitForCapacity { get; init; }

    /// <summary>When to respond. Default: <c>settled</c>.</summary>
    [JsonConverter(typeof(WaitConverter))]
    public Wait? Wait { get; init; }

    /// <summary>How long the whole call may take, in seconds, without waiting for capacity. Default: 1800.</summary>
    [JsonConverter(typeof(TimeoutSecondsConverter))]
    public int? TimeoutSeconds { get; init; }

    /// <summary>Token for <c>$/progress</c>. Default: no progress is sent.</summary>
    [JsonConverter(typeof(ProgressTokenConverter))]
    public JsonElement? WorkDoneToken { get; init; }
}

/// <summary>
/// The requested connection: the gateway's EnvironmentConnection without <c>zone</c>, which only the gateway sets. Members that aren't set
/// aren't sent.
/// </summary>
public sealed record ConnectionParams
{
    /// <summary>The node pool's id, not its full name.</summary>
    [JsonConverter(typeof(ResourceIdConverter))]
    public required string NodePoolId { get; init; }

    /// <summary>The number of ranks: one GPU each on a GPU pool, one host each on a CPU pool. Default: the gateway's, 1.</summary>
    [JsonConverter(typeof(RankCountConverter))]
    public int? NumRanks { get; init; }

    /// <summary>The ARN of the AWS IAM role that the connection assumes. Default: the node pool's own role.</summary>
    [JsonConverter(typeof(RoleArnConverter))]
    public string? Role { get; init; }

    /// <summary>Mount the node's local storage on /tmp. Has no effect if the node has none. Default: the gateway's, false.</summary>
    public bool? UseLocalStorage { get; init; }
}

/// <summary>When a change responds.</summary>
public enum Wait
{
    /// <summary>When the environment has settled: connected, or not.</summary>
    Settled,

    /// <summary>As soon as the gateway has accepted the change. That doesn't mean it's done.</summary>
    Accepted,
}
