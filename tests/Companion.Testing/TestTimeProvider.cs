using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace Companion.Testing;

/// <summary>
/// A fake clock that also shows its timers, which don't repeat. In an <c>Advance</c>, every callback sees the time at its end, so a timer that
/// is set again by its callback runs once per step.
/// </summary>
public sealed class TestTimeProvider() : FakeTimeProvider(new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero))
{
    private readonly ConcurrentDictionary<WatchedTimer, DateTimeOffset> _due = new();
    private TaskCompletionSource _timerSet = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The number of timers that are set.</summary>
    public int WaitingTimers => _due.Count;

    /// <summary>How far the wall clock has been set back. The monotonic clock and timers don't change.</summary>
    public TimeSpan SetBackBy { get; set; }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() - SetBackBy;

    /// <inheritdoc/>
    public override long GetTimestamp() => base.GetUtcNow().UtcTicks;

    /// <summary>Waits until a timer is due within this time, and then advances by it.</summary>
    public async Task AdvanceOnceAwaitedAsync(TimeSpan by)
    {
        for (var timerSet = _timerSet.Task; !_due.Values.Any(due => due <= GetUtcNow() + by); timerSet = _timerSet.Task)
            await timerSet.ConfigureAwait(false);
        Advance(by);
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new WatchedTimer(this);
        timer.Inner = base.CreateTimer(
            s =>
            {
                _due.TryRemove(timer, out _);
                callback(s);
            },
            state,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class WatchedTimer(TestTimeProvider time) : ITimer
    {
        public ITimer Inner { get; set; } = null!;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime == Timeout.InfiniteTimeSpan)
                time._due.TryRemove(this, out _);
            else
                time._due[this] = time.GetUtcNow() + dueTime;
            var isActive = Inner.Change(dueTime, period);
            Interlocked.Exchange(ref time._timerSet, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
            return isActive;
        }

        public void Dispose()
        {
            time._due.TryRemove(this, out _);
            Inner.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
