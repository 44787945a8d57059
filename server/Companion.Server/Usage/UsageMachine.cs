using Companion.Protocol;
using Companion.Server.Changes;

namespace Companion.Server.Usage;

/// <summary>Decides what an observation says about the connection that was open before, without input or output.</summary>
internal static class UsageMachine
{
    /// <summary>The longest time between two observations that still counts as watched.</summary>
    public static readonly TimeSpan LongestGap = TimeSpan.FromMinutes(5);

    /// <summary>The longest time after which another process stores what it has observed.</summary>
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(2);

    /// <summary>Handles an observation.</summary>
    /// <param name="open">The environment's connection that hasn't ended as far as it's known, or null.</param>
    /// <returns>The connection that is open now, and the one that has ended.</returns>
    public static (UsageRow? Open, UsageRow? Closed) Next(UsageRow? open, UsageLook look)
    {
        var gap = open is null ? TimeSpan.MaxValue : look.At - open.Until;
        if (open is not null && gap < -LongestDelay) // the clock was set back
            return Next(open with { From = open.From < look.At ? open.From : look.At, Until = look.At }, look);
        if (gap < TimeSpan.Zero) // another process has seen more
            return (open, null);
        var isWatched = gap <= LongestGap;
        switch (look)
        {
            case { Environment: { State: EnvironmentStates.Connected, Connection: { } connection } now }:
                if (open is not null && IsSame(open, now, isWatched))
                    return (Continued(open, look, connection), null);
                return (Opened(look, connection, now, since: isWatched ? open!.Until : null), open is null ? null : Closed(open, look, isWatched));
            case { Environment.State: EnvironmentStates.Disconnecting or EnvironmentStates.Reconnecting }:
                return (open is null ? null : Ending(open, look, isWatched), null);
            case { Environment: null or { State: EnvironmentStates.Disconnected or EnvironmentStates.Connecting or EnvironmentStates.Creating or EnvironmentStates.Deleting } }:
                return (null, open is null ? null : Closed(open, look, isWatched));
            default:
                return (open, null); // a state that this version doesn't support says nothing about the connection
        }
    }

    // An unchanged update time proves that it was connected all the time, even if nothing asked in between.
    private static bool IsSame(UsageRow open, EnvironmentInfo now, bool isWatched)
    {
        var before = new ConnectionFingerprint(open.NodePoolId, open.NumRanks, open.Role, open.Zone, open.UpdateTime);
        return before.IsLike(now) && (isWatched || (open.UpdateTime is { } time && time == now.UpdateTime));
    }

    private static UsageRow Continued(UsageRow open, UsageLook look, ConnectionInfo connection) => open with
    {
        Until = look.At,
        UpdateTime = look.Environment!.UpdateTime,
        DisplayName = look.Environment.DisplayName,
        InstanceType = open.InstanceType ?? look.InstanceType,
        NumRanks = open.NumRanks ?? connection.NumRanks,
        Role = open.Role ?? connection.Role,
        Zone = open.Zone ?? connection.Zone,
        By = open.By ?? look.By,
        End = null,
    };

    private static UsageRow Opened(UsageLook look, ConnectionInfo connection, EnvironmentInfo now, DateTimeOffset? since) => new()
    {
        AccountId = now.AccountId,
        EnvironmentId = now.EnvironmentId,
        DisplayName = now.DisplayName,
        CreatedBy = now.CreatedBy,
        By = look.By,
        NodePoolId = connection.NodePoolId,
        InstanceType = look.InstanceType,
        NumRanks = connection.NumRanks,
        Role = connection.Role,
        Zone = connection.Zone,
        From = now.StateSince <= look.At ? now.StateSince.Value : since ?? look.At,
        Until = look.At,
        UpdateTime = now.UpdateTime,
    };

    private static UsageRow Ending(UsageRow open, UsageLook look, bool isWatched) => open with
    {
        Until = isWatched ? look.At : open.Until,
        End = look.IsChangedHere ? UsageEnds.Here : open.End,
    };

    private static UsageRow Closed(UsageRow open, UsageLook look, bool isWatched) => open with
    {
        Until = isWatched ? look.At : open.Until,
        EndedBefore = isWatched ? null : look.At,
        End = look.Environment is null or { State: EnvironmentStates.Deleting } ? UsageEnds.Deleted
            : look.IsChangedHere ? UsageEnds.Here : open.End ?? UsageEnds.Elsewhere,
    };
}

/// <summary>An observation of an environment.</summary>
/// <param name="At">When it was made, on this machine's clock.</param>
/// <param name="Environment">Null if it no longer exists.</param>
/// <param name="IsChangedHere">True while this process is changing it.</param>
/// <param name="InstanceType">The instance type of its node pool, if it's known.</param>
/// <param name="By">Who started its connection, if that wasn't a person.</param>
internal sealed record UsageLook(
    EnvironmentKey Key, DateTimeOffset At, EnvironmentInfo? Environment, bool IsChangedHere = false, string? InstanceType = null, string? By = null);
