using Companion.Protocol;

namespace Companion.Server.Changes;

/// <summary>Tells a connection from one that someone made later, as far as the gateway's description allows.</summary>
/// <param name="UpdateTime">When the environment last changed on the gateway's clock, or null if the gateway didn't say.</param>
internal sealed record ConnectionFingerprint(string NodePoolId, int? NumRanks, string? Role, string? Zone, DateTimeOffset? UpdateTime)
{
    /// <summary>The fingerprint of a connected environment, or null if it isn't connected or the gateway doesn't describe its connection.</summary>
    public static ConnectionFingerprint? Of(EnvironmentInfo environment) =>
        environment is { State: EnvironmentStates.Connected, Connection: { } connection }
            ? new ConnectionFingerprint(connection.NodePoolId, connection.NumRanks, connection.Role, connection.Zone, environment.UpdateTime)
            : null;

    /// <summary>True if it's certainly this connection: connected the same way, and unchanged since.</summary>
    public bool IsOf(EnvironmentInfo now) =>
        IsLike(now) && (UpdateTime is null || UpdateTime == now.UpdateTime || (now.UpdateTime is null && IsShownBy(now)));

    /// <summary>True if it's connected the same way, and the gateway has omitted nothing but the update time.</summary>
    public bool IsShownBy(EnvironmentInfo now) => Of(now) is { } there && there with { UpdateTime = UpdateTime } == this;

    /// <summary>True if it's connected the same way. It may have been reconnected in the meantime.</summary>
    public bool IsLike(EnvironmentInfo now) => Of(now) is not null && !IsOther(now);

    /// <summary>True if it's certainly another connection. A member that the gateway omits contradicts nothing.</summary>
    public bool IsOther(EnvironmentInfo now) =>
        Of(now) is { } there
        && (there.NodePoolId != NodePoolId || Differs(there.NumRanks, NumRanks) || Differs(there.Role, Role) || Differs(there.Zone, Zone));

    private static bool Differs<T>(T? one, T? other) => one is not null && other is not null && !one.Equals(other);
}
