using Companion.Server.Changes;

namespace Companion.Server.Leases;

/// <summary>Waits until a server that the system has started has ended a connection.</summary>
internal static class UnattendedEnd
{
    /// <summary>How long all tries may take.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromHours(2);

    // A timer is never early, but the clock may have been set back. An end that has passed is announced, as if VS Code was running.
    private static readonly TimeSpan FarthestEnd = LeaseMachine.OverdueNotice + LeaseMachine.Tolerance;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Waits while the keeper does its work.</summary>
    /// <returns>True if there's nothing left to do: the connection has ended, or its end was moved or cleared.</returns>
    public static async Task<bool> WaitAsync(LeaseBook book, EnvironmentKey environment, TimeProvider time)
    {
        for (var began = time.GetTimestamp(); time.GetElapsedTime(began) < Limit;)
        {
            var kept = book.All.GetValueOrDefault(environment)?.Kept;
            if (kept is null || kept.SystemUntil != kept.Until || kept.End - time.GetUtcNow() > FarthestEnd)
                return true;
            if (kept.Stage == LeaseStage.Missed)
                return false;
            await Task.Delay(Interval, time).ConfigureAwait(false);
        }

        return false;
    }
}
