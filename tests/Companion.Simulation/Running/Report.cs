using System.Globalization;
using System.Text;
using Companion.Simulation.Invariants;
using Companion.Simulation.Mutants;
using Companion.Simulation.Schedules;
using Companion.Simulation.World;

namespace Companion.Simulation.Running;

/// <summary>Words for what came of runs.</summary>
internal static class Report
{
    /// <summary>A failure: its seed, what does not hold, the shortest schedule that shows it, and all that happens in it.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="violation">What does not hold.</param>
    /// <param name="mutant">The mutant that it was found with, if one.</param>
    public static string Failure(ulong seed, Violation violation, Mutant? mutant)
    {
        var shortest = Shrinker.Shrink(ScheduleGenerator.From(seed), mutant, violation.Invariant);
        var trace = new List<string>();
        var again = Run.Of(shortest, mutant, trace).Violation ?? violation;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"seed {seed} breaks {violation}\nThe shortest schedule that shows it ({again}):\n{shortest}What happens in it:\n{string.Join('\n', trace)}\n");
    }

    /// <summary>One run with all that happens in it.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="mutant">The mutant, if one.</param>
    public static (string Text, Violation? Violation) OneRun(ulong seed, Mutant? mutant)
    {
        var schedule = ScheduleGenerator.From(seed);
        var trace = new List<string>();
        var violation = Run.Of(schedule, mutant, trace).Violation;
        return ($"{schedule}{string.Join('\n', trace)}\n", violation);
    }

    /// <summary>How often what was hit.</summary>
    public static string Of(Statistics statistics)
    {
        var text = new StringBuilder();
        var topic = "";
        foreach (var ((of, name), count) in statistics.All)
        {
            if (of != topic)
                text.Append(CultureInfo.InvariantCulture, $"{topic = of}\n");
            text.Append(CultureInfo.InvariantCulture, $"{count,12} {name}\n");
        }

        return text.ToString();
    }
}
