using Companion.Protocol;

namespace Companion.Server.Planning;

/// <summary>How much room a node pool has for an environment. Null if unknown.</summary>
/// <param name="Free">The ranks that it can use now.</param>
/// <param name="Ceiling">The ranks that it can use after the node pool has scaled up.</param>
internal sealed record NodePoolRoom(int? Free, int? Ceiling)
{
    /// <summary>The room for an environment. If it's connected to this node pool, a reconnect frees its own ranks.</summary>
    public static NodePoolRoom For(EnvironmentInfo environment, NodePoolInfo nodePool)
    {
        var own = OwnRanks(environment, nodePool.NodePoolId);
        return new NodePoolRoom(Sum(nodePool.FreeRanks, own), Sum(nodePool.CeilingRanks, own));
    }

    /// <summary>True if it has no room for this many ranks, even after scaling up.</summary>
    public bool IsExceededBy(int numRanks) => Ceiling < numRanks;

    /// <summary>True if it has room for this many ranks only after scaling up.</summary>
    public bool NeedsScaleUpFor(int numRanks) => Free < numRanks && !IsExceededBy(numRanks);

    /// <summary>The ranks that a reconnect to this node pool would free.</summary>
    public static int OwnRanks(EnvironmentInfo environment, string nodePoolId) =>
        environment is { State: EnvironmentStates.Connected, Connection: { } there } && there.NodePoolId == nodePoolId ? there.NumRanks ?? 1 : 0;

    private static int? Sum(int? ranks, int own) => ranks is { } known ? (int)Math.Min((long)known + own, int.MaxValue) : null;
}
