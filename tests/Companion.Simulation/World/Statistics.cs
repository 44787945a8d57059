namespace Companion.Simulation.World;

/// <summary>The coverage counters.</summary>
internal sealed class Statistics
{
    private readonly Dictionary<(string Topic, string Name), long> _counts = [];

    /// <summary>Everything that was counted.</summary>
    public IEnumerable<((string Topic, string Name) Key, long Count)> All =>
        _counts.OrderBy(static pair => pair.Key.Topic, StringComparer.Ordinal).ThenBy(static pair => pair.Key.Name, StringComparer.Ordinal)
            .Select(static pair => (pair.Key, pair.Value));

    /// <summary>Counts one.</summary>
    public void Count(string topic, string name, long more = 1) =>
        System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_counts, (topic, name), out _) += more;

    /// <summary>Adds the counts of another instance.</summary>
    public void Add(Statistics other)
    {
        foreach (var ((topic, name), count) in other._counts)
            Count(topic, name, count);
    }
}
