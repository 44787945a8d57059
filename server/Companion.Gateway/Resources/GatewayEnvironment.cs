using System.Text.Json.Serialization;
using Companion.Gateway.Json;

namespace Companion.Gateway.Resources;

/// <summary>An environment, as returned by the gateway.</summary>
/// <remarks>Its members have setters because the serializer reads init-only members through an array of boxed values.</remarks>
public sealed record GatewayEnvironment
{
    /// <summary>The full resource name, "accounts/a/clusters/c/environments/e".</summary>
    public string? Name { get; set; }

    /// <summary>The ID: the last segment of the name. Empty if there's no name.</summary>
    [JsonIgnore]
    public string EnvironmentId => ResourceName.LastSegment(Name).ToString();

    /// <summary>The display name.</summary>
    public string? DisplayName { get; set; }

    /// <summary>One of <see cref="GatewayStates"/>, or an unknown name. Never null.</summary>
    public string State { get => field ?? GatewayStates.Unspecified; set; }

    /// <summary>The last error. Null if there's none: OK and unset are the same.</summary>
    [JsonConverter(typeof(LenientObjectConverter<GatewayStatus>))]
    public GatewayStatus? Status { get; set => field = GatewayStatus.OrNull(value); }

    /// <summary>The current or last connection.</summary>
    [JsonConverter(typeof(LenientObjectConverter<GatewayEnvironmentConnection>))]
    public GatewayEnvironmentConnection? Connection { get; set => field = GatewayEnvironmentConnection.OrNull(value); }

    /// <summary>The email address of the creator.</summary>
    public string? CreatedBy { get; set; }

    /// <summary>Whether other users of the account can use it.</summary>
    public bool Shared { get; set; }

    /// <summary>When it last changed, by the gateway's clock.</summary>
    public DateTimeOffset? UpdateTime { get; set; }

    /// <summary>When the request for this was sent, as a timestamp of the client's clock. Set by the client.</summary>
    [JsonIgnore]
    public long RequestedAt { get; set; }
}

/// <summary>A connection, as returned by the gateway.</summary>
public sealed record GatewayEnvironmentConnection
{
    /// <summary>The ID of the node pool, even if the gateway returns its full name. Never null.</summary>
    public string NodePoolId { get => field ?? ""; set => field = ResourceName.LastSegment(value).ToString(); }

    /// <summary>The number of ranks, 1 or more. Null for the gateway's default, 1.</summary>
    public int? NumRanks { get; set => field = value > 0 ? value : null; }

    /// <summary>The ARN of the AWS IAM role. Null for the node pool's own.</summary>
    public string? Role { get; set; }

    /// <summary>The last zone that the environment was connected to, which has its volume.</summary>
    public string? Zone { get; set; }

    /// <summary>Whether the node's local storage is mounted on /tmp.</summary>
    public bool UseLocalStorage { get; set; }

    internal static GatewayEnvironmentConnection? OrNull(GatewayEnvironmentConnection? connection) =>
        connection is { NodePoolId.Length: > 0 } ? connection : null;
}

/// <summary>The names of states of environments and node pools.</summary>
public static class GatewayStates
{
    /// <summary>Unset.</summary>
    public const string Unspecified = "STATE_UNSPECIFIED";

    /// <summary>A node pool that environments can be connected to.</summary>
    public const string Ready = "READY";

    /// <summary>Being created.</summary>
    public const string Creating = "CREATING";

    /// <summary>Not on a node pool.</summary>
    public const string Disconnected = "DISCONNECTED";

    /// <summary>Connecting to a node pool.</summary>
    public const string Connecting = "CONNECTING";

    /// <summary>On a node pool.</summary>
    public const string Connected = "CONNECTED";

    /// <summary>Taking a snapshot before leaving the node pool.</summary>
    public const string Disconnecting = "DISCONNECTING";

    /// <summary>Connecting again with new parameters.</summary>
    public const string Reconnecting = "RECONNECTING";

    /// <summary>Being deleted.</summary>
    public const string Deleting = "DELETING";
}
