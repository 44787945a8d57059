using Companion.Protocol;
using Companion.Simulation.Schedules;
using Companion.Simulation.World;

namespace Companion.Simulation.Invariants;

/// <summary>
/// Every call is answered within its time limit on the monotonic clock, or at once if canceled, each error can be understood by clients,
/// progress begins once, ends once, and then stops, and nothing keeps running when no one wants anything.
/// </summary>
internal sealed class AlwaysEnds(SimWorld world) : Invariant(world)
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(30);

    private readonly Dictionary<int, string> _progress = [];
    private readonly HashSet<int> _answered = [];

    /// <inheritdoc/>
    public override string Name => "always-ends";

    /// <summary>How long a call may take.</summary>
    public static TimeSpan TimeoutOf(SimCall call) => call.Action switch
    {
        ChangeAction change => (change.TimeoutSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : DefaultTimeout) + WaitOf(call),

        // A read has no time limit of its own, but each of its requests has one. Determining the account may take three more.
        _ => Rules.QuestionLimit * 5,
    };

    // Before waiting for room, the account and the environment are read.
    private static TimeSpan WaitOf(SimCall call) => call.RoomLimit is { } limit ? limit + (Rules.QuestionLimit * 5) : TimeSpan.Zero;

    /// <inheritdoc/>
    public override void Called(SimCall call)
    {
        var limit = TimeoutOf(call) + Rules.Grace;
        var sleeps = World.Machine.Sleeps;
        World.Clock.CreateTimer(_ => Check(), null, limit, Timeout.InfiniteTimeSpan);

        void Check()
        {
            // A read that the machine's sleep interrupts continues on wakeup.
            if (call.Action is not ChangeAction && World.Machine.Sleeps != sleeps && call.IsPending)
                Called(call);
            else if (call.IsPending)
                Fail($"{call} is not answered after {Seconds(limit.Ticks)}");
        }
    }

    /// <inheritdoc/>
    public override void Cancelled(SimCall call)
    {
        if (call.IsPending)
            Fail($"{call} was cancelled, and goes on");
    }

    /// <inheritdoc/>
    public override void Answered(SimCall call)
    {
        _answered.Add(call.Number);
        if (call.Defect is { } defect)
            Fail($"{call} failed with {defect.GetType().Name}: {defect.Message}");
        if (_progress.TryGetValue(call.Number, out var last) && last != "end")
            Fail($"{call} was answered, and its progress did not end");
    }

    /// <inheritdoc/>
    public override void Progressed(int call, WorkDoneProgress value)
    {
        var last = _progress.GetValueOrDefault(call);
        var fits = (last, value.Kind) is (null, "begin") or ("begin" or "report", "report" or "end");
        if (!fits || _answered.Contains(call))
            Fail($"progress of call {call}: {value.Kind} after {last ?? "nothing"}{(_answered.Contains(call) ? ", and after its answer" : "")}");
        _progress[call] = value.Kind;
    }

    /// <inheritdoc/>
    public override void AtEnd()
    {
        foreach (var call in World.Pending)
            Fail($"{call} was never answered");
        foreach (var client in World.Clients)
        {
            if (client.Process is not { } process)
                continue;
            if (process.InFlight.Count > 0)
                Fail($"no one wants anything, but {process.InFlight.Count} request(s) of server {process.Slot} are under way: {process.InFlight[0].Target}");
            if (process.Clock.Armed > 0)
                Fail($"no one wants anything, but {process.Clock.Armed} timer(s) of server {process.Slot} are left");
        }
    }
}
