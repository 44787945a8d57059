using Companion.Simulation.Invariants;
using Companion.Simulation.Mutants;
using Companion.Simulation.Schedules;
using Companion.Simulation.World;

namespace Companion.Simulation.Running;

/// <summary>The result of one run.</summary>
/// <param name="Violation">The violated invariant, or null if there is none.</param>
internal sealed record RunResult(Violation? Violation, Statistics Statistics);

/// <summary>One run of one schedule, from start until everything has settled.</summary>
internal static class Run
{
    private static readonly long Created = TimeSpan.FromMinutes(10.1).Ticks;
    private static readonly long LongestWait = TimeSpan.FromMinutes(70).Ticks;
    private static readonly long LongestCall = TimeSpan.FromMinutes(40).Ticks;
    private static readonly long AfterTheEnd = TimeSpan.FromMinutes(3).Ticks;
    private static readonly long Glance = TimeSpan.FromSeconds(10).Ticks;

    /// <summary>Runs a schedule.</summary>
    /// <param name="mutant">The mutant to run, or null for the unchanged server.</param>
    /// <param name="trace">Where to write each event, or null.</param>
    public static RunResult Of(Schedule schedule, Mutant? mutant = null, List<string>? trace = null)
    {
        var world = new SimWorld(schedule, mutant, trace);
        try
        {
            Play(world, schedule);
        }
        catch (Exception e)
        {
            // The server may throw an uncaught exception, for example on a timer. That would end a real process.
            world.Fail("crash", e.ToString());
        }

        // Checked first, because otherwise no other result of the run means anything.
        if (world.Time.Hop is { } hop)
            return new RunResult(new Violation("one-thread", hop, world.Time.Now), world.Statistics);
        if (world.Time.Spin is { } spin)
            world.Fail("always-ends", $"the server asks for the time without end\n{spin}");
        world.Statistics.Count("total", "requests", world.Exchanges);
        world.Statistics.Count("total", "calls", world.Calls);
        world.Statistics.Count("total", "minutes of simulated time", world.Time.Now / TimeSpan.TicksPerMinute);
        return new RunResult(world.Violation, world.Statistics);
    }

    private static void Play(SimWorld world, Schedule schedule)
    {
        foreach (var client in world.Clients)
            client.Start();
        foreach (var action in schedule.Actions)
            Enqueue(world, action);

        Forward(world, SimTime.Ms(schedule.EndMs) + 1, until: null);
        world.Gateway.IsRateLimited = false;
        Forward(world, world.Time.Now + LongestCall, () => world is { Pending.Count: 0, OnTheirWay: 0 } && world.Clients.All(static client => client.Process is not null));
        Forward(world, Math.Max(Created, world.Time.Now + SimTime.Ms(Math.Max(schedule.ConnectMs, 2 * schedule.DisconnectMs)) + 1), until: null);

        var rest = world.Time.Now;
        var duration = SimTime.Ms(Math.Max(schedule.ConnectMs, schedule.DisconnectMs));
        Forward(world, rest + LongestWait, () => Agree.HaveAllHeardSince(world, Math.Max(rest, world.Gateway.LastEffectAt + duration)));
        if (world.Violation is null)
            world.CheckAtRest();

        foreach (var client in world.Clients)
            client.StopWatching();
        world.Leases.Forget();
        Forward(world, world.Time.Now + LongestCall, () => !world.Clients.Any(client => client.Process?.IsEndingAny == true));
        Forward(world, world.Time.Now + AfterTheEnd, until: null);
        if (world.Violation is null)
            world.CheckAtEnd();
    }

    private static void Enqueue(SimWorld world, SimAction action)
    {
        var at = SimTime.Ms(action.AtMs);
        if (action is ClientAction)
            world.Time.AfterOnMachine(at, () => world.Do(action));
        else
            world.Time.After(at, () => world.Do(action));
    }

    private static void Forward(SimWorld world, long to, Func<bool>? until)
    {
        var nextGlance = world.Time.Now;
        while (world.Violation is null && world.Time is { Hop: null, Spin: null })
        {
            if (until is not null && world.Time.Now >= nextGlance)
            {
                if (until())
                    return;
                nextGlance = world.Time.Now + Glance;
            }

            if (!world.Time.Step(to))
                return;
        }
    }
}
