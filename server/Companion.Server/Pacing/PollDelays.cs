using Companion.Gateway;
using Companion.Protocol;

namespace Companion.Server.Pacing;

/// <summary>How long to wait between reads: short while a change is expected, long otherwise.</summary>
internal static class PollDelays
{
    /// <summary>The first read after a change was accepted. Some gateways are fast.</summary>
    public static readonly TimeSpan FirstPoll = TimeSpan.FromSeconds(1);

    /// <summary>The largest random extension of a delay, as a fraction of it.</summary>
    public const double Jitter = 0.1;

    private static readonly TimeSpan FastPoll = TimeSpan.FromSeconds(1.25);
    private static readonly TimeSpan SlowestPoll = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan SlowestBackoff = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan AtRest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FirstAfterFault = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SlowestAfterFault = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan SlowestAfterNoCapacity = TimeSpan.FromMinutes(10);

    /// <summary>True for a state that doesn't change on its own.</summary>
    public static bool IsAtRest(string state) => state is EnvironmentStates.Connected or EnvironmentStates.Disconnected;

    /// <summary>
    /// While the gateway carries out a change. Soon: 1 s at first, then 1.25 s, and after 12.5 minutes 1/600 of the elapsed time. Seldom: 1
    /// s at first, growing by half up to 10 s. If the usual duration is known, few reads until four fifths of it have passed, then one
    /// every tenth of it (1 to 10 s).
    /// </summary>
    /// <param name="expected">How long it usually takes, or null if unknown.</param>
    public static PollDelay Poll(int looks, TimeSpan waited, TimeSpan? expected)
    {
        if (expected is not { } usual || waited > usual * 1.5)
            return new PollDelay(Soon(looks, waited), Grow(FirstPoll, 1.5, looks, SlowestPoll));
        var fromHereOn = usual * 0.8;
        var seldom = Clamp(waited < fromHereOn ? fromHereOn - waited : usual * 0.1, FirstPoll, SlowestPoll);
        return new PollDelay(Clamp(Soon(looks, waited), FirstPoll, seldom), seldom);
    }

    /// <summary>While nothing is visible yet, or a change that was never sent is retried: half a second, doubling to 8 s.</summary>
    public static TimeSpan Backoff(int times) => Grow(TimeSpan.FromSeconds(0.5), 2, times, SlowestBackoff);

    /// <summary>
    /// While watching, with no change by this process in progress: 30 s if settled; like a change while changing; after a fault, as long as
    /// the gateway asks for, otherwise 5 s, doubling to 5 min, or 5 min at once for a fault that isn't temporary.
    /// </summary>
    /// <param name="looks">How many reads in a row saw it changing; after a fault, how many in a row failed.</param>
    /// <param name="fault">The fault of the last read, or null.</param>
    public static PollDelay Watch(EnvironmentInfo? last, int looks, GatewayException? fault) => fault switch
    {
        { RetryAfter: { } asked } when asked > FirstAfterFault => asked,
        not null when RetryRules.IsTemporary(fault) => Grow(FirstAfterFault, 2, looks - 1, SlowestAfterFault),
        not null => SlowestAfterFault,
        null when last is null || IsAtRest(last.State) => AtRest,
        null => Poll(looks, FastPoll * looks, expected: null),
    };

    /// <summary>After the gateway rejected a connect because of capacity, although there seemed to be room: 30 s, doubling to 10 min.</summary>
    /// <param name="times">The number of such rejections before this one.</param>
    public static TimeSpan AfterNoCapacity(int times) => Grow(AtRest, 2, times, SlowestAfterNoCapacity);

    private static TimeSpan Soon(int looks, TimeSpan waited) => looks <= 1 ? FirstPoll : Clamp(waited / 600, FastPoll, SlowestPoll);

    private static TimeSpan Grow(TimeSpan first, double factor, int times, TimeSpan most) =>
        Clamp(TimeSpan.FromSeconds(first.TotalSeconds * Math.Pow(factor, Math.Clamp(times, 0, 32))), first, most);

    private static TimeSpan Clamp(TimeSpan value, TimeSpan least, TimeSpan most) => value < least ? least : value > most ? most : value;
}
