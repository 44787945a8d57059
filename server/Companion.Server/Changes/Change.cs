using Companion.Gateway.Api;
using Companion.Gateway.Resources;
using Companion.Protocol;

namespace Companion.Server.Changes;

/// <summary>A change that someone requested: how to send it, and how to determine from an environment whether it took effect.</summary>
internal abstract record Change(EnvironmentKey Key, Wait Wait)
{
    /// <summary>What bounds it, or null if nothing does.</summary>
    public IChangeBounds? Bounds { get; init; }

    /// <summary>connect or disconnect.</summary>
    public abstract string Verb { get; }

    /// <summary>Sends the change, once.</summary>
    /// <param name="cancellationToken">Stops waiting for the response. The gateway may still carry out the change.</param>
    public abstract Task SendAsync(IGateway gateway, CancellationToken cancellationToken);

    /// <summary>Determines what happened to the change.</summary>
    public abstract Verdict Judge(EnvironmentInfo before, EnvironmentInfo now);

    /// <summary>False if an environment in which this change seems to be in effect doesn't show the most important part of it.</summary>
    public virtual bool IsShownBy(EnvironmentInfo now) => true;

    /// <summary>True if the gateway is clearly carrying out this change.</summary>
    public abstract bool HasBegun(EnvironmentInfo now);

    /// <summary>The outcome of this change if the environment no longer exists; one of <see cref="Outcomes"/>.</summary>
    public abstract string OutcomeWhenGone { get; }

    /// <summary>
    /// False if it may not be sent while the environment is like this. Asked with the state that was read right before sending, under the
    /// environment's lock.
    /// </summary>
    public virtual bool MayBeSent(EnvironmentInfo now) => Bounds?.Check(now) is null;

    /// <summary>Adds any differences from the requested connection to the environment.</summary>
    public virtual EnvironmentInfo WithDifferences(EnvironmentInfo now) => now;

    /// <summary>True if nothing has changed in an environment that a change would affect.</summary>
    public static bool IsSame(EnvironmentInfo before, EnvironmentInfo now) =>
        before.State == now.State && before.UpdateTime == now.UpdateTime
        && before.Connection == now.Connection && before.Status == now.Status;

    /// <summary>True if a failure is reported that wasn't reported before.</summary>
    protected static bool HasNewFailure(EnvironmentInfo before, EnvironmentInfo now) => now.Status is not null && now.Status != before.Status;
}

/// <summary>Attaches an environment to a node pool.</summary>
internal sealed record Connect(EnvironmentKey Key, Wait Wait, ConnectionParams Connection, string? VscodeVersion) : Change(Key, Wait)
{
    /// <summary>Whether it may be sent without the lock that protects it from other processes.</summary>
    public bool AllowUnprotected { get; init; }

    /// <summary>When the connection is to end, or null for never.</summary>
    public LeaseParams? Lease { get; init; }

    /// <summary>What must be true for it to be sent, or null for nothing.</summary>
    public ConnectCondition? Condition { get; init; }

    /// <summary>Identifies the connect in the stored lease. Not used without one.</summary>
    public Guid Attempt { get; init; }

    /// <inheritdoc/>
    public override string Verb => "connect";

    /// <inheritdoc/>
    public override string OutcomeWhenGone => Outcomes.NotApplied;

    /// <inheritdoc/>
    public override bool IsShownBy(EnvironmentInfo now) => (now.Connection?.NumRanks ?? 1) >= (Connection.NumRanks ?? 1);

    /// <inheritdoc/>
    public override bool MayBeSent(EnvironmentInfo now) => Condition?.IsMetBy(now) != false && base.MayBeSent(now);

    /// <inheritdoc/>
    public override Task SendAsync(IGateway gateway, CancellationToken cancellationToken) => gateway.ConnectEnvironmentAsync(
        Key.AccountId,
        Key.EnvironmentId,
        new GatewayConnectEnvironmentBody
        {
            Connection = new GatewayRequestedConnection
            {
                NodePoolId = Connection.NodePoolId,
                NumRanks = Connection.NumRanks,
                Role = Connection.Role,
                UseLocalStorage = Connection.UseLocalStorage,
            },
            VscodeVersion = VscodeVersion,
        },
        cancellationToken);

