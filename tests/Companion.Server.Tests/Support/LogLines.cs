using System.Collections;
using Microsoft.Extensions.Logging;

namespace Companion.Server.Tests.Support;

/// <summary>A log that keeps its lines.</summary>
internal sealed class LogLines : ILogger, IReadOnlyCollection<string>
{
    private readonly List<string> _lines = [];

    public int Count => _lines.Count;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Add(formatter(state, exception));

    public IEnumerator<string> GetEnumerator() => _lines.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
