using System.Runtime.CompilerServices;
using Companion.Gateway;
using Companion.Protocol;
using Companion.Protocol.Constraints;

namespace Companion.Server.Environments;

/// <summary>Lists what an account has.</summary>
/// <param name="gateway">The gateway.</param>
/// <param name="whole">Reads what is not told in parts.</param>
internal sealed class EnvironmentCatalog(IGateway gateway, WholeLists whole)
{
    private const int StatisticsAtOnce = 8;

    /// <summary>Every environment of an account, as JSON for the client.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<WrittenEnvironments> ListEnvironmentsAsync(string accountId, CancellationToken cancellationToken)
    {
        using var writer = new EnvironmentsWriter(accountId);
        await whole.ReadAsync(gateway.ListEnvironmentsAsync(accountId, cancellationToken), writer.Add, cancellationToken).ConfigureAwait(false);
        return writer.End();
    }

    /// <summary>The same, page by page.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async IAsyncEnumerable<WrittenEnvironments> ListEnvironmentPagesAsync(
        string accountId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in gateway.ListEnvironmentsAsync(accountId, cancellationToken).ConfigureAwait(false))
        {
            using var writer = new EnvironmentsWriter(accountId);
            writer.Add(page);
            yield return writer.End();
        }
    }

    /// <summary>Every node pool of an account, with what is free in each where the gateway says so.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<NodePoolInfo>> ListNodePoolsAsync(string accountId, CancellationToken cancellationToken)
    {
        var pools = new List<NodePoolInfo>();
        await whole.ReadAsync(ListNodePoolPagesAsync(accountId, cancellationToken), pools.AddRange, cancellationToken).ConfigureAwait(false);
        return pools;
    }

    /// <summary>The same, page by page.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async IAsyncEnumerable<IReadOnlyList<NodePoolInfo>> ListNodePoolPagesAsync(
        string accountId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var places = new SemaphoreSlim(StatisticsAtOnce);
        await foreach (var page in gateway.ListNodePoolsAsync(accountId, cancellationToken).ConfigureAwait(false))
            yield return await Task.WhenAll(page.Select(pool => DescribeAsync(accountId, pool, places, cancellationToken))).ConfigureAwait(false);
    }

    /// <summary>Every role that the account's role bindings name and <c>connect</c> takes, each once.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<RoleInfo>> ListRolesAsync(string accountId, CancellationToken cancellationToken)
    {
        var bindings = new List<GatewayAwsIamRoleBinding>();
        await whole.ReadAsync(
            gateway.ListAwsIamRoleBindingsAsync(accountId, cancellationToken),
            page => bindings.AddRange(page.Where(static binding => RoleArnConverter.IsRoleArn(binding.Role))),
            cancellationToken).ConfigureAwait(false);
        return [.. bindings.GroupBy(static binding => binding.Role, StringComparer.Ordinal).Select(Descriptions.Of)];
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
