using Companion.Gateway;
using Companion.Gateway.Resources;
using Companion.Protocol;
using Companion.Server.Changes;

namespace Companion.Server.Tests.Support;

/// <summary>Sample environments, changes, and faults.</summary>
internal static class Samples
{
    public static readonly EnvironmentKey Key = new("acme", "train-a");

    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public static Connect Connect(Wait wait = Wait.Settled) => new(Key, wait, new ConnectionParams { NodePoolId = "h100-8x", NumRanks = 8 }, "1.139.1");

    public static Disconnect Disconnect(Wait wait = Wait.Settled) => new(Key, wait, Force: null, ResetSnapshots: null);

    /// <summary>An environment; <paramref name="changed"/> is the number of changes at the gateway.</summary>
    public static EnvironmentInfo Environment(string state, int changed = 0, string? pool = null, int ranks = 8, StatusInfo? status = null) => new()
    {
        AccountId = Key.AccountId,
        EnvironmentId = Key.EnvironmentId,
        State = state,
        Status = status,
        Connection = pool is null ? null : new ConnectionInfo { NodePoolId = pool, NumRanks = ranks },
        UpdateTime = Noon.AddMinutes(changed),
        ObservedAt = Noon,
    };

    /// <summary>The same environment as the gateway describes it.</summary>
    public static GatewayEnvironment AtGateway(string state, int changed = 0, string? pool = null, GatewayStatus? status = null) => new()
    {
        Name = $"accounts/{Key.AccountId}/clusters/c/environments/{Key.EnvironmentId}",
        State = state,
        Status = status,
        Connection = pool is null ? null : new GatewayEnvironmentConnection { NodePoolId = pool, NumRanks = 8 },
        UpdateTime = Noon.AddMinutes(changed),
    };

    public static GatewayException Answered(int httpStatus, GoogleRpcCode code, TimeSpan? retryAfter = null) =>
        new(code, FaultKind.ErrorResponse, $"HTTP {httpStatus}") { HttpStatus = httpStatus, RetryAfter = retryAfter };

    public static GatewayException Lost() => new(GoogleRpcCode.Unavailable, FaultKind.ConnectionLost, "The connection was lost.");

    public static GatewayException NotSent() =>
        new(GoogleRpcCode.Unavailable, FaultKind.NotSent, "The host refused the connection.") { NotSentReason = NotSentReason.ConnectionRefused };
}
