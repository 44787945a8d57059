using Companion.Simulation.Mutants;
using Companion.Simulation.Schedules;
using Companion.Simulation.World;

namespace Companion.Simulation.Running;

/// <summary>What came of many runs.</summary>
/// <param name="Runs">How many there were.</param>
/// <param name="Failures">The seeds whose runs failed, the lowest first, and what failed.</param>
/// <param name="Statistics">How often what was hit, in all.</param>
internal sealed record CampaignResult(
    int Runs, IReadOnlyList<(ulong Seed, Invariants.Violation Violation)> Failures, Statistics Statistics);

/// <summary>Runs the schedules of many seeds, each on one thread, on as many threads as there are processors.</summary>
internal static class Campaign
{
    private const int StackBytes = 16 * 1024 * 1024; // .NET leaves the thread where a chain of continuations has no stack left
    private const int Share = 16;

    /// <summary>Runs them.</summary>
    /// <param name="from">The first seed.</param>
    /// <param name="count">How many.</param>
    /// <param name="mutant">The rule that the server breaks; null for the server as it is.</param>
    /// <param name="mostFailures">After how many failures to stop.</param>
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
