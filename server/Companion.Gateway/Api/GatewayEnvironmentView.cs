using System.Text;
using Companion.Gateway.Json;
using Companion.Gateway.Resources;

namespace Companion.Gateway.Api;

/// <summary>
/// An environment as it lies in an answer of the gateway. Texts are UTF-8, and empty where they are absent; what else is said of the
/// members of <see cref="GatewayEnvironment"/> holds here.
/// </summary>
public readonly ref struct GatewayEnvironmentView
{
    private readonly ReadOnlySpan<byte> _answer;
    private readonly ref readonly EnvironmentRow _row;

    internal GatewayEnvironmentView(ReadOnlySpan<byte> answer, ref readonly EnvironmentRow row)
    {
        _answer = answer;
        _row = ref row;
    }

    /// <summary>Its id. Empty where it has no name.</summary>
    public ReadOnlySpan<byte> EnvironmentId => ResourceName.LastSegment(_row.Name.In(_answer));

    /// <summary>Its name for people.</summary>
    public ReadOnlySpan<byte> DisplayName => _row.DisplayName.In(_answer);

    /// <summary>One of <see cref="GatewayStates"/>, or a name that this version does not know. Never empty.</summary>
    public ReadOnlySpan<byte> State => _row.State.Length > 0 ? _row.State.In(_answer) : "STATE_UNSPECIFIED"u8;

    /// <summary>What went wrong last; <see cref="GoogleRpcCode.Ok"/> where nothing did.</summary>
    public GoogleRpcCode StatusCode => _row.StatusCode;

    /// <summary>The gateway's words for it.</summary>
    public ReadOnlySpan<byte> StatusMessage => _row.StatusMessage.In(_answer);

    /// <summary>
    /// Id of the node pool of its present connection, or of its last one, also where the gateway sends its full name; empty where it has
    /// none, and no member below counts.
    /// </summary>
    public ReadOnlySpan<byte> NodePoolId => ResourceName.LastSegment(_row.NodePoolId.In(_answer));

    /// <summary>Number of ranks, 1 or more; null where the gateway left it to the default.</summary>
    public int? NumRanks => _row.NumRanks > 0 ? _row.NumRanks : null;

    /// <summary>ARN of the AWS IAM role.</summary>
    public ReadOnlySpan<byte> Role => _row.Role.In(_answer);

    /// <summary>The last zone.</summary>
    public ReadOnlySpan<byte> Zone => _row.Zone.In(_answer);

    /// <summary>True where the node's local storage is mounted on /tmp.</summary>
    public bool UseLocalStorage => _row.UseLocalStorage;

    /// <summary>E-mail address of its creator.</summary>
    public ReadOnlySpan<byte> CreatedBy => _row.CreatedBy.In(_answer);

    /// <summary>True where others of the account may use it.</summary>
    public bool Shared => _row.Shared;

    /// <summary>When it last changed, by the gateway's clock.</summary>
    public DateTimeOffset? UpdateTime => _row.UpdateTime;

    /// <summary>An object of it, which stays.</summary>
    /// <param name="askedAt">When the request was sent, as a timestamp of the client's clock.</param>
    internal GatewayEnvironment ToEnvironment(long askedAt) => new()
    {
        Name = Text(_row.Name.In(_answer)),
        DisplayName = Text(DisplayName),
        State = Text(_row.State.In(_answer))!, // which has a word for its absence
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
        AskedAt = askedAt,
    };

    private static string? Text(ReadOnlySpan<byte> utf8) => utf8.IsEmpty ? null : Encoding.UTF8.GetString(utf8);
}