    /// <inheritdoc/>
    public override Verdict Judge(EnvironmentInfo before, EnvironmentInfo now) => now.State switch
    {
        EnvironmentStates.Connected => JudgeConnected(before, now),
        EnvironmentStates.Disconnected when IsSame(before, now) => Verdict.Unchanged,
        EnvironmentStates.Disconnected when HasNewFailure(before, now) => Verdict.Failed,
        EnvironmentStates.Disconnected => before.State is EnvironmentStates.Connected or EnvironmentStates.Connecting or EnvironmentStates.Reconnecting
            ? Verdict.Failed
            : Verdict.BackAsBefore,
        EnvironmentStates.Creating or EnvironmentStates.Unspecified => Verdict.Unchanged,
        EnvironmentStates.Deleting => Verdict.Failed,

        // Only a settled environment shows whose connection it is. Until then, assume that GPUs are being charged.
        _ => Verdict.UnderWay,
    };

    /// <inheritdoc/>
    public override bool HasBegun(EnvironmentInfo now) =>
        now.State is EnvironmentStates.Connecting or EnvironmentStates.Reconnecting && IsMatch(now.Connection);

    /// <inheritdoc/>
    public override EnvironmentInfo WithDifferences(EnvironmentInfo now) =>
        Connection.Differences(now.Connection) is { Count: > 0 } differences ? now with { Differences = differences } : now;

    private Verdict JudgeConnected(EnvironmentInfo before, EnvironmentInfo now)
    {
        var there = now.Connection;
        if (Connection.IsExactly(there))
            return Verdict.InEffect;
        if (IsSame(before, now))
            return Verdict.Unchanged;
        if (IsMatch(there))
            return Verdict.InEffect;
        if (before.State == EnvironmentStates.Connected && (there is null || there == before.Connection))
            return HasNewFailure(before, now) ? Verdict.Failed : Connection.IsOnPool(there) == false ? Verdict.BackAsBefore : Verdict.Unclear;
        if (Connection.IsOnPool(there) == false)
            return Verdict.Unclear;
        return before.State == EnvironmentStates.Disconnected || Connection.HasOnlyMoreRanks(there) ? Verdict.Differs : Verdict.Unclear;
    }

    private bool IsMatch(ConnectionInfo? there) => Connection.IsOnPool(there) == true && Connection.Differences(there).Count == 0;
}

/// <summary>Detaches an environment from its node pool.</summary>
internal sealed record Disconnect(EnvironmentKey Key, Wait Wait, bool? Force, bool? ResetSnapshots) : Change(Key, Wait)
{
    /// <summary>The only connection that may be ended, or null for any.</summary>
    public ConnectionFingerprint? Only { get; init; }

    /// <inheritdoc/>
    public override string Verb => "disconnect";

    /// <inheritdoc/>
    public override bool MayBeSent(EnvironmentInfo now) => (Only is null || Only.IsOf(now)) && base.MayBeSent(now);

    /// <inheritdoc/>
    public override string OutcomeWhenGone => Outcomes.Applied;

    /// <inheritdoc/>
    public override Task SendAsync(IGateway gateway, CancellationToken cancellationToken) => gateway.DisconnectEnvironmentAsync(
        Key.AccountId,
        Key.EnvironmentId,
        new GatewayDisconnectEnvironmentBody { Force = Force, ResetSnapshots = ResetSnapshots },
        cancellationToken);

    /// <inheritdoc/>
    public override Verdict Judge(EnvironmentInfo before, EnvironmentInfo now) => now.State switch
    {
        EnvironmentStates.Disconnected => Verdict.InEffect,
        EnvironmentStates.Connected or EnvironmentStates.Connecting or EnvironmentStates.Reconnecting when IsSame(before, now) => Verdict.Unchanged,
        EnvironmentStates.Connected when HasNewFailure(before, now) => Verdict.Failed,
        EnvironmentStates.Connected => IsMoved(before.Connection, now.Connection) ? Verdict.Unclear : Verdict.BackAsBefore,
        EnvironmentStates.Creating or EnvironmentStates.Unspecified => Verdict.Unchanged,
        _ => Verdict.UnderWay,
    };

    /// <inheritdoc/>
    public override bool HasBegun(EnvironmentInfo now) => now.State == EnvironmentStates.Disconnecting;

    // Someone else has connected it since, either after this disconnect or instead of it.
    private static bool IsMoved(ConnectionInfo? before, ConnectionInfo? now) =>
        before is not null && now is not null && before.NodePoolId != now.NodePoolId;
}
