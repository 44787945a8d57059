using Companion.Simulation.World;

namespace Companion.Simulation.Invariants;

/// <summary>A connect that waited for room is sent only if no one else has changed the environment since, according to the last read.</summary>
internal sealed class WaitUnchanged(SimWorld world) : Invariant(world)
{
    /// <inheritdoc/>
    public override string Name => "wait-unchanged";

    /// <inheritdoc/>
    public override void Sent(Exchange x)
    {
        if (x.Call is not { RoomLimit: not null } call || !x.Target.IsChange)
            return;
        var looks = x.Process.Descriptions.FindAll(look => look.Describes(x.Target.Key));
        if (looks.Find(look => look.Call == call) is not { } first)
        {
            Fail($"{call} is sent, although the environment was not read before it waited");
            return;
        }

        // If reads overlap, the environment is read again at once, and the newest one counts.
        while (looks.Find(look => look.Call == call && look.SentAt == first.EndedAt) is { } again)
            first = again;
        var since = looks.FindAll(look => look.EndedAt <= first.EndedAt).Max(static look => look.AsOf!.Value);
        if (World.Gateway.Look(x.Target.Key).ChangedByAnother(call, since, looks[^1].AsOf!.Value))
            Fail($"{call} is sent, although someone else has changed the environment while it waited");
    }
}
