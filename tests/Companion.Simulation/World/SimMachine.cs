using Companion.Simulation.Schedules;

namespace Companion.Simulation.World;

/// <summary>The machine that the servers run on: its two clocks, and its sleep.</summary>
internal sealed class SimMachine(SimTime time)
{
    private long _suspended;
    private long _wallOffset;
    private bool _isAsleep;

    /// <summary>How often it slept.</summary>
    public int Sleeps { get; private set; }

    /// <summary>How often its wall clock was set.</summary>
    public int Jumps { get; private set; }

    /// <summary>Whether messages that were in flight when it last fell asleep are lost.</summary>
    public bool ConnectionsDied { get; private set; }

    /// <summary>The monotonic clock in ticks.</summary>
    public long Monotonic => time.Now - _suspended;

    /// <summary>The wall clock.</summary>
    public DateTimeOffset Wall => SimTime.Epoch.AddTicks(time.Now + _wallOffset);

    /// <summary>Sets the wall clock.</summary>
    public void Jump(WallJumpAction action)
    {
        Jumps++;
        _wallOffset += SimTime.Ms(action.ByMs);
    }

    /// <summary>Sleeps, unless it's already asleep.</summary>
    public void Sleep(SleepAction action)
    {
        if (_isAsleep)
            return;
        _isAsleep = true;
        Sleeps++;
        ConnectionsDied = action.ConnectionsDie;
        time.Sleep();
        var duration = SimTime.Ms(action.DurationMs);
        time.After(duration, () =>
        {
            _isAsleep = false;
            if (action.MonotonicStops)
                _suspended += duration;
            time.Wake();
        });
    }
}
