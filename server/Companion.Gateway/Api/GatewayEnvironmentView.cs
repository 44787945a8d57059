using System.Text;
using Companion.Gateway.Json;
using Companion.Gateway.Resources;

namespace Companion.Gateway.Api;

/// <summary>
/// An environment in a response, as UTF-8. Absent texts are empty. Otherwise, the members have the same meaning as in
/// <see cref="GatewayEnvironment"/>.
/// </summary>
public readonly ref struct GatewayEnvironmentView
{
    private readonly ReadOnlySpan<byte> _response;
    private readonly ref readonly EnvironmentRow _row;

    internal GatewayEnvironmentView(ReadOnlySpan<byte> response, ref readonly EnvironmentRow row)
    {
        _response = response;
        _row = ref row;
    }

    /// <summary>The ID. Empty if there's no name.</summary>
    public ReadOnlySpan<byte> EnvironmentId => ResourceName.LastSegment(_row.Name.In(_response));

    /// <summary>The display name.</summary>
    public ReadOnlySpan<byte> DisplayName => _row.DisplayName.In(_response);

    /// <summary>One of <see cref="GatewayStates"/>, or an unknown name. Never empty.</summary>
    public ReadOnlySpan<byte> State => _row.State.Length > 0 ? _row.State.In(_response) : "STATE_UNSPECIFIED"u8;

    /// <summary>The last error, or <see cref="GoogleRpcCode.Ok"/>.</summary>
    public GoogleRpcCode StatusCode => _row.StatusCode;

    /// <summary>The gateway's message about the last error.</summary>
    public ReadOnlySpan<byte> StatusMessage => _row.StatusMessage.In(_response);

    /// <summary>
    /// The ID of the node pool of the current or last connection, even if the gateway returns its full name. If it's empty, there's no
    /// connection, and the members below have no meaning.
    /// </summary>
    public ReadOnlySpan<byte> NodePoolId => ResourceName.LastSegment(_row.NodePoolId.In(_response));

    /// <summary>The number of ranks, 1 or more. Null for the gateway's default.</summary>
    public int? NumRanks => _row.NumRanks > 0 ? _row.NumRanks : null;

    /// <summary>The ARN of the AWS IAM role.</summary>
    public ReadOnlySpan<byte> Role => _row.Role.In(_response);

    /// <summary>The last zone.</summary>
    public ReadOnlySpan<byte> Zone => _row.Zone.In(_response);

    /// <summary>Whether the node's local storage is mounted on /tmp.</summary>
    public bool UseLocalStorage => _row.UseLocalStorage;

    /// <summary>The email address of the creator.</summary>
    public ReadOnlySpan<byte> CreatedBy => _row.CreatedBy.In(_response);

    /// <summary>Whether other users of the account can use it.</summary>
    public bool Shared => _row.Shared;

    /// <summary>When it last changed, by the gateway's clock.</summary>
    public DateTimeOffset? UpdateTime => _row.UpdateTime;

    /// <summary>Creates an object that outlives the response.</summary>
    /// <param name="askedAt">When the request was sent, as a timestamp of the client's clock.</param>
    internal GatewayEnvironment ToEnvironment(long askedAt) => new()
    {
        Name = Text(_row.Name.In(_response)),
        DisplayName = Text(DisplayName),
        State = Text(_row.State.In(_response))!, // State replaces null with a default
        Status = StatusCode == GoogleRpcCode.Ok ? null : new GatewayStatus { Code = StatusCode, Message = Text(StatusMessage) },
        Connection = NodePoolId.IsEmpty ? null : new GatewayEnvironmentConnection
        {
            NodePoolId = Encoding.UTF8.GetString(NodePoolId),
            NumRanks = NumRanks,
            Role = Text(Role),
            Zone = Text(Zone),
            UseLocalStorage = UseLocalStorage,
        },
        CreatedBy = Text(CreatedBy),
        Shared = Shared,
        UpdateTime = UpdateTime,
        RequestedAt = askedAt,
    };

    private static string? Text(ReadOnlySpan<byte> utf8) => utf8.IsEmpty ? null : Encoding.UTF8.GetString(utf8);
}
