using Companion.Protocol;
using ModelContextProtocol;

namespace Companion.Server.Mcp;

/// <summary>
/// Sends the stages of a change as progress, whose value is the seconds so far. Repeats the last one from time to time, because many clients end a
/// request that they hear nothing of for a minute.
/// </summary>
internal sealed class ToolProgress : IAsyncDisposable
{
    /// <summary>How often the last stage is repeated.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    private const float SmallestStep = 0.001f;

    private readonly Lock _lock = new();
    private readonly Func<ProgressNotificationValue, Task> _send;
    private readonly TimeProvider _time;
    private readonly long _began;
    private readonly ITimer _timer;
    private WorkDoneProgress _last = new() { Kind = "begin" };
    private bool _isOver;
    private float _progress;
    private Task _sent = Task.CompletedTask;

    /// <summary>Starts. Sends nothing before the first interval or stage.</summary>
    /// <param name="send">Sends a notification.</param>
    public ToolProgress(Func<ProgressNotificationValue, Task> send, TimeProvider time)
    {
        (_send, _time, _began) = (send, time, time.GetTimestamp());
        _timer = time.CreateTimer(static it => ((ToolProgress)it!).Repeat(), this, Interval, Interval);
    }

    /// <summary>Sends a stage.</summary>
    public void Report(WorkDoneProgress value)
    {
        if (value.Message is null) // the end, which the result says
            return;
        lock (_lock)
            Enqueue(_last = value);
    }

    /// <summary>Stops, and waits until everything is sent: nothing may follow the result.</summary>
    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync().ConfigureAwait(false);
        Task sent;
        lock (_lock)
            (_isOver, sent) = (true, _sent);
        await sent.ConfigureAwait(false);
    }

    private void Repeat()
    {
        lock (_lock)
            Enqueue(_last);
    }

    private void Enqueue(WorkDoneProgress value)
    {
        if (_isOver)
            return;
        var elapsed = (float)_time.GetElapsedTime(_began).TotalSeconds;
        _progress = Math.Max(elapsed, MathF.BitIncrement(_progress + SmallestStep));
        _sent = SendAfterAsync(_sent, new ProgressNotificationValue
        {
            Progress = _progress,
            Total = value.ExpectedSeconds > _progress ? value.ExpectedSeconds : null,
            Message = value.Title is { } title ? $"{title}. {value.Message}" : value.Message,
        });
    }

    private async Task SendAfterAsync(Task earlier, ProgressNotificationValue value)
    {
        await earlier.ConfigureAwait(false);
        try
        {
            await _send(value).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // the client is gone, or doesn't wait any more
        }
    }
}
