using Companion.Simulation.World;

namespace Companion.Simulation.Invariants;

/// <summary>An environment has at most one change in flight per process, and per machine whose servers share a folder.</summary>
internal sealed class OneChange(SimWorld world) : Invariant(world)
{
    /// <inheritdoc/>
    public override string Name => "one-change";

    /// <inheritdoc/>
    public override void Sent(Exchange x)
    {
        if (!x.Target.IsChange)
            return;
        foreach (var client in World.Clients)
        {
            if (client.Process is { } process && (process == x.Process || World.Schedule.HasStorage)
                && process.InFlight.Find(other => other != x && other.Target.IsChange && other.Target.Key == x.Target.Key) is { } other)
            {
                Fail($"request {x.Number} is sent while request {other.Number} about the same environment is on its way");
            }
        }
    }
}
