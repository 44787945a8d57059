using Companion.Gateway;
using Companion.Protocol;
using Companion.Server.Changes;

namespace Companion.Server.Environments;

/// <summary>Lists what an account has.</summary>
/// <param name="gateway">The gateway.</param>
/// <param name="time">The clock.</param>
internal sealed class EnvironmentCatalog(IGateway gateway, TimeProvider time)
{
    private const int StatisticsAtOnce = 8;

    /// <summary>Every environment of an account.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<EnvironmentInfo>> ListEnvironmentsAsync(string accountId, CancellationToken cancellationToken)
    {
        var environments = new List<EnvironmentInfo>();
        await foreach (var environment in gateway.ListEnvironmentsAsync(accountId, cancellationToken).ConfigureAwait(false))
        {
            var key = new EnvironmentKey(accountId, environment.EnvironmentId);
            environments.Add(Descriptions.Of(environment, key, time.GetUtcNow()));
        }

        return environments;
    }

    /// <summary>Every node pool of an account, with what is free in it where the gateway says so.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<NodePoolInfo>> ListNodePoolsAsync(string accountId, CancellationToken cancellationToken)
    {
        using var places = new SemaphoreSlim(StatisticsAtOnce);
        var described = new List<Task<NodePoolInfo>>();
        await foreach (var pool in gateway.ListNodePoolsAsync(accountId, cancellationToken).ConfigureAwait(false))
            described.Add(DescribeAsync(accountId, pool, places, cancellationToken));
        return await Task.WhenAll(described).ConfigureAwait(false);
    }

    private async Task<NodePoolInfo> DescribeAsync(
        string accountId, GatewayNodePool pool, SemaphoreSlim places, CancellationToken cancellationToken)
    {
        if (pool.NodePoolStats is { } known)
            return Descriptions.Of(pool, known);
        await places.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var stats = await gateway.GetNodePoolStatsAsync(accountId, pool.NodePoolId, cancellationToken).ConfigureAwait(false);
            return Descriptions.Of(pool, stats);
        }
        catch (GatewayException)
        {
            return Descriptions.Of(pool, stats: null); // the pool is worth showing without its figures
        }
        finally
        {
            places.Release();
        }
    }
}
