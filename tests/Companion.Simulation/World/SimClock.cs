namespace Companion.Simulation.World;

/// <summary>The clock of one process. Its timers run inline, and never after the process has ended.</summary>
internal sealed class SimClock(SimTime time, SimMachine machine, Func<bool> isAlive) : TimeProvider
{
    private int _armed;

    /// <summary>The number of pending timers.</summary>
    public int Armed => Volatile.Read(ref _armed);

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        time.CheckThread();
        return machine.Wall;
    }

    /// <inheritdoc/>
    public override long GetTimestamp()
    {
        time.CheckThread();
        return machine.Monotonic;
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        time.CheckThread();
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Timer(SimClock clock, TimerCallback callback, object? state) : ITimer
    {
        private int _version;
        private int _isArmed;
        private long _due;
        private TimeSpan _period;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Disarm();
            _period = period;
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                clock.CheckThread();
                Arm(dueTime.Ticks);
            }

            return true;
        }

        // On any thread: after a canceled Task.Delay, .NET cleans up on its own thread, which changes nothing here.
        public void Dispose() => Disarm();

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Arm(long ticks)
        {
            _due = clock.Monotonic + ticks;
            _isArmed = 1;
            Interlocked.Increment(ref clock._armed);
            Wait(ticks);
        }

        private void Disarm()
        {
            Interlocked.Increment(ref _version);
            if (Interlocked.Exchange(ref _isArmed, 0) == 1)
                Interlocked.Decrement(ref clock._armed);
        }

        private void Wait(long ticks)
        {
            var version = _version;
            clock.OnMachine(ticks, () => Fire(version));
        }

        private void Fire(int version)
        {
            if (version != _version || !clock.IsAlive)
                return;
            if (_due - clock.Monotonic is > 0 and var left)
            {
                Wait(left); // the clock stopped for a while
                return;
            }

            Disarm();
            if (_period > TimeSpan.Zero)
                Arm(_period.Ticks);
            callback(state);
        }
    }

    private long Monotonic => machine.Monotonic;

    private bool IsAlive => isAlive();

    private void CheckThread() => time.CheckThread();

    private void OnMachine(long ticks, Action run) => time.AfterOnMachine(ticks, run);
}
