using Companion.Protocol;
using Companion.Simulation.Schedules;
using Companion.Simulation.World;

namespace Companion.Simulation.Invariants;

/// <summary>
/// While the server that set an end is running and signed in, and nothing gets in its way, it disconnects the environment at that end: the
/// clock isn't set, the machine is awake, the network has no faults, and no one else changes the environment.
/// </summary>
internal sealed class LeaseKept(SimWorld world) : Invariant(world)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Notice = TimeSpan.FromMinutes(2);

    private readonly Dictionary<string, long> _lastChange = [];
    private readonly HashSet<string> _ended = [];

    /// <inheritdoc/>
    public override string Name => "lease-kept";

    /// <inheritdoc/>
    public override void Called(SimCall call) => Changed(call);

    /// <inheritdoc/>
    public override void Answered(SimCall call)
    {
        Changed(call);
        if (call is not { Succeeded: true, Environment: { State: EnvironmentStates.Connected, Lease: { } told }, Action: ConnectAction { Lease: not null } or SetLeaseAction { Lease: not null } })
            return;
        _ended.Remove(call.EnvironmentId!);
        if (World.Leases.Of(call.EnvironmentId!) is not [var lease] || lease.Call != call)
            return;
        var (answered, sleeps, jumps) = (Now, World.Machine.Sleeps, World.Machine.Jumps);
        var left = told.Until - World.Machine.Wall;
        var wait = (left > TimeSpan.Zero ? left : Notice) + Limit; // an end that has passed is announced first
        World.Time.After(wait.Ticks, () =>
        {
            if (World.Machine.Sleeps == sleeps && World.Machine.Jumps == jumps && IsClear(lease, answered))
                Check(lease);
        });
    }

    /// <inheritdoc/>
    public override void Sent(Exchange x)
    {
        if (x.IsByLease)
            _ended.Add(x.Target.EnvironmentId);
        else if (x.Target.IsChange)
            _lastChange[x.Target.EnvironmentId] = Now;
    }

    private void Changed(SimCall call)
    {
        if (call is { EnvironmentId: { } id, Action: ChangeAction })
            _lastChange[id] = Now;
    }

    private bool IsClear(SimLease lease, long answered) =>
        World.Leases.Of(lease.Call.EnvironmentId!) is [var only] && only == lease && !lease.MayBeCleared
        && lease.Call.Process is { IsAlive: true, SignedOutAt: null, ChangedKey: false, AnnouncedRateLimit.HasShownLimit: false }
        && lease.Call.Process.AnnouncedRateLimit.NotBefore <= World.Machine.Monotonic
        && _lastChange.GetValueOrDefault(lease.Call.EnvironmentId!) <= answered
        && !World.Schedule.Weather.Any(weather => SimTime.Ms(weather.ToMs) > answered && SimTime.Ms(weather.FromMs) <= Now)
        && !World.Pending.Exists(call => call.Action is ChangeAction && call.EnvironmentId == lease.Call.EnvironmentId)
        && !World.Leases.AreForgotten;

    private void Check(SimLease lease)
    {
        var key = new Key(lease.Call.Environment!.AccountId, lease.Call.EnvironmentId!);
        if (_ended.Contains(key.EnvironmentId))
            World.Statistics.Count("lease", "kept in time");
        else if (lease.Since is { } since && !World.Gateway.Look(key).Between(since, Now).Any()) // otherwise another machine has changed it
            Fail($"{key.EnvironmentId} is still connected long after its end");
    }
}
