using Companion.Simulation.World;

namespace Companion.Simulation.Invariants;

/// <summary>A connect that waits for room is never sent after its time.</summary>
internal sealed class WaitInTime(SimWorld world) : Invariant(world)
{
    /// <inheritdoc/>
    public override string Name => "wait-in-time";

    /// <inheritdoc/>
    public override void Sent(Exchange x)
    {
        if (x.Call is not { RoomLimit: { } limit } call || !x.Target.IsChange)
            return;
        if (x.SentWall - call.StartedWall >= limit)
            Fail($"{call} is sent {Seconds((x.SentWall - call.StartedWall - limit).Ticks)} after its time");
        World.Statistics.Count("waited for room", call.Sent.Count > 0 ? "sent again" : Now - call.StartedAt > TimeSpan.TicksPerMinute / 2 ? "sent later" : "sent soon");
    }
}
