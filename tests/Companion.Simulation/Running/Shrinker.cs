using Companion.Protocol;
using Companion.Simulation.Mutants;
using Companion.Simulation.Schedules;

namespace Companion.Simulation.Running;

/// <summary>Shortens a schedule that violates an invariant, by removing and simplifying actions as long as the violation remains.</summary>
internal sealed class Shrinker
{
    private readonly Mutant? _mutant;
    private readonly string _invariant;
    private int _runsLeft;
    private Schedule _best;

    private Shrinker(Schedule schedule, Mutant? mutant, string invariant, int runs) =>
        (_best, _mutant, _invariant, _runsLeft) = (schedule, mutant, invariant, runs);

    /// <summary>Shrinks a schedule.</summary>
    public static Schedule Shrink(Schedule schedule, Mutant? mutant, string invariant, int runs = 4_000)
    {
        var shrinker = new Shrinker(schedule, mutant, invariant, runs);
        shrinker.Shrink();
        return shrinker._best;
    }

    private void Shrink()
    {
        Schedule before;
        do
        {
            before = _best;
            LeaveOut(static s => s.Weather.Count, static (s, from, count) => s with { Weather = Without(s.Weather, from, count) });
            LeaveOut(static s => s.Actions.Count, static (s, from, count) => s with { Actions = Without(s.Actions, from, count) });
            LeaveOut(static s => s.EndFaults.Count, static (s, from, count) => s with { EndFaults = Without(s.EndFaults, from, count) });
            SimplifySurroundings();
            for (var i = 0; i < _best.Actions.Count; i++)
                Simplify(i);
        }
        while (before != _best && _runsLeft > 0);
    }

    private void LeaveOut(Func<Schedule, int> length, Func<Schedule, int, int, Schedule> without)
    {
        for (var size = length(_best); size > 0; size /= 2)
        {
            for (var from = 0; from < length(_best);)
            {
                if (!Try(without(_best, from, Math.Min(size, length(_best) - from))))
                    from += size;
            }
        }
    }

    private void SimplifySurroundings()
    {
        Try(_best with { Latency = 0 });
        Try(_best with { IsRateLimited = false });
        Try(_best with { AccountIsGiven = true });
        Try(_best with { HasStorage = true });
        Try(_best with { ConnectMs = 4_000, DisconnectMs = 3_000 });
        var used = _best.Actions.OfType<ClientAction>().Select(static action => action.Process).Append(0).Max() + 1;
        if (used < _best.Processes)
            Try(_best with { Processes = used });
        if (_best.Processes > 1)
            Try(_best with { Processes = 1, Actions = [.. _best.Actions.Select(static a => a is ClientAction c ? c with { Process = 0 } : a)] });
    }

    private void Simplify(int i)
    {
        foreach (var simpler in Simpler(_best.Actions[i]))
            Try(_best with { Actions = [.. _best.Actions.Select((action, at) => at == i ? simpler(action) : action)] });

        // Moves everything from here on a little earlier.
        var gap = _best.Actions[i].AtMs - (i == 0 ? 0 : _best.Actions[i - 1].AtMs);
        foreach (var less in new[] { gap, gap - (gap / 1000 * 1000), gap / 2 })
        {
            if (less > 0 && _best.Weather.Count == 0
                && Try(_best with { Actions = [.. _best.Actions.Select((a, at) => at >= i ? a with { AtMs = a.AtMs - less } : a)] }))
            {
                return;
            }
        }
    }

    private static IEnumerable<Func<SimAction, SimAction>> Simpler(SimAction action)
    {
        if (action is CallAction { CancelAfterMs: not null })
            yield return static a => ((CallAction)a) with { CancelAfterMs = null };
        if (action is not ChangeAction change)
            yield break;
        if (change.TimeoutSeconds is not null)
            yield return static a => ((ChangeAction)a) with { TimeoutSeconds = null };
        if (change.Wait != Wait.Settled)
            yield return static a => ((ChangeAction)a) with { Wait = Wait.Settled };
        for (var count = 0; count < change.Faults.Count; count++)
        {
            var kept = count;
            yield return a => ((ChangeAction)a) with { Faults = [.. ((ChangeAction)a).Faults.Take(kept)] };
        }

        yield return static a => a is ConnectAction connect ? connect with { NodePoolId = "h100-8x", Ranks = null } : a;
        yield return static a => a is DisconnectAction disconnect ? disconnect with { Force = null, ResetSnapshots = null } : a;
    }

    private bool Try(Schedule candidate)
    {
        if (candidate == _best || --_runsLeft < 0 || Run.Of(candidate, _mutant).Violation?.Invariant != _invariant)
            return false;
        _best = candidate;
        return true;
    }

    private static T[] Without<T>(IReadOnlyList<T> list, int from, int count) =>
        [.. list.Where((_, at) => at < from || at >= from + count)];
}
