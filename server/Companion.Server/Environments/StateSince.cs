using Companion.Protocol;
using Companion.Server.Changes;

namespace Companion.Server.Environments;

/// <summary>Since when an environment is in its state, where it was seen to get there. Nothing here is a guess.</summary>
internal static class StateSince
{
    /// <summary>How long a change of state may have gone unseen to be told as seen.</summary>
    public static readonly TimeSpan LongestGap = TimeSpan.FromMinutes(1);

    /// <summary>Since when, or null where nobody saw.</summary>
    /// <param name="elapsed">Time since the earlier read was sent, on the monotonic clock.</param>
    public static DateTimeOffset? Of(EnvironmentInfo? before, EnvironmentInfo now, TimeSpan elapsed)
    {
        if (before is null)
            return null;

        // Both clocks have to say so: the wall clock can be set, and the monotonic one may stand still while the machine sleeps.
        if (before.State != now.State)
            return elapsed <= LongestGap && (now.ObservedAt - before.ObservedAt).Duration() <= LongestGap ? now.ObservedAt : null;

        // Only where the gateway's own time of the last change is the same has it certainly not left that state meanwhile.
        return now.UpdateTime is not null && Change.IsSame(before, now) ? before.StateSince : null;
    }
}
