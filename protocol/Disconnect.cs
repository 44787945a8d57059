using System.Text.Json;
using System.Text.Json.Serialization;
using Companion.Protocol.Constraints;

namespace Companion.Protocol;

/// <summary>Parameters of <c>disconnect</c>.</summary>
public sealed record DisconnectParams
{
    /// <summary>The environment's id.</summary>
    [JsonConverter(typeof(ResourceIdConverter))]
    public required string EnvironmentId { get; init; }

    /// <summary>The account that owns the environment. Default: the account in use.</summary>
    [JsonConverter(typeof(ResourceIdConverter))]
    public string? AccountId { get; init; }

    /// <summary>
    /// Disconnect even if the snapshot fails. Everything that isn't in a snapshot is lost. Use this only if the pod is certainly gone.
    /// Default: false.
    /// </summary>
    public bool? Force { get; init; }

    /// <summary>Rebuild the snapshots. Use this after a snapshot error or when there are too many layers. Default: false.</summary>
    public bool? ResetSnapshots { get; init; }

    /// <summary>When to respond. Default: <c>settled</c>.</summary>
    [JsonConverter(typeof(WaitConverter))]
    public Wait? Wait { get; init; }

    /// <summary>How long the whole call may take, in seconds. Default: 1800.</summary>
    [JsonConverter(typeof(TimeoutSecondsConverter))]
    public int? TimeoutSeconds { get; init; }

    /// <summary>Token for <c>$/progress</c>. Default: no progress is sent.</summary>
    [JsonConverter(typeof(ProgressTokenConverter))]
    public JsonElement? WorkDoneToken { get; init; }
}
