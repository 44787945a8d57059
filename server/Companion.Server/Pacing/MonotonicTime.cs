namespace Companion.Server.Pacing;

/// <summary>
/// A clock whose time of day follows the monotonic clock, for code that measures durations by the time of day. Changes to the wall clock
/// neither extend nor end a wait.
/// </summary>
internal sealed class MonotonicTime(TimeProvider inner) : TimeProvider
{
    private readonly DateTimeOffset _epoch = inner.GetUtcNow();
    private readonly long _began = inner.GetTimestamp();

    /// <inheritdoc/>
    public override long TimestampFrequency => inner.TimestampFrequency;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _epoch + inner.GetElapsedTime(_began);

    /// <inheritdoc/>
    public override long GetTimestamp() => inner.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        inner.CreateTimer(callback, state, dueTime, period);
}
