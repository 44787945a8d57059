using Companion.Simulation.Mutants;
using Companion.Simulation.Schedules;
using Companion.Simulation.World;

namespace Companion.Simulation.Running;

/// <summary>The result of many runs.</summary>
internal sealed record CampaignResult(
    int Runs, IReadOnlyList<(ulong Seed, Invariants.Violation Violation)> Failures, Statistics Statistics);

/// <summary>Runs the schedules of many seeds in parallel, each on its own thread.</summary>
internal static class Campaign
{
    private const int StackBytes = 16 * 1024 * 1024; // .NET changes threads when a chain of continuations runs out of stack
    private const int Share = 16;

    /// <summary>Runs them.</summary>
    /// <param name="mutant">The mutant to run, or null for the unchanged server.</param>
    public static CampaignResult Run(ulong from, int count, Mutant? mutant = null, int mostFailures = int.MaxValue)
    {
        var next = 0;
        var done = 0;
        var failures = new List<(ulong Seed, Invariants.Violation Violation)>();
        var statistics = new Statistics();
        var gate = new Lock();
        var threads = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new Thread(Work, StackBytes)).ToList();
        threads.ForEach(static thread => thread.Start());
        threads.ForEach(static thread => thread.Join());
        return new CampaignResult(done, [.. failures.OrderBy(static failure => failure.Seed)], statistics);

        void Work()
        {
            var mine = new Statistics();
            while (Interlocked.Add(ref next, Share) - Share is var first && first < count && Volatile.Read(ref failures).Count < mostFailures)
            {
                for (var i = first; i < Math.Min(first + Share, count); i++)
                {
                    var seed = from + (ulong)i;
                    var result = Running.Run.Of(ScheduleGenerator.From(seed), mutant);
                    mine.Add(result.Statistics);
                    Interlocked.Increment(ref done);
                    if (result.Violation is not { } violation)
                        continue;
                    lock (gate)
                        failures.Add((seed, violation));
                }
            }

            lock (gate)
                statistics.Add(mine);
        }
    }
}
