using System.Globalization;
using Companion.Protocol;

namespace Companion.Server.Cli.Output;

/// <summary>Shows the stage of a change: as one line that is overwritten in a terminal, otherwise as a line for each stage.</summary>
internal sealed class ProgressLine : IDisposable
{
    private const string Frames = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";
    private const string Clear = "\r\x1b[2K";
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly Terminal _terminal;
    private readonly TimeProvider _time;
    private readonly ITimer? _timer;
    private readonly DateTimeOffset _start;
    private string _title = "";
    private string? _message;
    private DateTimeOffset? _since;
    private int? _expectedSeconds;
    private int _frame;
    private bool _isEnded;

    /// <summary>Starts to show progress.</summary>
    public ProgressLine(Terminal terminal, TimeProvider time)
    {
        (_terminal, _time, _start) = (terminal, time, time.GetUtcNow());
        if (terminal is { IsErrorTerminal: true, HasStyle: true, IsQuiet: false })
            _timer = time.CreateTimer(_ => Draw(), null, Interval, Interval);
    }

    /// <summary>Shows a stage.</summary>
    public void Report(WorkDoneProgress progress)
    {
        lock (_lock)
        {
            _title = progress.Title ?? _title;
            _since = progress.Since ?? _since;
            _expectedSeconds = progress.ExpectedSeconds ?? _expectedSeconds;
            var message = progress.Message ?? _message;
            if (_timer is null && !_isEnded && (progress.Title is not null || message != _message))
                _terminal.Tell(Describe(message));
            _message = message;
        }
    }

    /// <summary>Removes the line.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_isEnded)
                return;
            _isEnded = true;
            if (_timer is null)
                return;
            _timer.Dispose();
            _terminal.WriteError(Clear);
        }
    }

    private string Describe(string? message) => Printable.Of(message is null ? _title : $"{_title}: {message}");

    private void Draw()
    {
        lock (_lock)
        {
            if (_isEnded)
                return;
            var elapsed = Clock(_time.GetUtcNow() - (_since ?? _start));
            var usual = _expectedSeconds is { } seconds ? $", usually {Clock(TimeSpan.FromSeconds(seconds))}" : "";
            var line = $"{Frames[_frame++ % Frames.Length]} {Describe(_message)} · {elapsed}{usual}";
            var width = Math.Max(20, _terminal.Width() - 1);
            _terminal.WriteError(Clear + (line.Length <= width ? line : line[..(width - 1)] + "…"));
        }
    }

    private static string Clock(TimeSpan elapsed) => elapsed.TotalHours >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)elapsed.TotalHours}:{elapsed:mm\\:ss}")
        : elapsed.ToString("m\\:ss", CultureInfo.InvariantCulture);
}
