using Companion.Simulation.Lag;

namespace Companion.Simulation.Tests;

/// <summary>How late the end of a change is noticed, compared with the schedule of commit b65575a.</summary>
[TestClass]
public sealed class LagTests
{
    [TestMethod]
    [DataRow(nameof(Waiting.NothingLearned))]
    [DataRow(nameof(Waiting.DurationLearned))]
    [DataRow(nameof(Waiting.Watching))]
    public void Without_a_limit_the_median_lag_is_a_second_and_a_quarter_of_before(string waiting)
    {
        var row = Row(waiting, AccountLimit.None);
        Assert.IsLessThanOrEqualTo(1, LagRow.Percentile(row.Current, 0.5));
        Assert.IsLessThanOrEqualTo(2, LagRow.Percentile(row.Current, 0.95));
        Assert.IsLessThanOrEqualTo(0.25, row.Ratio.Median);
        Assert.IsLessThanOrEqualTo(0.25, row.Ratio.P95);
        Assert.IsGreaterThanOrEqualTo(TimeSpan.FromSeconds(1), row.Current.Min(static result => result.ClosestPolls));
    }

    [TestMethod]
    [DataRow(nameof(Waiting.NothingLearned))]
    [DataRow(nameof(Waiting.DurationLearned))]
    [DataRow(nameof(Waiting.Watching))]
    public void Within_a_known_limit_the_lag_is_no_worse_than_before(string waiting)
    {
        var row = Row(waiting, AccountLimit.Known);
        Assert.IsTrue(row.IsMet, $"{row}");
    }

    [TestMethod]
    [DataRow(nameof(Waiting.NothingLearned))]
    [DataRow(nameof(Waiting.DurationLearned))]
    [DataRow(nameof(Waiting.Watching))]
    public void Discovering_a_limit_costs_at_most_its_minute(string waiting) =>
        Assert.IsLessThanOrEqualTo(TimeSpan.FromMinutes(1), Row(waiting, AccountLimit.NotYetKnown).Current.Max(static result => result.Lag));

    private static LagRow Row(string waiting, AccountLimit limit) => LagTable.Row(Enum.Parse<Waiting>(waiting), limit);
}
