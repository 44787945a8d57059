namespace Companion.Server.Changes;

/// <summary>How long to wait before the gateway is asked again.</summary>
internal static class PollDelays
{
    /// <summary>The first look after a change was accepted: some gateways are quick.</summary>
    public static readonly TimeSpan FirstPoll = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan SlowestPoll = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan SlowestBackoff = TimeSpan.FromSeconds(8);

    /// <summary>While the gateway is at work: 1 s at first, growing by half to 10 s.</summary>
    /// <param name="asked">How often it was asked already.</param>
    public static TimeSpan Poll(int asked) => Grow(FirstPoll, 1.5, asked, SlowestPoll);

    /// <summary>While the gateway does not answer, or nothing is to be seen yet: half a second, doubling to 8 s.</summary>
    /// <param name="asked">How often it was asked already.</param>
    public static TimeSpan Backoff(int asked) => Grow(TimeSpan.FromSeconds(0.5), 2, asked, SlowestBackoff);

    private static TimeSpan Grow(TimeSpan first, double factor, int times, TimeSpan most)
    {
        var seconds = first.TotalSeconds * Math.Pow(factor, Math.Clamp(times, 0, 32));
        return TimeSpan.FromSeconds(Math.Min(seconds, most.TotalSeconds));
    }
}
