using Companion.Simulation.Mutants;
using Companion.Simulation.Running;
using Companion.Simulation.Schedules;

namespace Companion.Simulation.Tests;

/// <summary>Deliberately broken rules: a simulation that doesn't find them proves nothing.</summary>
[TestClass]
public sealed class MutantTests
{
    private const int MostSeeds = 2_000;
    private const int AtOnce = 64;

    // What only a single seed shows is lost with the next change of the schedules.
    private const int LeastFound = 3;

    public static IEnumerable<object[]> Mutants => AllMutants.List.Select(static mutant => new object[] { mutant.Name });

    [TestMethod]
    [DynamicData(nameof(Mutants))]
    public void The_simulation_finds(string name)
    {
        var mutant = AllMutants.List.Single(known => known.Name == name);
        var found = 0;
        for (var from = 0; from < MostSeeds; from += AtOnce)
        {
            found += Campaign.Run((ulong)from, AtOnce, mutant).Failures.Count(failure => failure.Violation.Invariant == mutant.Invariant);
            if (found >= LeastFound)
                return;
        }

        Assert.Fail($"Of {MostSeeds} schedules, only {found} show what {name}.");
    }

    [TestMethod]
    public void The_shortest_schedule_of_a_failure_is_short_and_fails_as_well()
    {
        var mutant = AllMutants.List.Single(static known => known.Name == "sends again after a 504");
        var (seed, violation) = Campaign.Run(from: 0, count: 500, mutant).Failures.First(static f => f.Violation.Invariant == "no-double-send");

        var shortest = Shrinker.Shrink(ScheduleGenerator.From(seed), mutant, violation.Invariant);

        Assert.AreEqual("no-double-send", Run.Of(shortest, mutant).Violation?.Invariant);
        Assert.IsLessThanOrEqualTo(2, shortest.Actions.Count + shortest.Weather.Count, shortest.ToString());
        Assert.IsNull(Run.Of(shortest).Violation);
    }
}
