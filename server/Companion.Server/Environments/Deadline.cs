namespace Companion.Server.Environments;

/// <summary>A time limit that began when this was made.</summary>
internal sealed class Deadline(TimeSpan limit, TimeProvider time)
{
    private readonly long _began = time.GetTimestamp();

    /// <summary>How long.</summary>
    public TimeSpan Limit => limit;

    /// <summary>What is left of it.</summary>
    public TimeSpan Left => limit - time.GetElapsedTime(_began);

    /// <summary>What is left of it, or of another one if that ends first.</summary>
    public TimeSpan LeftWithin(Deadline other) => Left < other.Left ? Left : other.Left;
}
