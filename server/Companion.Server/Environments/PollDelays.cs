using Companion.Gateway;
using Companion.Protocol;

namespace Companion.Server.Environments;

/// <summary>How long to wait before the gateway is asked again: often while something is expected, seldom in between.</summary>
internal static class PollDelays
{
    /// <summary>The first look after a change was accepted: some gateways are quick.</summary>
    public static readonly TimeSpan FirstPoll = TimeSpan.FromSeconds(1);

    /// <summary>By how much of itself a delay may be prolonged at random.</summary>
    public const double Jitter = 0.1;

    private static readonly TimeSpan FastPoll = TimeSpan.FromSeconds(1.25);
    private static readonly TimeSpan SlowestPoll = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan SlowestBackoff = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan AtRest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FirstAfterFault = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SlowestAfterFault = TimeSpan.FromMinutes(5);

    /// <summary>True for a state that lasts until somebody does something.</summary>
    public static bool IsAtRest(string state) => state is EnvironmentStates.Connected or EnvironmentStates.Disconnected;

    /// <summary>
    /// While the gateway carries out a change. Soon: 1 s at first, then 1.25 s, and after 12.5 minutes a 600th of the time that it
    /// has taken. Seldom: 1 s at first, growing by half to 10 s; where it is known how long such a change usually takes, often around
    /// that time (a tenth of it, 1 to 10 s, from four fifths on) and seldom before.
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

    /// <summary>While nothing is to be seen yet, or a change that never left is tried again: half a second, doubling to 8 s.</summary>
    public static TimeSpan Backoff(int times) => Grow(TimeSpan.FromSeconds(0.5), 2, times, SlowestBackoff);

    /// <summary>
    /// While somebody watches and no change of ours is under way: 30 s at rest; while it moves, as for a change; after a
    /// fault what the gateway asks for, else 5 s doubling to 5 min, and at once 5 min for what time does not mend.
    /// </summary>
    /// <param name="looks">How many reads in a row saw it changing; after a fault, how many in a row failed.</param>
    /// <param name="fault">The fault of the last read, or null.</param>
    public static PollDelay Watch(EnvironmentInfo? last, int looks, GatewayException? fault) => fault switch
    {
        { RetryAfter: { } asked } when asked > FirstAfterFault => asked,
        not null when RetryRules.IsPassing(fault) => Grow(FirstAfterFault, 2, looks - 1, SlowestAfterFault),
        not null => SlowestAfterFault,
        null when last is null || IsAtRest(last.State) => AtRest,
        null => Poll(looks, FastPoll * looks, expected: null),
    };

    private static TimeSpan Soon(int looks, TimeSpan waited) => looks <= 1 ? FirstPoll : Clamp(waited / 600, FastPoll, SlowestPoll);

    private static TimeSpan Grow(TimeSpan first, double factor, int times, TimeSpan most) =>
        Clamp(TimeSpan.FromSeconds(first.TotalSeconds * Math.Pow(factor, Math.Clamp(times, 0, 32))), first, most);

    private static TimeSpan Clamp(TimeSpan value, TimeSpan least, TimeSpan most) => value < least ? least : value > most ? most : value;
}
