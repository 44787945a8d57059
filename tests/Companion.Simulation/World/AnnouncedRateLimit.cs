namespace Companion.Simulation.World;

/// <summary>The rate limits that the gateway has specified.</summary>
internal sealed class AnnouncedRateLimit
{
    /// <summary>Until when it asked to wait, on the monotonic clock.</summary>
    public long NotBefore { get; set; }

    /// <summary>Whether it ever rejected a request because there were too many.</summary>
    public bool HasShownLimit { get; set; }
}
