namespace Companion.Server.Environments;

/// <summary>A time limit that began when this was made.</summary>
/// <param name="limit">How long.</param>
/// <param name="time">The clock.</param>
internal sealed class Deadline(TimeSpan limit, TimeProvider time)
{
    private readonly long _began = time.GetTimestamp();

    /// <summary>How long.</summary>
    public TimeSpan Limit => limit;

    /// <summary>What is left of it.</summary>
    public TimeSpan Left => limit - time.GetElapsedTime(_began);

    /// <summary>What is left of it, or of another one if that ends first.</summary>
    /// <param name="other">The other one.</param>
    public TimeSpan LeftWithin(Deadline other) => Left < other.Left ? Left : other.Left;
}
