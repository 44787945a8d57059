using Companion.Simulation.World;

namespace Companion.Simulation.Invariants;

/// <summary>A connection is never ended with <c>force</c> or <c>resetSnapshots</c>.</summary>
internal sealed class LeaseNoForce(SimWorld world) : Invariant(world)
{
    /// <inheritdoc/>
    public override string Name => "lease-no-force";

    /// <inheritdoc/>
    public override void Carried(Exchange x)
    {
        if (x is { IsByLease: true, Body: not "{}" })
            Fail($"request {x.Number} ends the connection of {x.Target.EnvironmentId} with {x.Body}");
    }
}
