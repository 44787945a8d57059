using System.Globalization;
using Companion.Protocol;
using Companion.Server.Changes;

namespace Companion.Server.Usage;

/// <summary>Counts hours in groups, without input or output.</summary>
/// <param name="groupBy">Values of <see cref="UsageDimensions"/>.</param>
/// <param name="zone">Where days begin.</param>
internal sealed class UsageReport(DateTimeOffset since, DateTimeOffset until, IReadOnlySet<string> groupBy, TimeZoneInfo zone)
{
    private readonly Dictionary<GroupKey, Group> _groups = [];
    private readonly bool _byDay = groupBy.Contains(UsageDimensions.Day);
    private readonly bool _byConnection = groupBy.Contains(UsageDimensions.Connection);

    /// <summary>Adds a connection that has ended.</summary>
    public void AddEnded(UsageRow row) => Add(row, row.End, row.EndedBefore ?? row.Until);

    /// <summary>Adds a connection that hasn't ended as far as it's known. If it was last seen long ago, the time since then wasn't watched.</summary>
    public void AddOpen(UsageRow row) => Add(row, end: null, until - row.Until > UsageMachine.LongestGap ? until : row.Until);

    /// <summary>The groups, by day and then by connected time.</summary>
    public IReadOnlyList<UsageGroup> Groups() =>
    [
        .. _groups
            .Select(static entry => entry.Value.Describe(entry.Key.Day))
            .OrderBy(static group => group.Day, StringComparer.Ordinal)
            .ThenByDescending(static group => group.ConnectedSeconds)
            .ThenBy(static group => group.EnvironmentId, StringComparer.Ordinal),
    ];

    private void Add(UsageRow row, string? end, DateTimeOffset endedBefore)
    {
        foreach (var (day, duration) in Days(row.From, row.Until))
            GroupOf(row, end, day).Connected(row, duration);
        foreach (var (day, duration) in Days(row.Until, endedBefore))
            GroupOf(row, end, day).NotWatched(duration);
    }

    private Group GroupOf(UsageRow row, string? end, DateOnly? day)
    {
        var key = new GroupKey(
            day,
            groupBy.Contains(UsageDimensions.Environment) ? row.EnvironmentId : null,
            groupBy.Contains(UsageDimensions.NodePool) ? row.NodePoolId : null,
            _byConnection ? (row.Key, row.From) : null);
        if (!_groups.TryGetValue(key, out var group))
            _groups.Add(key, group = new Group(_byConnection, end));
        group.Rows.Add(row);
        return group;
    }

    // The part within the range, by day if that's asked for.
    private IEnumerable<(DateOnly? Day, TimeSpan Duration)> Days(DateTimeOffset from, DateTimeOffset to)
    {
        from = from > since ? from : since;
        to = to < until ? to : until;
        if (!_byDay)
        {
            if (to > from)
                yield return (null, to - from);
            yield break;
        }

        for (var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(from, zone).DateTime); from < to; day = day.AddDays(1))
        {
            var next = StartOf(day.AddDays(1));
            var end = next < to ? next : to;
            if (end > from)
                yield return (day, end - from);
            from = end > from ? end : from;
        }
    }

    // Where clocks change at midnight, a day can begin later, or its first hour can come twice.
    private DateTimeOffset StartOf(DateOnly day)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(local))
            local = local.AddMinutes(15);
        return new DateTimeOffset(local, zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local));
    }

    private readonly record struct GroupKey(DateOnly? Day, string? EnvironmentId, string? NodePoolId, (EnvironmentKey Key, DateTimeOffset From)? Connection);

    private sealed class Group(bool isConnection, string? end)
    {
        private TimeSpan _connected;
        private TimeSpan _ranks;
        private TimeSpan _notWatched;

        public HashSet<UsageRow> Rows { get; } = [];

        public void Connected(UsageRow row, TimeSpan duration)
        {
            _connected += duration;
            _ranks += duration * (row.NumRanks ?? 1);
        }

        public void NotWatched(TimeSpan duration) => _notWatched += duration;

        public UsageGroup Describe(DateOnly? day) => new()
        {
            Day = day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            EnvironmentId = Common(static row => row.EnvironmentId),
            DisplayName = Common(static row => row.DisplayName),
            NodePoolId = Common(static row => row.NodePoolId),
            InstanceType = Common(static row => row.InstanceType),
            NumRanks = int.TryParse(Common(static row => row.NumRanks?.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture, out var ranks) ? ranks : null,
            CreatedBy = Common(static row => row.CreatedBy),
            From = isConnection ? Rows.First().From : null,
            Until = isConnection ? Rows.First().Until : null,
            End = isConnection ? end : null,
            ConnectedSeconds = InSeconds(_connected),
            RankSeconds = InSeconds(_ranks),
            NotWatchedSeconds = InSeconds(_notWatched),
        };

        private string? Common(Func<UsageRow, string?> member)
        {
            var first = member(Rows.First());
            return Rows.All(row => member(row) == first) ? first : null;
        }

        private static long InSeconds(TimeSpan time) => (long)Math.Round(time.TotalSeconds);
    }
}
