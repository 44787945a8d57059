using System.Globalization;
using System.Text;
using Companion.Simulation.Schedules;

namespace Companion.Simulation.Lag;

/// <summary>How late the end of a change is noticed, compared with commit b65575a, for the same changes in sequence.</summary>
internal static class LagTable
{
    private const int Changes = 1_000;
    private const double Shortest = 10;
    private const double Longest = 900;

    /// <summary>Replays changes that take 10 s to 15 min, evenly distributed by the logarithm.</summary>
    public static LagRow Row(Waiting waiting, AccountLimit limit)
    {
        LagCase[] cases = [.. Enumerable.Range(0, Changes).Select(i => Case(i, waiting, limit))];
        return new LagRow(waiting, limit, [.. cases.Select(ReferencePace.Replay)], [.. cases.Select(CurrentPace.Replay)]);
    }

    /// <summary>The page.</summary>
    public static string Page()
    {
        var text = new StringBuilder(FormattableString.Invariant(
            $"""
            # How late the end of a change is seen

            <!-- Written by npm run lag. -->

            The time from the moment at which the gateway reaches a change's final state until Companion knows it: the server's own code and the
            schedule of commit b65575a, replayed on the simulated clock over the same {Changes:N0} changes. They take {Shortest} s to {Longest / 60} min
            (log-uniform), a round trip takes {LagCase.RoundTrip.TotalMilliseconds} ms, and the jitter is seeded, so the figures are the same on every machine.
            A learned duration is up to a quarter off. Where the account has a limit, the gateway refuses the 11th request in a minute with
            429 and no Retry-After. Goal without a limit: median ≤ 1 s, 95th percentile ≤ 2 s, both ≤ 0.25 × b65575a; with a limit: neither
            is worse than b65575a by more than 5 %, which is what the jitter makes of equal schedules.

            | | who waits | limit of 10 requests a minute | b65575a median | 95th | now median | 95th | ratio of medians | of 95th | seen over 1 s later than by b65575a |
            | --- | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |

            """));
        foreach (var limit in Enum.GetValues<AccountLimit>())
        {
            foreach (var waiting in Enum.GetValues<Waiting>())
                text.Append(CultureInfo.InvariantCulture, $"{Row(waiting, limit)}\n");
        }

        return text.Append(
            """

            **Not yet known** is worse than b65575a. Until the 11th request in a minute, nothing tells an account with the limit from one
            without it. At today's pace that request goes out after about ten seconds; it is refused, and polls pause until the minute has passed.
            b65575a polled so slowly that it reached the limit late or never, at the cost of the lag that the first rows show on every other account.
            The refusal is remembered for 15 minutes, and for longer each time up to a day. Meanwhile the rows with a known limit apply.

            """).ToString();
    }

    private static LagCase Case(int number, Waiting waiting, AccountLimit limit)
    {
        var random = new SimRandom((ulong)number);
        var seconds = Shortest * Math.Pow(Longest / Shortest, (number + random.Fraction()) / Changes);
        var usual = seconds * Math.Pow(1.25, (2 * random.Fraction()) - 1);
        return new LagCase(waiting, limit, TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(usual), random.Next());
    }
}

/// <summary>The same changes with both.</summary>
internal sealed record LagRow(Waiting Waiting, AccountLimit Limit, IReadOnlyList<LagResult> Reference, IReadOnlyList<LagResult> Current)
{
    /// <summary>Quotients of the medians and of the 95th percentiles.</summary>
    public (double Median, double P95) Ratio => (Percentile(Current, 0.5) / Percentile(Reference, 0.5), Percentile(Current, 0.95) / Percentile(Reference, 0.95));

    /// <summary>The share of changes that are noticed more than a second later than with the reference.</summary>
    public double Later => Current.Zip(Reference).Count(static pair => pair.First.Lag > pair.Second.Lag + TimeSpan.FromSeconds(1)) / (double)Current.Count;

    /// <summary>Whether the goal of this row is met.</summary>
    public bool IsMet => Limit == AccountLimit.None
        ? Percentile(Current, 0.5) <= 1 && Percentile(Current, 0.95) <= 2 && Ratio is { Median: <= 0.25, P95: <= 0.25 }
        : Ratio is { Median: <= 1.05, P95: <= 1.05 };

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"| {(IsMet ? '✓' : '✗')} | {Who} | {Known} | {Percentile(Reference, 0.5):0.00} s | {Percentile(Reference, 0.95):0.00} s | {Percentile(Current, 0.5):0.00} s | {Percentile(Current, 0.95):0.00} s | {Ratio.Median:0.00} | {Ratio.P95:0.00} | {Later:0.0 %} |");

    /// <summary>The lag in seconds that this share of the changes doesn't exceed.</summary>
    public static double Percentile(IReadOnlyList<LagResult> results, double share) =>
        results.Select(static result => result.Lag.TotalSeconds).Order().ElementAt((int)Math.Ceiling(share * results.Count) - 1);

    private string Who => Waiting switch
    {
        Waiting.NothingLearned => "a call, nothing learned",
        Waiting.DurationLearned => "a call, duration learned",
        _ => "a focused window that watches",
    };

    private string Known => Limit switch
    {
        AccountLimit.None => "none",
        AccountLimit.Known => "known",
        _ => "not yet known",
    };
}
