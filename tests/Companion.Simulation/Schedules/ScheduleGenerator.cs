using Companion.Protocol;

namespace Companion.Simulation.Schedules;

/// <summary>Generates schedules from seeds.</summary>
internal sealed class ScheduleGenerator
{
    private readonly SimRandom _random;
    private readonly FaultGenerator _faults;
    private readonly List<SimAction> _actions = [];
    private readonly int _processes;
    private readonly string[] _environments;

    private ScheduleGenerator(ulong seed)
    {
        _random = new SimRandom(SimRandom.Hash(seed, 1, 0));
        _faults = new FaultGenerator(_random);
        _processes = _random.PickWeighted<int>([(55, 1), (30, 2), (15, 3)]);
        _environments = new string[_random.PickWeighted<int>([(45, 1), (30, 2), (15, 3), (10, 4)])];
    }

    /// <summary>The schedule of a seed.</summary>
    public static Schedule From(ulong seed) => new ScheduleGenerator(seed).Draw(seed);

    private Schedule Draw(ulong seed)
    {
        for (var i = 0; i < _environments.Length; i++)
        {
            _environments[i] = _random.PickWeighted<string>(
                [(30, "train-a"), (20, "train-b"), (25, "eval-c"), (12, "brittle-e"), (4, "fresh-d"), (4, "leaving-f"), (1, "no-such")]);
        }

        for (var process = 0; process < _processes; process++)
        {
            if (_random.Chance(65))
                _actions.Add(new WatchAction(_random.Between(0, 500), process, Watched()));
        }

        var count = _random.PickWeighted<int>([(30, 3), (30, 6), (20, 10), (15, 16), (5, 24)]);
        for (var (i, at) = (0, 1_000); i < count; i++)
        {
            at += Pause();
            Act(at);
        }

        var schedule = new Schedule
        {
            Seed = seed,
            Processes = _processes,
            AccountIsGiven = _random.Chance(75),
            HasStorage = _random.Chance(80),
            IsRateLimited = _random.Chance(12),
            ConnectMs = _random.Pick(100, 1_500, 4_000, 4_000, 20_000, 90_000, 600_000),
            DisconnectMs = _random.Pick(100, 1_500, 3_000, 3_000, 15_000, 90_000),
            Latency = _random.Next() | 1,
            EndFaults = _random.Chance(30) ? [new Fault(FaultType.Swallowed)] : _random.Chance(50) ? _faults.ForChange() : [],
            Actions = [.. _actions.OrderBy(static action => action.AtMs)],
        };
        return schedule with { Weather = DrawWeather(schedule.EndMs) };
    }

    private string Environment() => _random.Pick<string>(_environments);

    private string[] Watched() => _random.Chance(60) ? [Environment()] : [.. _environments.Distinct()];

    private int Process() => _random.Between(0, _processes - 1);

    private int Pause() => _random.PickWeighted<Func<int>>(
    [
        (15, () => 0),
        (25, () => _random.Between(1, 800)),
        (30, () => _random.Between(500, 6_000)),
        (20, () => _random.Between(5_000, 40_000)),
        (10, () => _random.Between(30_000, 240_000)),
    ])();

    private void Act(int at) => _actions.Add(_random.PickWeighted<Func<SimAction>>(
    [
        (30, () => Connect(at)),
        (20, () => Disconnect(at)),
        (12, () => SetLease(at)),
        (7, () => new GetAction(at, Process(), Environment()) { CancelAfterMs = Cancel() }),
        (4, () => new ListAction(at, Process()) { CancelAfterMs = Cancel() }),
        (1, () => new ListNodePoolsAction(at, Process()) { CancelAfterMs = Cancel() }),
        (9, () => new WatchAction(at, Process(), _random.Chance(80) ? Watched() : []) { CancelAfterMs = _random.Chance(90) ? null : Cancel() }),
        (2, () => new SignOutAction(at, Process())),
        (3, () => new SignInAction(at, Process(), _random.PickWeighted<SignInKey>([(70, SignInKey.Main), (20, SignInKey.Second), (10, SignInKey.Wrong)]))),
        (6, () => new KillAction(at, Process(), _random.Pick(0, 300, 1_000, 5_000, 60_000))),
        (7, () => new OtherConnectAction(at, Environment(), Pool(), _random.Pick(1, 2, 4, 8))),
        (7, () => new OtherDisconnectAction(at, Environment(), _random.Chance(20))),
        (3, () => new OtherConnectAction(at, "shared-tools", "h100-8x", 24)), // uses up the capacity
        (2, () => new OtherDisconnectAction(at, "shared-tools", Force: false)), // frees it again
        (2, () => new SleepAction(at, _random.Pick(5_000, 40_000, 600_000, 7_200_000), _random.Chance(50), _random.Chance(50))),
        (2, () => new WallJumpAction(at, _random.Pick(-86_400_000, -3_600_000, -30_000, -500, 700, 45_000, 3_600_000, 86_400_000))),
    ])());

