using Companion.Protocol;
using Companion.Server.Changes;
using Companion.Server.Pacing;

namespace Companion.Server.Waiting;

/// <summary>One connect that waits for room, and why it has to stop.</summary>
internal sealed class RoomWait : IDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenRegistration _cancelled;
    private readonly DateTimeOffset _until;
    private readonly Deadline _longest; // also if the clock is set back
    private readonly TimeProvider _time;
    private readonly ITimer _timer;

    /// <summary>Starts to wait.</summary>
    public RoomWait(EnvironmentInfo environment, DateTimeOffset until, TimeProvider time, CancellationToken cancellationToken)
    {
        (Environment, _until, _time) = (environment, until, time);
        _longest = new Deadline(until - time.GetUtcNow(), time);
        _timer = time.CreateTimer(_ => CheckTime(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _cancelled = cancellationToken.UnsafeRegister(_ => End(WaitEnd.Stopped), null);
        CheckTime();
    }

    /// <summary>The environment as it was when the waiting began.</summary>
    public EnvironmentInfo Environment { get; set; }

    /// <summary>True while the connect is being sent or is under way.</summary>
    public bool IsConnecting { get; set; }

    /// <summary>Why it ended, or null.</summary>
    public WaitEnd? Ended { get; private set; }

    /// <summary>Canceled when it ends.</summary>
    public CancellationToken Stopped => _stop.Token;

    /// <summary>Ends the waiting.</summary>
    public void End(WaitEnd why)
    {
        lock (_lock)
        {
            if (Ended is not null)
                return;
            Ended = why;
        }

        _stop.Cancel();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _cancelled.Dispose();
        _timer.Dispose();
    }

    private void CheckTime()
    {
        var left = _until - _time.GetUtcNow();
        if (_longest.Left < left)
            left = _longest.Left;
        if (left <= TimeSpan.Zero)
            End(WaitEnd.TimeOver);
        else
            _timer.Change(WallClock.WaitFor(left), Timeout.InfiniteTimeSpan);
    }
}
