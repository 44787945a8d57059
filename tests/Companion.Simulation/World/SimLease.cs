using Companion.Protocol;
using Companion.Simulation.Invariants;
using Companion.Simulation.Schedules;

namespace Companion.Simulation.World;

/// <summary>An end that a client asked for and that may apply.</summary>
internal sealed class SimLease(SimCall call, DateTimeOffset earliest)
{
    public SimCall Call => call;

    /// <summary>The earliest end that the client may have been promised, on the wall clock.</summary>
    public DateTimeOffset Earliest { get; set; } = earliest;

    /// <summary>When the call was over, in true time, because it was answered or its server died; null while pending.</summary>
    public long? OverAt { get; set; }

    /// <summary>The time that the response with its connection describes, in true time; null if its connection isn't known.</summary>
    public long? Since { get; set; }

    /// <summary>Whether someone has tried to clear it since.</summary>
    public bool MayBeCleared { get; set; }
}

/// <summary>The ends that may apply, from what the clients asked for and were told.</summary>
internal sealed class SimLeases(SimWorld world)
{
    private readonly Dictionary<string, List<SimLease>> _leases = [];

    // How far the clock may have been set back since a call.
    private readonly TimeSpan _back = TimeSpan.FromMilliseconds(
        world.Schedule.Actions.OfType<WallJumpAction>().Where(static jump => jump.ByMs < 0).Sum(static jump => jump.ByMs));

    /// <summary>Whether the servers have lost them.</summary>
    public bool AreForgotten { get; private set; }

    /// <summary>The ends that may apply to an environment.</summary>
    public IReadOnlyList<SimLease> Of(string environmentId) => _leases.GetValueOrDefault(environmentId) ?? [];

    public void Called(SimCall call)
    {
        if (call.Action is SetLeaseAction { Lease: null })
        {
            foreach (var lease in Of(call.EnvironmentId!))
                lease.MayBeCleared = true;
        }

        if (EndOf(call) is not { } end)
            return;
        if (!_leases.TryGetValue(call.EnvironmentId!, out var leases))
            _leases.Add(call.EnvironmentId!, leases = []);
        leases.Add(new SimLease(call, world.Machine.Wall.AddSeconds(end.Seconds) + (end.IsTime ? TimeSpan.Zero : _back)));
    }

    public void Answered(SimCall call)
    {
        if (call.Action is not (ConnectAction or SetLeaseAction) || !_leases.TryGetValue(call.EnvironmentId!, out var leases))
            return;
        var mine = leases.Find(lease => lease.Call == call);
        if (mine is not null)
            mine.OverAt = world.Time.Now;
        if (call.Succeeded && (call.Action is SetLeaseAction || call.Environment!.State == EnvironmentStates.Connected))
        {
            leases.RemoveAll(lease => lease != mine && lease.OverAt <= call.StartedAt);
            if (mine is not null && call.Environment is { State: EnvironmentStates.Connected } environment)
                mine.Since = Truth.SourceOf(call.Process, environment)?.AsOf;
            if (leases is [var only] && only == mine && call.Environment!.Lease is { } told)
                mine.Earliest = told.Until;
        }
        else if (!call.Succeeded && mine is not null && (call.Action is SetLeaseAction || call.Outcome == Outcomes.NotApplied))
        {
            leases.Remove(mine);
        }
    }

    public void Killed(SimProcess process)
    {
        foreach (var lease in _leases.Values.SelectMany(static leases => leases))
        {
            if (lease.Call.Process == process)
                lease.OverAt ??= world.Time.Now;
        }
    }

    /// <summary>Deletes the folder's leases, as someone can who cleans it up.</summary>
    public void Forget()
    {
        AreForgotten = true;
        world.Store.ForgetLeases();
    }

    private static RequestedEnd? EndOf(SimCall call) => call.Action switch
    {
        ConnectAction connect => connect.Lease,
        SetLeaseAction set => set.Lease,
        _ => null,
    };
}
