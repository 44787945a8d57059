using System.Text.Json;
using System.Text.Json.Serialization;
using Companion.Protocol.Constraints;

namespace Companion.Protocol;

/// <summary>What <c>disconnect</c> takes.</summary>
public sealed record DisconnectParams
{
    /// <summary>Id of the environment to disconnect.</summary>
    [JsonConverter(typeof(ResourceIdConverter))]
    public required string EnvironmentId { get; init; }

    /// <summary>Account that owns the environment. Default: the account in use.</summary>
    [JsonConverter(typeof(ResourceIdConverter))]
    public string? AccountId { get; init; }

    /// <summary>
    /// Disconnect even if the snapshot fails. What is not in a snapshot is lost: only for a pod that is certainly gone.
    /// Default: false.
    /// </summary>
    public bool? Force { get; init; }

    /// <summary>Rebuild the snapshots: for too many layers, or after a snapshot error. Default: false.</summary>
    public bool? ResetSnapshots { get; init; }

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
