using System.Collections.Concurrent;
using Companion.Protocol;

namespace Companion.Server.Usage;

/// <summary>The instance types of the node pools that this process has read.</summary>
internal sealed class InstanceTypes
{
    private readonly ConcurrentDictionary<string, string> _known = new(StringComparer.Ordinal);

    /// <summary>The instance type of a node pool, or null if it isn't known.</summary>
    public string? Of(string accountId, string nodePoolId) => _known.GetValueOrDefault(NameOf(accountId, nodePoolId));

    /// <summary>Handles node pools that were read.</summary>
    public void Seen(string accountId, IEnumerable<NodePoolInfo> nodePools)
    {
        foreach (var pool in nodePools)
        {
            if (pool.InstanceType is { } type)
                _known[NameOf(accountId, pool.NodePoolId)] = type;
        }
    }

    private static string NameOf(string accountId, string nodePoolId) => $"{accountId}/{nodePoolId}";
}
