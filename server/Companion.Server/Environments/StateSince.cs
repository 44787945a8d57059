using Companion.Protocol;
using Companion.Server.Changes;

namespace Companion.Server.Environments;

/// <summary>When an environment entered its state, if that was observed. Never a guess.</summary>
internal static class StateSince
{
    /// <summary>The longest gap between two reads that still counts as having observed a change of state.</summary>
    public static readonly TimeSpan LongestGap = TimeSpan.FromMinutes(1);

    /// <summary>When it entered its state, or null if that wasn't observed.</summary>
    /// <param name="elapsed">Time since the earlier read was sent, on the monotonic clock.</param>
    public static DateTimeOffset? Of(EnvironmentInfo? before, EnvironmentInfo now, TimeSpan elapsed)
    {
        if (before is null)
            return null;

        // Both clocks must agree: the wall clock can be set, and the monotonic clock may stop while the machine sleeps.
        if (before.State != now.State)
            return IsStart(before, now) && elapsed <= LongestGap && (now.ObservedAt - before.ObservedAt).Duration() <= LongestGap ? now.ObservedAt : null;

        // Only an unchanged update time proves that the environment hasn't left the state in the meantime.
        return now.UpdateTime is not null && Change.IsSame(before, now) ? before.StateSince : null;
    }

    // An environment that a disconnect or a reconnect left connected has been connected for longer. Since when isn't known.
    private static bool IsStart(EnvironmentInfo before, EnvironmentInfo now) => (before.State, now.State) switch
    {
        (EnvironmentStates.Disconnecting, EnvironmentStates.Connected) => false,
        (EnvironmentStates.Reconnecting, EnvironmentStates.Connected) => now.Status is null or { Code: "OK" },
        _ => true,
    };
}
