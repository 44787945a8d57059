using Companion.Gateway.Credentials;
using Companion.Protocol;
using Microsoft.Extensions.Logging;

namespace Companion.Server.Logging;

/// <summary>
/// The server's log. Lines go to the client once a session is open, and to stderr before that. Secrets are masked in both. The flight
/// recorder gets every line from debug up, whatever the level.
/// </summary>
/// <param name="openStandardError">
/// Called on the first line before a session is open. The stream gets UTF-8, whatever the locale or the console's code page.
/// </param>
internal sealed class ClientLogger(IClient client, Func<Stream> openStandardError, SecretMask mask, FlightRecorder recorder) : ILogger
{
    private readonly Lazy<TextWriter> _standardError =
        new(() => TextWriter.Synchronized(new StreamWriter(openStandardError()) { AutoFlush = true }));

    private volatile bool _isOpen;

    /// <summary>The minimum level. Default: information.</summary>
    public LogLevel Level { get; set; } = LogLevel.Information;

    /// <summary>Sends the log to the client from now on.</summary>
    public void Open() => _isOpen = true;

    /// <summary>Sets the level from LSP's trace value.</summary>
    /// <param name="value">off, messages, or verbose.</param>
    public void SetTrace(string? value) => Level = value == "verbose" ? LogLevel.Trace : LogLevel.Information;

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => (logLevel >= Level || logLevel >= LogLevel.Debug) && logLevel != LogLevel.None;

    /// <inheritdoc/>
    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
            return;
        var text = formatter(state, exception);
        text = mask.Redact(exception is null ? text : $"{text}\n{exception}");
        if (logLevel >= LogLevel.Debug)
            recorder.Add("log", $"{logLevel}: {text}");
        if (logLevel < Level)
            return;
        if (_isOpen)
            client.LogMessage(new LogMessageParams { Type = TypeOf(logLevel), Message = text });
        else
            WriteToStandardError(text);
    }

    private void WriteToStandardError(string text)
    {
        try
        {
            _standardError.Value.WriteLine(text);
        }
        catch (IOException)
        {
            // it is closed: the flight recorder has the line
        }
    }

    private static int TypeOf(LogLevel level) => level switch
    {
        LogLevel.Critical or LogLevel.Error => 1,
        LogLevel.Warning => 2,
        LogLevel.Information => 3,
        LogLevel.Debug => 4,
        _ => 5,
    };
}
