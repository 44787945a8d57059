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
    private readonly Deadline _longest; // also if the clock is set back
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private DateTimeOffset _until;

    /// <summary>Starts to wait.</summary>
    public RoomWait(DateTimeOffset until, TimeProvider time, CancellationToken cancellationToken)
    {
        (_until, _time) = (until, time);
        _longest = new Deadline(until - time.GetUtcNow(), time);
        _timer = time.CreateTimer(_ => CheckTime(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _cancelled = cancellationToken.UnsafeRegister(_ => End(WaitEnd.Stopped), null);
        CheckTime();
    }

    /// <summary>The environment as it was when the waiting began. Null until it was read.</summary>
    public EnvironmentInfo? Environment { get; set; }

    /// <summary>True while the connect is being sent or is under way.</summary>
    public bool IsConnecting { get; set; }

    /// <summary>Why it ended, or null.</summary>
    public WaitEnd? Ended { get; private set; }

    /// <summary>Canceled when it ends.</summary>
    public CancellationToken Stopped => _stop.Token;

    /// <summary>True until its time is over.</summary>
    public bool IsInTime => Left > TimeSpan.Zero;

    /// <summary>Ends the waiting at this time, if that's earlier.</summary>
    public void EndBy(DateTimeOffset until)
    {
        if (until < _until)
            _until = until;
        CheckTime();
    }

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

    private TimeSpan Left
    {
        get
        {
            var left = _until - _time.GetUtcNow();
            return _longest.Left < left ? _longest.Left : left;
        }
    }

    /// <summary>Ends the waiting if its time is over.</summary>
    public void CheckTime()
    {
        var left = Left;
        if (left <= TimeSpan.Zero)
            End(WaitEnd.TimeOver);
        else
            _timer.Change(WallClock.WaitFor(left), Timeout.InfiniteTimeSpan);
    }
}
