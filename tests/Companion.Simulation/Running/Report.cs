using System.Globalization;
using System.Text;
using Companion.Simulation.Invariants;
using Companion.Simulation.Mutants;
using Companion.Simulation.Schedules;
using Companion.Simulation.World;

namespace Companion.Simulation.Running;

/// <summary>Formats the results of runs.</summary>
internal static class Report
{
    /// <summary>A failure: its seed, the violated invariant, and the shortest schedule that shows it, with all events.</summary>
    public static string Failure(ulong seed, Violation violation, Mutant? mutant)
    {
        var shortest = Shrinker.Shrink(ScheduleGenerator.From(seed), mutant, violation.Invariant);
        var trace = new List<string>();
        var again = Run.Of(shortest, mutant, trace).Violation ?? violation;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"seed {seed} breaks {violation}\nThe shortest schedule that shows it ({again}):\n{shortest}What happens in it:\n{string.Join('\n', trace)}\n");
    }

    /// <summary>A run with all events.</summary>
    public static (string Text, Violation? Violation) OneRun(ulong seed, Mutant? mutant)
    {
        var schedule = ScheduleGenerator.From(seed);
        var trace = new List<string>();
        var violation = Run.Of(schedule, mutant, trace).Violation;
        return ($"{schedule}{string.Join('\n', trace)}\n", violation);
    }

    /// <summary>The coverage counters.</summary>
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
