using System.Globalization;
using Companion.JsonRpc;
using Companion.Protocol;

namespace Companion.Server.Logging;

/// <summary>
/// Always records the latest events, so that even a first failure can be explained. Limited in entries and characters; the oldest entries
/// are dropped first. Thread-safe.
/// </summary>
internal sealed class FlightRecorder(TimeProvider time)
{
    public const int MaxEntries = 2000;

    public const int MaxCharacters = 256 * 1024;

    /// <summary>The maximum number of characters in one entry. Longer ones are truncated.</summary>
    public const int MaxEntryCharacters = 2000;

    private readonly Lock _lock = new();
    private readonly Queue<Entry> _entries = new();
    private int _dropped;
    private int _characters;

    /// <summary>The number of entries that were dropped.</summary>
    public int Dropped
    {
        get
        {
            lock (_lock)
                return _dropped;
        }
    }

    /// <summary>Records a line.</summary>
    /// <param name="text">The line, with secrets already masked.</param>
    public void Add(string kind, string text) =>
        Add(new Entry(time.GetUtcNow(), kind, text.Length <= MaxEntryCharacters ? text : text[..MaxEntryCharacters] + "…", default));

    /// <summary>Records a message. Its text is created only when the record is read.</summary>
    public void Add(JsonRpcTraffic traffic) => Add(new Entry(time.GetUtcNow(), "message", null, traffic));

    /// <summary>The recorded events, oldest first.</summary>
    public IReadOnlyList<RecordedEvent> Read()
    {
        lock (_lock)
        {
            var events = new List<RecordedEvent>(_entries.Count);
            foreach (var entry in _entries)
                events.Add(new RecordedEvent { Time = entry.Time, Kind = entry.Kind, Text = entry.Text ?? Describe(entry.Traffic) });
            return events;
        }
    }

    private void Add(Entry entry)
    {
        lock (_lock)
        {
            _entries.Enqueue(entry);
            _characters += entry.Characters;
            while (_entries.Count > MaxEntries || _characters > MaxCharacters)
            {
                _characters -= _entries.Dequeue().Characters;
                _dropped++;
            }
        }
    }

    private static string Describe(JsonRpcTraffic traffic)
    {
        var direction = traffic.IsIncoming ? "from the client" : "to the client";
        var kind = traffic.Kind switch
        {
            JsonRpcMessageKind.Request => "request",
            JsonRpcMessageKind.Notification => "notification",
            _ => "reply",
        };
        var method = traffic.Method ?? (traffic.Kind == JsonRpcMessageKind.Reply ? "?" : "(unknown method)");
        var error = traffic.ErrorCode == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", error {traffic.ErrorCode}");
        return string.Create(CultureInfo.InvariantCulture, $"{kind} {direction}: {method}, {traffic.Bytes} bytes{error}");
    }

    private readonly record struct Entry(DateTimeOffset Time, string Kind, string? Text, JsonRpcTraffic Traffic)
    {
        public int Characters => Text?.Length ?? Traffic.Method?.Length ?? 0;
    }
}
