using Companion.Simulation.World;

namespace Companion.Simulation.Invariants;

/// <summary>
/// A disconnect at the end of a connection is sent again only if the earlier ones are over and provably had no effect, and the environment was
/// read since. What a server sent that died is never sent again.
/// </summary>
internal sealed class LeaseOnce(SimWorld world) : Invariant(world)
{
    private readonly Dictionary<Key, List<Exchange>> _sent = [];

    /// <inheritdoc/>
    public override string Name => "lease-once";

    /// <inheritdoc/>
    public override void Sent(Exchange x)
    {
        if (!x.IsByLease)
            return;
        if (!_sent.TryGetValue(x.Target.Key, out var before))
            _sent.Add(x.Target.Key, before = []);
        var newest = World.Leases.Of(x.Target.EnvironmentId).Max(static lease => lease.Call.StartedAt);
        before.RemoveAll(earlier => earlier.SentAt < newest); // for another end
        if (before.Count > 0)
        {
            if (WhyNotAgain(x, before) is { } reason)
                Fail($"the end of {x.Target.EnvironmentId} is sent again, although {reason}");
            else
                World.Statistics.Count("lease", "sent again");
        }

        before.Add(x);
    }

    private string? WhyNotAgain(Exchange again, List<Exchange> before)
    {
        if (before.Exists(static x => x.EndedAt is null))
            return "the one before isn't over";
        if (before.Exists(HasEffect))
            return "the one before has taken effect";
        var last = before[^1];
        var isProven = last.Status is >= 400 and < 500 and not (408 or 409) || NetworkFailures.BeforeSending(last.Fault.Type) is not null || last.Effect is not null;
        var read = last.EndedAt + (isProven ? 0 : Rules.SettleWindow.Ticks);
        return again.Process.Descriptions.Exists(x => x.Describes(again.Target.Key) && x.SentAt >= read) ? null : "no read since proves that it had no effect";
    }

    // No one can rule out an effect later than the window.
    private bool HasEffect(Exchange x) =>
        x.Effect is { } effect && effect.At - x.EndedAt < Rules.SettleWindow.Ticks
        && World.Gateway.Look(x.Target.Key).FateOf(effect) is Fate.UnderWay or Fate.Succeeded;
}
