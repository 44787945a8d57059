using Companion.Gateway;
using Companion.Gateway.Resources;
using Companion.Protocol;
using Companion.Server.Changes;

namespace Companion.Server.Environments;

/// <summary>Maps the gateway's resources to the protocol's records.</summary>
internal static class ResourceMapper
{
    public static EnvironmentInfo Of(GatewayEnvironment environment, EnvironmentKey key, DateTimeOffset observedAt) => new()
    {
        AccountId = key.AccountId,
        EnvironmentId = key.EnvironmentId,
        DisplayName = environment.DisplayName,
        State = environment.State,
        Status = Of(environment.Status),
        Connection = environment.Connection is not { } connection ? null : new ConnectionInfo
        {
            NodePoolId = connection.NodePoolId,
            NumRanks = connection.NumRanks,
            Role = connection.Role,
            Zone = connection.Zone,
            UseLocalStorage = connection.UseLocalStorage ? true : null,
        },
        CreatedBy = environment.CreatedBy,
        Shared = environment.Shared ? true : null,
        UpdateTime = environment.UpdateTime,
        ObservedAt = observedAt,
    };

    public static NodePoolInfo Of(GatewayNodePool pool, GatewayNodePoolStats? stats)
    {
        var usage = Of(stats, pool.MaxNodeCount);
        return new NodePoolInfo
        {
            NodePoolId = pool.NodePoolId,
            DisplayName = pool.DisplayName,
            State = pool.State,
            Status = Of(pool.Status),
            InstanceType = pool.EksNodePool?.InstanceType,
            Spot = pool.EksNodePool is { Spot: true } ? true : null,
            Zone = pool.EksNodePool?.Zone,
            MaxNodeCount = pool.MaxNodeCount,
            NodeCount = usage.NodeCount,
            RanksPerNode = usage.RanksPerNode,
            FreeRanks = usage.FreeRanks,
            CeilingRanks = usage.CeilingRanks,
        };
    }

    public static NodePoolUsage Of(GatewayNodePoolStats? stats, int? maxNodeCount)
    {
        var capacity = NodePoolCapacity.Of(maxNodeCount ?? 0, stats);
        return new NodePoolUsage
        {
            NodeCount = stats?.NodeCount,
            RanksPerNode = stats is { RanksPerNode: > 0 } ? stats.RanksPerNode : null,
            FreeRanks = capacity?.FreeRanks,
            CeilingRanks = maxNodeCount is null ? null : capacity?.CeilingRanks,
        };
    }

    public static RoleInfo Of(IGrouping<string, GatewayAwsIamRoleBinding> bindings) => new()
    {
        Role = bindings.Key,
        Principal = bindings.Select(static binding => binding.Principal).Distinct(StringComparer.Ordinal).ToList() is [var only] ? only : null,
    };

    private static StatusInfo? Of(GatewayStatus? status) =>
        status is null ? null : new StatusInfo { Code = GoogleRpcCodes.Name(status.Code), Message = status.Message };
}
