namespace Companion.Server.Pacing;

/// <summary>Waiting for a time on the wall clock.</summary>
internal static class WallClock
{
    // The clock can be set, and the machine can sleep: look at it this often.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    /// <summary>How long to wait before looking at the clock again: until the time is reached, but at most a minute.</summary>
    /// <param name="left">The time that's left. If there's none, the wait is a minute.</param>
    public static TimeSpan WaitFor(TimeSpan left) => left > TimeSpan.Zero && left < LongestWait ? left : LongestWait;
}
