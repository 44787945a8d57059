namespace Companion.Server.Pacing;

/// <summary>A time limit that starts when this instance is created.</summary>
internal sealed class Deadline(TimeSpan limit, TimeProvider time)
{
    private readonly long _began = time.GetTimestamp();

    public TimeSpan Limit => limit;

    /// <summary>The remaining time.</summary>
    public TimeSpan Left => limit - time.GetElapsedTime(_began);

    /// <summary>The remaining time of this or the other deadline, whichever ends first.</summary>
    public TimeSpan LeftWithin(Deadline other) => Left < other.Left ? Left : other.Left;
}
