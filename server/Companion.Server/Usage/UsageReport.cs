using System.Globalization;
using Companion.Protocol;
using Companion.Server.Pacing;

namespace Companion.Server.Usage;

/// <summary>Counts hours in groups, without input or output.</summary>
/// <param name="groupBy">Values of <see cref="UsageDimensions"/>.</param>
/// <param name="zone">Where days begin.</param>
internal sealed class UsageReport(DateTimeOffset since, DateTimeOffset until, IReadOnlySet<string> groupBy, TimeZoneInfo zone)
{
    private readonly Dictionary<string, Group> _groups = new(StringComparer.Ordinal);
    private readonly List<Slice> _slices = groupBy.Contains(UsageDimensions.Day) ? Slices(since, until, zone) : [new Slice(null, since, until)];
    private readonly bool _byConnection = groupBy.Contains(UsageDimensions.Connection);

    /// <summary>Adds a connection that has ended.</summary>
    public void AddEnded(UsageRow row) => Add(row, row.End, row.EndedBefore ?? row.Until);

    /// <summary>Adds a connection that hasn't ended as far as it's known. If it was last seen long ago, the time since then wasn't watched.</summary>
    public void AddOpen(UsageRow row) => Add(row, end: null, until - row.Until > UsageMachine.LongestGap ? until : row.Until);

    /// <summary>The groups, by day and then by connected time.</summary>
    public IReadOnlyList<UsageGroup> Groups()
    {
        List<UsageGroup> groups = [.. _groups.Values.Select(static group => group.Describe())];
        groups.Sort(static (one, other) =>
            string.CompareOrdinal(one.Day, other.Day) is not 0 and var byDay ? byDay
            : other.ConnectedSeconds.CompareTo(one.ConnectedSeconds) is not 0 and var byTime ? byTime
            : string.CompareOrdinal(one.EnvironmentId, other.EnvironmentId));
        return groups;
    }

    private void Add(UsageRow row, string? end, DateTimeOffset endedBefore)
    {
        for (var i = FirstSliceAfter(row.From); i < _slices.Count && _slices[i].From < endedBefore; i++)
        {
            var slice = _slices[i];
            if (slice.Overlap(row.From, row.Until) is var connected && connected > TimeSpan.Zero)
                GroupOf(row, end, slice.Day).Connected(row, connected);
            if (slice.Overlap(row.Until, endedBefore) is var notWatched && notWatched > TimeSpan.Zero)
                GroupOf(row, end, slice.Day).NotWatched(notWatched);
        }
    }

    private Group GroupOf(UsageRow row, string? end, string? day)
    {
        string?[] parts =
        [
            day,
            groupBy.Contains(UsageDimensions.Environment) ? row.EnvironmentId : null,
            groupBy.Contains(UsageDimensions.NodePool) ? row.NodePoolId : null,
            _byConnection ? row.Id : null,
        ];
        var key = string.Join('\n', parts);
        if (_groups.TryGetValue(key, out var group))
            group.Add(row);
        else
            _groups.Add(key, group = new Group(day, row, _byConnection, end));
        return group;
    }

    // Years have thousands of days, and a connection is in few of them.
    private int FirstSliceAfter(DateTimeOffset time)
    {
        var (low, high) = (0, _slices.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_slices[middle].To <= time)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private static List<Slice> Slices(DateTimeOffset since, DateTimeOffset until, TimeZoneInfo zone)
    {
        var slices = new List<Slice>();
        for (var from = since; from < until; from = slices[^1].To)
        {
            var end = LocalDay.End(from, zone);
            slices.Add(new Slice(LocalDay.Of(from, zone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), from, end < until ? end : until));
        }

        return slices;
    }

    /// <summary>A day of the range, or all of it.</summary>
    private sealed class Slice(string? day, DateTimeOffset from, DateTimeOffset to)
    {
        public string? Day => day;

        public DateTimeOffset From => from;

        public DateTimeOffset To => to;

        /// <summary>The part of a time that is in it, or zero or less if none is.</summary>
        public TimeSpan Overlap(DateTimeOffset since, DateTimeOffset until) => (to < until ? to : until) - (from > since ? from : since);
    }

    /// <summary>Sums, and what all connections in a group have in common. Doesn't keep the connections, which can be many.</summary>
    private sealed class Group(string? day, UsageRow first, bool isConnection, string? end)
    {
        private string? _environmentId = first.EnvironmentId;
        private string? _displayName = first.DisplayName;
        private string? _nodePoolId = first.NodePoolId;
        private string? _instanceType = first.InstanceType;
        private string? _createdBy = first.CreatedBy;
        private string? _by = first.By;
        private int? _numRanks = first.NumRanks;
        private TimeSpan _connected;
        private TimeSpan _ranks;
        private TimeSpan _notWatched;

        public void Add(UsageRow row)
        {
            KeepCommon(ref _environmentId, row.EnvironmentId);
            KeepCommon(ref _displayName, row.DisplayName);
            KeepCommon(ref _nodePoolId, row.NodePoolId);
            KeepCommon(ref _instanceType, row.InstanceType);
            KeepCommon(ref _createdBy, row.CreatedBy);
            KeepCommon(ref _by, row.By);
            if (_numRanks != row.NumRanks)
                _numRanks = null;
        }

        public void Connected(UsageRow row, TimeSpan duration)
        {
            _connected += duration;
            _ranks += duration * (row.NumRanks ?? 1);
        }

        public void NotWatched(TimeSpan duration) => _notWatched += duration;

        public UsageGroup Describe() => new()
        {
            Day = day,
            EnvironmentId = _environmentId,
            DisplayName = _displayName,
            NodePoolId = _nodePoolId,
            InstanceType = _instanceType,
            NumRanks = _numRanks,
            CreatedBy = _createdBy,
            By = _by,
            From = isConnection ? first.From : null,
            Until = isConnection ? first.Until : null,
            End = isConnection ? end : null,
            ConnectedSeconds = InSeconds(_connected),
            RankSeconds = InSeconds(_ranks),
            NotWatchedSeconds = InSeconds(_notWatched),
        };

        private static void KeepCommon(ref string? common, string? value)
        {
            if (common != value)
                common = null;
        }

        private static long InSeconds(TimeSpan time) => (long)Math.Round(time.TotalSeconds);
    }
}
