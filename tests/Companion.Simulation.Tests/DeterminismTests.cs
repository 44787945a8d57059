using Companion.Simulation.Running;
using Companion.Simulation.Schedules;

namespace Companion.Simulation.Tests;

/// <summary>A seed always produces the same run.</summary>
[TestClass]
public sealed class DeterminismTests
{
    private const int Seeds = 300;

    [TestMethod]
    public void The_same_seed_gives_the_same_run_to_the_letter()
    {
        for (var seed = 0UL; seed < Seeds; seed++)
            Assert.AreEqual(Trace(seed), Trace(seed), $"seed {seed}");
    }

    [TestMethod]
    public void Other_runs_at_the_same_time_make_no_difference()
    {
        var alone = Enumerable.Range(0, Seeds).Select(static seed => Trace((ulong)seed)).ToList();
        var together = new string[Seeds];
        var threads = Enumerable.Range(0, 4).Select(part => new Thread(() =>
        {
            for (var seed = part; seed < Seeds; seed += 4)
                together[seed] = Trace((ulong)seed);
        })).ToList();
        threads.ForEach(static thread => thread.Start());
        threads.ForEach(static thread => thread.Join());

        CollectionAssert.AreEqual(alone, together);
    }

    [TestMethod]
    public void Seeds_differ() => Assert.AreNotEqual(ScheduleGenerator.From(1).ToString(), ScheduleGenerator.From(2).ToString());

    private static string Trace(ulong seed)
    {
        var trace = new List<string>();
        Run.Of(ScheduleGenerator.From(seed), mutant: null, trace);
        return string.Join('\n', trace);
    }
}
