namespace Companion.Protocol;

/// <summary>Result of <c>getReport</c>: the server's own data, with secrets masked. It isn't uploaded anywhere.</summary>
public sealed record ReportInfo
{
    /// <summary>The server's version.</summary>
    public required string Version { get; init; }

    /// <summary>The .NET runtime.</summary>
    public required string Runtime { get; init; }

    /// <summary>The operating system and architecture.</summary>
    public required string OperatingSystem { get; init; }

    /// <summary>The server's process id.</summary>
    public required int ProcessId { get; init; }

    /// <summary>When the server started, on this machine's clock.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Memory in use, in mebibytes.</summary>
    public required int MemoryMebibytes { get; init; }

    /// <summary>The settings in effect and their origins.</summary>
    public required IReadOnlyList<SettingInfo> Settings { get; init; }

    /// <summary>The latest events, oldest first: at most 2,000 entries and 256 Ki characters.</summary>
    public required IReadOnlyList<RecordedEvent> Events { get; init; }

    /// <summary>The number of entries that were dropped because of these limits.</summary>
    public required int Dropped { get; init; }
}

/// <summary>A setting in effect.</summary>
public sealed record SettingInfo
{
    /// <summary>The setting's name.</summary>
    public required string Name { get; init; }

    /// <summary>True if it was set explicitly.</summary>
    public required bool IsSet { get; init; }

    /// <summary>The value. Absent if it isn't set or may contain a secret.</summary>
    public string? Value { get; init; }

    /// <summary>Where it comes from: <c>initialize</c>, an environment variable's name, a file's path, or <c>default</c>.</summary>
    public required string Origin { get; init; }
}

/// <summary>A recorded event.</summary>
public sealed record RecordedEvent
{
    /// <summary>When it happened, on this machine's clock.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The kind of event: a message of this protocol, a change of state, or a log line, whatever its level.</summary>
    [KnownValues("message", "state", "log")]
    public required string Kind { get; init; }

    /// <summary>One line, with secrets masked.</summary>
    public required string Text { get; init; }
}
