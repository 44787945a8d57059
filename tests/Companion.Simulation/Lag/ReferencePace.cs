using Companion.Simulation.Schedules;

namespace Companion.Simulation.Lag;

/// <summary>Follows a change like commit b65575a: its PollDelays and RequestPace, copied for comparison.</summary>
internal sealed class ReferencePace
{
    private const int PatientLimit = 6;
    private const int UrgentLimit = 9;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly LagCase _case;
    private readonly RateLimit _limit;
    private readonly SimRandom _random;
    private readonly List<TimeSpan> _sent = [];
    private readonly List<TimeSpan> _polls = [];
    private bool _isLimited;
    private TimeSpan _now;

    private ReferencePace(LagCase lagCase) => (_case, _limit, _random, _isLimited) =
        (lagCase, new RateLimit(lagCase.Limit), new SimRandom(lagCase.Seed), lagCase.Limit == AccountLimit.Known);

    /// <summary>Follows a change until its end is known.</summary>
    public static LagResult Replay(LagCase lagCase) => new ReferencePace(lagCase).Run();

    private LagResult Run()
    {
        var isWatching = _case.Waiting == Waiting.Watching;
        var began = _now;
        if (!isWatching)
        {
            Ask(UrgentLimit, out _);
            Ask(limit: 10, out began);
        }

        var accepted = _now;
        for (var looks = 1; ; looks++)
        {
            var isAnswered = Ask(PatientLimit, out var arrived, isPoll: true);
            if (isAnswered && arrived - began >= _case.Duration)
                return new LagResult(_now - began - _case.Duration, _polls);
            if (isAnswered)
                Pause(Poll(looks, _now - accepted));
            else if (isWatching)
                Pause(Grow(5 * Second, 2, looks - 1, 5 * Minute));
            else
                looks--; // retried as soon as its turn comes
        }
    }

    private TimeSpan Poll(int looks, TimeSpan waited)
    {
        if (_case.Expected is not { } usual || waited > usual * 1.5)
            return Grow(Second, 1.5, looks, 10 * Second);
        var fromHereOn = usual * 0.8;
        return Clamp(waited < fromHereOn ? fromHereOn - waited : usual * 0.1, Second, 10 * Second);
    }

    private bool Ask(int limit, out TimeSpan arrived, bool isPoll = false)
    {
        _sent.RemoveAll(at => _now - at >= Minute);
        if (_isLimited && _sent.Count >= limit)
            _now = _sent[^limit] + Minute + TimeSpan.FromMilliseconds(1);
        _sent.Add(_now);
        if (isPoll)
            _polls.Add(_now);
        arrived = _now + (LagCase.RoundTrip / 2);
        _now += LagCase.RoundTrip;
        var isAdmitted = _limit.Admits(arrived);
        _isLimited |= !isAdmitted;
        return isAdmitted;
    }

    private void Pause(TimeSpan delay) => _now += delay * (1 + (0.1 * _random.Fraction()));

    private static TimeSpan Grow(TimeSpan first, double factor, int times, TimeSpan most) =>
        Clamp(first * Math.Pow(factor, Math.Clamp(times, 0, 32)), first, most);

    private static TimeSpan Clamp(TimeSpan value, TimeSpan least, TimeSpan most) => value < least ? least : value > most ? most : value;
}
