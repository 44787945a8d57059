using Companion.Protocol;
using Companion.Simulation.World;

namespace Companion.Simulation.Invariants;

/// <summary>
/// Only the connection that an end was set for is ended: according to the last read before sending, no one has connected the environment
/// since. A reconnect between two reads of one server within a minute can't be told from other updates, and is allowed.
/// </summary>
internal sealed class LeaseOwn(SimWorld world) : Invariant(world)
{
    private readonly List<SimProcess> _processes = [];

    /// <inheritdoc/>
    public override string Name => "lease-own";

    /// <inheritdoc/>
    public override void Started(SimProcess process) => _processes.Add(process);

    /// <inheritdoc/>
    public override void Sent(Exchange x)
    {
        if (!x.IsByLease)
            return;
        var look = x.Process.Descriptions.FindLast(look => look.Describes(x.Target.Key));
        if (look is null)
            Fail($"request {x.Number} ends the connection of {x.Target.EnvironmentId}, which was not read");
        else if (!World.Leases.Of(x.Target.EnvironmentId).Any(lease => IsFor(lease, look, x.Target.Key)))
            Fail($"request {x.Number} ends another connection of {x.Target.EnvironmentId} than the one that has an end");
    }

    private bool IsFor(SimLease lease, Exchange look, Key key) =>
        lease.Since is not { } since
        || World.Gateway.Look(key).Between(since, look.AsOf!.Value).All(effect => !effect.IsConnect || effect.By == lease.Call || IsHidden(effect, key));

    private bool IsHidden(Effect effect, Key key) => _processes.Exists(process =>
    {
        var before = process.Descriptions.FindLast(x => x.AsOf < effect.At && IsConnected(x));
        var after = process.Descriptions.Find(x => x.AsOf > effect.At && IsConnected(x));
        var isHidden = before is not null && after is not null && before.Of(key)!.Connection?.NodePoolId == after.Of(key)!.Connection?.NodePoolId
            && after.EndedMonotonic - before.SentMonotonic <= Rules.SeenWithin.Ticks;
        if (isHidden)
            World.Statistics.Count("lease", "reconnected unseen");
        return isHidden;

        bool IsConnected(Exchange x) => x.Of(key)?.State == EnvironmentStates.Connected;
    });
}
