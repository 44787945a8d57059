using System.Globalization;
using System.Text;
using Companion.Protocol;

namespace Companion.Server.Mcp;

/// <summary>A result in a few lines, for people and for hosts that don't pass on structured content. Times are in UTC.</summary>
internal static class ToolText
{
    private const int MostLines = 100;

    public static string Of(EnvironmentInfo environment)
    {
        var text = new StringBuilder().Append(Summary(environment)).Append('.');
        if (environment.Lease is { } lease)
            text.Append(End(lease));
        else if (environment.State == EnvironmentStates.Connected)
            text.Append(" It has no end: it stays connected until someone disconnects it.");
        if (environment.Status is { Code: not "OK" } status)
            text.Append(CultureInfo.InvariantCulture, $"\nLast failure: {status.Code} {status.Message}");
        foreach (var difference in environment.Differences ?? [])
            text.Append(CultureInfo.InvariantCulture, $"\nNot as requested: {difference.Member} is {difference.Actual}, requested was {difference.Requested ?? "the default"}.");
        return text.ToString();
    }

    public static string Of(ListEnvironmentsResult list) =>
        List(list.Environments, "environment", static e => $"{Summary(e)}{(e.Lease is { } lease ? $". Ends at {Time(lease.Until)}" : "")}");

    public static string Of(ListNodePoolsResult list) => List(list.NodePools, "node pool", static pool => string.Join(", ", new[]
    {
        $"{pool.NodePoolId} is {pool.State}",
        pool.InstanceType,
        pool.FreeRanks is { } free ? $"{Ranks(free)} free now" : "free ranks unknown",
        pool.CeilingRanks is { } ceiling ? $"{Ranks(ceiling)} free at its maximum size" : null,
        pool.RanksPerNode is { } perNode ? $"{Ranks(perNode)} per node" : null,
    }.OfType<string>()));

    public static string Of(UsageInfo usage)
    {
        var heading = $"Observed by this machine from {Time(usage.Since)} to {Time(usage.Until)}:";
        var groups = List(usage.Groups, "group", static group => string.Join(", ", new[]
        {
            group.Day,
            group.EnvironmentId,
            group.NodePoolId,
            $"connected for {Hours(group.ConnectedSeconds)} h",
            $"{Hours(group.RankSeconds)} rank-hours",
            group.NotWatchedSeconds > 0 ? $"{Hours(group.NotWatchedSeconds)} h not watched" : null,
        }.OfType<string>()));
        return $"{heading} {(usage.Groups.Count == 0 ? "no connection" : groups)}{(usage.NotRecorded is { } reason ? $"\nThe history isn't recorded: {reason}" : "")}";
    }

    public static string Of(Diagnosis diagnosis)
    {
        var failed = diagnosis.Steps.FirstOrDefault(static step => step.Verdict == StepVerdicts.Failed);
        var heading = failed is null ? $"No step failed on the way to {diagnosis.Gateway}." : $"{failed.Id} failed on the way to {diagnosis.Gateway}.";
        return $"{heading}\n{string.Join('\n', diagnosis.Steps.Select(static step => $"- {step.Id}: {step.Verdict}. {step.Message}"))}";
    }

    private static string Summary(EnvironmentInfo environment) => environment is { Connection: { } connection, State: not EnvironmentStates.Disconnected }
        ? $"{environment.EnvironmentId} is {environment.State}, node pool {connection.NodePoolId}{(connection.NumRanks is { } ranks ? $", {Ranks(ranks)}" : "")}"
        : $"{environment.EnvironmentId} is {environment.State}";

    private static string End(LeaseInfo lease) =>
        lease.KeptBy.Count == 0 ? $" Its end, {Time(lease.Until)}, has passed, and nothing disconnects it: disconnect it."
        : lease.KeptBy.Contains(LeaseKeepers.System, StringComparer.Ordinal) ? $" It's disconnected at {Time(lease.Until)}."
        : $" It's disconnected at {Time(lease.Until)}, but only while this program or VS Code runs on this machine: disconnect it before you finish.";

    private static string List<T>(IReadOnlyList<T> items, string what, Func<T, string> line)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{items.Count} {what}{(items.Count == 1 ? "" : "s")}");
        foreach (var item in items.Take(MostLines))
            text.Append("\n- ").Append(line(item));
        if (items.Count > MostLines)
            text.Append(CultureInfo.InvariantCulture, $"\n- and {items.Count - MostLines} more, which are in the structured content");
        return text.ToString();
    }

    private static string Ranks(int ranks) => string.Create(CultureInfo.InvariantCulture, $"{ranks} {(ranks == 1 ? "rank" : "ranks")}");

    private static string Hours(long seconds) => TimeSpan.FromSeconds(seconds).TotalHours.ToString("0.0", CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
