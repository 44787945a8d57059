using Companion.Simulation.Schedules;
using Companion.Simulation.World;

namespace Companion.Simulation.Invariants;

/// <summary>
/// If the servers share a folder: a change that was sent by a server that died is reported by the next server that starts, until the
/// gateway has described the environment to a server that reported it, or another change of the environment has started.
/// </summary>
internal sealed class Remembers(SimWorld world) : Invariant(world)
{
    private readonly HashSet<Key> _riddles = [];

    /// <inheritdoc/>
    public override string Name => "remembers";

    /// <inheritdoc/>
    public override void Killed(SimProcess process)
    {
        foreach (var call in World.Pending)
        {
            // A connect that waits for room is known to have been rejected, and would be sent again.
            if (call.Process == process && call is { Action: ChangeAction, Sent: [.., var x] } && !(call.RoomLimit is not null && x.Status == 429)
                && !IsBeingChanged(call))
            {
                _riddles.Add(x.Target.Key);
            }
        }
    }

    // Another server reads it, and either changes it or says why not.
    private bool IsBeingChanged(SimCall riddle) => World.Pending.Exists(call =>
        call.Process != riddle.Process && call.Action is ChangeAction && call.EnvironmentId == riddle.EnvironmentId && call.Process.SignedOutAt is null);

    /// <inheritdoc/>
    public override void Started(SimProcess process)
    {
        if (!World.Schedule.HasStorage)
            return;
        foreach (var key in _riddles)
        {
            World.Statistics.Count("riddle", process.Unsettled.Contains(key) ? "named by the next server" : "not named");
            if (!process.Unsettled.Contains(key) && !World.Clients.Any(client => client.Process?.IsChanging(key) == true))
                Fail($"a change of {key.EnvironmentId} was sent by a server that died, and the next one does not know of it");
        }
    }

    /// <inheritdoc/>
    public override void Sent(Exchange x)
    {
        if (x.Target.IsChange)
            _riddles.Remove(x.Target.Key);
    }

    /// <inheritdoc/>
    public override void Called(SimCall call)
    {
        if (call.Action is ChangeAction change)
            _riddles.RemoveWhere(key => key.EnvironmentId == change.EnvironmentId);
    }

    /// <inheritdoc/>
    public override void Ended(Exchange x)
    {
        if (x.IsAnsweredTruly && x.Call is not { Action: ListAction })
            _riddles.RemoveWhere(key => x.Describes(key) || Gone.IsConfirmed(x.Process, key));
    }
}
