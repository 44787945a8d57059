using Companion.Simulation.World;

namespace Companion.Simulation.Invariants;

/// <summary>No connection is ended before its end. If the clock is set back once the end has been reached, it's ended all the same.</summary>
internal sealed class LeaseNotEarly(SimWorld world) : Invariant(world)
{
    /// <inheritdoc/>
    public override string Name => "lease-not-early";

    /// <inheritdoc/>
    public override void Sent(Exchange x)
    {
        if (!x.IsByLease)
            return;
        if (World.Leases.Of(x.Target.EnvironmentId) is not { Count: > 0 } leases)
            Fail($"request {x.Number} ends the connection of {x.Target.EnvironmentId}, which has no end");
        else if (leases.Min(static lease => lease.Earliest) is var end && x.SentWall < end && !WasReached(x, end))
            Fail($"request {x.Number} ends the connection of {x.Target.EnvironmentId} {Seconds((end - x.SentWall).Ticks)} before its end");
        else
            World.Statistics.Count("lease", "ended");
    }

    private static bool WasReached(Exchange x, DateTimeOffset end) =>
        x.Process.Descriptions.Exists(look => look.Describes(x.Target.Key) && look.SentWall >= end);
}
