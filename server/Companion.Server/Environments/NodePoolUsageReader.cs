using Companion.Gateway.Api;
using Companion.Protocol;
using Companion.Server.Pacing;

namespace Companion.Server.Environments;

/// <summary>
/// Reads the usage of node pools that someone looks at in a list. This is a convenience, so it's sent only if it delays no other request.
/// </summary>
/// <param name="gateway">Asks only once.</param>
internal sealed class NodePoolUsageReader(IGateway gateway, RequestRateLimiter rateLimiter)
{
    /// <summary>Reads the usage of a node pool.</summary>
    /// <param name="maxNodeCount">The node pool's maximum number of nodes, or null if it isn't known.</param>
    public async Task<NodePoolUsage> GetAsync(string accountId, string nodePoolId, int? maxNodeCount, CancellationToken cancellationToken)
    {
        rateLimiter.Prioritize(RequestPriority.Poll, TimeSpan.Zero);
        return ResourceMapper.Of(await gateway.GetNodePoolStatsAsync(accountId, nodePoolId, cancellationToken).ConfigureAwait(false), maxNodeCount);
    }
}
