namespace Companion.Simulation.World;

/// <summary>How fast the gateway said that it may be asked.</summary>
internal sealed class ToldPace
{
    /// <summary>Until when it asked to wait, by the monotonic clock.</summary>
    public long NotBefore { get; set; }

    /// <summary>Whether it ever refused a request because there were too many.</summary>
    public bool HasShownLimit { get; set; }
}