    private ConnectAction Connect(int at)
    {
        var (process, environment, pool) = (Process(), Environment(), Pool());
        var wait = _random.Chance(25) ? new RequestedEnd(_random.Pick(2, 20, 90, 300), _random.Chance(50)) : null;
        if (wait is { Seconds: >= 90 } && _random.Chance(50))
        {
            pool = "h100-8x";
            _actions.Add(new OtherConnectAction(at - 1_000, "shared-tools", pool, 24));
            _actions.Add(new OtherDisconnectAction(at + (wait.Seconds * 400), "shared-tools", Force: false));
        }

        return new ConnectAction(at, process, environment, pool, _random.PickWeighted<int?>([(30, null), (20, 1), (20, 4), (20, 8), (10, 32)]))
        {
            Wait = _random.Chance(75) ? Wait.Settled : Wait.Accepted,
            TimeoutSeconds = Timeout(),
            CancelAfterMs = Cancel(),
            Faults = _faults.ForChange(),
            Lease = _random.Chance(30) ? Lease(at, process, environment, pool) : null,
            WaitForRoom = wait,
        };
    }

    private SetLeaseAction SetLease(int at)
    {
        var (process, environment) = (Process(), Environment());
        var pool = _actions.OfType<ConnectAction>().LastOrDefault(connect => connect.EnvironmentId == environment)?.NodePoolId ?? Pool();
        return new SetLeaseAction(at, process, environment, _random.Chance(80) ? Lease(at, process, environment, pool) : null) { CancelAfterMs = Cancel() };
    }

    // Sometimes a server dies when it's about to end the connection, or just after, or someone else reconnects the environment before.
    private RequestedEnd Lease(int at, int process, string environment, string pool)
    {
        var end = _random.Chance(50)
            ? new RequestedEnd(_random.Pick(1, 20, 60, 130, 300, 900, 7_200), IsTime: true)
            : new RequestedEnd(_random.Pick(60, 60, 130, 300, 900, 7_200), IsTime: false);
        if (end is { IsTime: true, Seconds: <= 300 } && _random.Chance(25))
            _actions.Add(new KillAction(at + (end.Seconds * 1_000) + _random.Between(0, 10_000), process, _random.Pick(300, 5_000)));
        if (end.Seconds is >= 20 and <= 300 && _random.Chance(50))
            _actions.Add(new OtherConnectAction(at + (end.Seconds * 400), environment, pool, _random.Pick(1, 8)));
        return end;
    }

    private DisconnectAction Disconnect(int at) => new(
        at, Process(), Environment(), _random.Pick<bool?>(null, null, false, true), _random.Pick<bool?>(null, null, false, true))
    {
        Wait = _random.Chance(75) ? Wait.Settled : Wait.Accepted,
        TimeoutSeconds = Timeout(),
        CancelAfterMs = Cancel(),
        Faults = _faults.ForChange(),
    };

    private string Pool() => _random.PickWeighted<string>(
        [(40, "h100-8x"), (20, "h100-spot"), (20, "cpu-large"), (8, "h200-full"), (6, "a100-west"), (3, "l40s-failed"), (3, "no-such-pool")]);

    private int? Timeout() => _random.PickWeighted<int?>([(40, null), (10, 1), (15, 5), (15, 30), (10, 90), (10, 600)]);

    private int? Cancel() => _random.Chance(18)
        ? _random.Pick(0, _random.Between(1, 100), _random.Between(100, 2_000), _random.Between(2_000, 30_000), _random.Between(30_000, 120_000))
        : null;

    private Weather[] DrawWeather(int end)
    {
        var weather = new Weather[_random.PickWeighted<int>([(20, 0), (25, 1), (25, 3), (20, 6), (10, 10)])];
        for (var i = 0; i < weather.Length; i++)
        {
            var from = _random.Between(0, end + 10_000);
            var length = _random.Pick(100, 1_000, 4_000, 15_000, 40_000, 90_000, 200_000);
            weather[i] = new Weather(from, from + length, _random.Chance(25) ? Traffic.All : Traffic.Questions, _faults.One());
        }

        return weather;
    }
}
