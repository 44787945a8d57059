namespace Companion.Protocol;

/// <summary>What <c>getReport</c> answers: what the server knows of itself, with secrets masked. It is sent to nobody.</summary>
public sealed record ReportInfo
{
    /// <summary>The server's version.</summary>
    public required string Version { get; init; }

    /// <summary>The .NET that runs it.</summary>
    public required string Runtime { get; init; }

    /// <summary>The operating system, with its architecture.</summary>
    public required string OperatingSystem { get; init; }

    /// <summary>Its process id.</summary>
    public required int ProcessId { get; init; }

    /// <summary>When it started, by this machine's clock.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Mebibytes of memory that it has in use.</summary>
    public required int MemoryMebibytes { get; init; }

    /// <summary>The settings in effect, and where each comes from.</summary>
    public required IReadOnlyList<SettingInfo> Settings { get; init; }

    /// <summary>What happened last, the oldest first: at most 2,000 entries and 256 Ki characters.</summary>
    public required IReadOnlyList<RecordedEvent> Events { get; init; }

    /// <summary>How many entries were dropped to keep within that.</summary>
    public required int Dropped { get; init; }
}

/// <summary>A setting in effect.</summary>
public sealed record SettingInfo
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>True where somebody set it.</summary>
    public required bool IsSet { get; init; }

    /// <summary>Its value. Absent where it is not set, or may hold a secret.</summary>
    public string? Value { get; init; }

    /// <summary>Where it comes from: <c>initialize</c>, an environment variable's name, a file's path, or <c>default</c>.</summary>
    public required string Origin { get; init; }
}

/// <summary>Something that happened.</summary>
public sealed record RecordedEvent
{
    /// <summary>When, by this machine's clock.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>What kind of thing it is: a message of this protocol, a change of state, or a line that the log has or might have.</summary>
    [KnownValues("message", "state", "log")]
    public required string Kind { get; init; }

    /// <summary>One line, with secrets masked.</summary>
    public required string Text { get; init; }
}
