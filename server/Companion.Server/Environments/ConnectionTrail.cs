using Companion.Protocol;
using Companion.Server.Changes;

namespace Companion.Server.Environments;

/// <summary>
/// Follows connections from look to look. The gateway may change the update time of a connected environment, and only close looks tell such a
/// connection from one that someone made later in the same way.
/// </summary>
internal sealed class ConnectionTrail(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<EnvironmentKey, Look> _looks = [];

    /// <summary>Handles a look.</summary>
    /// <param name="connection">The connection to follow, or null if it isn't known yet.</param>
    /// <returns>True if an earlier look, at most a minute before, and every look in between showed the same connection as this one.</returns>
    public bool IsContinuous(EnvironmentKey key, ConnectionFingerprint? connection, EnvironmentInfo seen)
    {
        lock (_lock)
        {
            // Both clocks must agree, as for the start of a state.
            var isContinuous = _looks.TryGetValue(key, out var last) && last.IsOwn && connection?.IsShownBy(seen) == true
                && time.GetElapsedTime(last.At) <= StateSince.LongestGap
                && (seen.ObservedAt - last.ObservedAt).Duration() <= StateSince.LongestGap;
            _looks[key] = new Look(time.GetTimestamp(), seen.ObservedAt, isContinuous || connection?.IsOf(seen) == true);
            return isContinuous;
        }
    }

    /// <summary>The last look at an environment.</summary>
    /// <param name="IsOwn">True if it showed the connection itself, and not only one like it.</param>
    private readonly record struct Look(long At, DateTimeOffset ObservedAt, bool IsOwn);
}
