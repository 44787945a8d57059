namespace Companion.Server.Bounds;

/// <summary>The bounds of companion-bounds.json. A member that's null isn't stated, and doesn't bound anything.</summary>
internal sealed record Limits
{
    /// <summary>The node pools that may be used.</summary>
    public IReadOnlyList<string>? NodePools { get; init; }

    /// <summary>The most nodes of a connection.</summary>
    public int? MaxNodes { get; init; }

    /// <summary>The most ranks of a connection.</summary>
    public int? MaxRanks { get; init; }

    /// <summary>The most hours of a connection.</summary>
    public decimal? MaxHours { get; init; }

    /// <summary>The most hours in a local day, each multiplied by the ranks of its connection.</summary>
    public decimal? MaxRankHoursPerDay { get; init; }

    /// <summary>The most environments at once.</summary>
    public int? MaxEnvironments { get; init; }

    /// <summary>Whether an end may be moved to a later time.</summary>
    public bool? MayExtend { get; init; }

    /// <summary>Whether a connection that someone else started may be ended.</summary>
    public bool? MayEndOthers { get; init; }

    /// <summary>The longest that a connection may be, or null.</summary>
    public TimeSpan? Longest => MaxHours is { } hours ? TimeSpan.FromTicks((long)(hours * TimeSpan.TicksPerHour)) : null;

    /// <summary>True if a connection must have an end, because its hours are limited.</summary>
    public bool RequireEnd => MaxHours is not null || MaxRankHoursPerDay is not null;

    /// <summary>
    /// The bounds of an agent, with a safe value for each that isn't stated. A day has room for three connections to a usual node of eight GPUs, each
    /// for as long as it may be.
    /// </summary>
    public Limits ForAgent() => this with
    {
        MaxNodes = MaxNodes ?? 1,
        MaxHours = MaxHours ?? 2,
        MaxRankHoursPerDay = MaxRankHoursPerDay ?? 48,
        MaxEnvironments = MaxEnvironments ?? 1,
        MayExtend = MayExtend ?? false,
        MayEndOthers = MayEndOthers ?? false,
    };
}
