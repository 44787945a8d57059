using System.Runtime.CompilerServices;
using Companion.Gateway;
using Companion.Gateway.Api;
using Companion.Gateway.Resources;
using Companion.Protocol;
using Companion.Protocol.Constraints;
using Companion.Server.Changes;
using Companion.Server.Pacing;

namespace Companion.Server.Environments;

/// <summary>Lists an account's resources.</summary>
internal sealed class EnvironmentCatalog(IGateway gateway, WholeListReader listReader)
{
    /// <summary>Called with the environments of each page.</summary>
    public Action<IReadOnlyList<EnvironmentInfo>> EnvironmentsSeen { get; init; } = static _ => { };

    /// <summary>Called with the account and the node pools of each read.</summary>
    public Action<string, IReadOnlyList<NodePoolInfo>> NodePoolsSeen { get; init; } = static (_, _) => { };

    /// <summary>Every environment of an account.</summary>
    public Task<IReadOnlyList<EnvironmentInfo>> ListEnvironmentsAsync(string accountId, CancellationToken cancellationToken) =>
        ReadWholeAsync(ListEnvironmentPagesAsync(accountId, cancellationToken), cancellationToken);

    /// <summary>Every environment of an account, page by page.</summary>
    public async IAsyncEnumerable<IReadOnlyList<EnvironmentInfo>> ListEnvironmentPagesAsync(
        string accountId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in gateway.ListEnvironmentsAsync(accountId, cancellationToken).ConfigureAwait(false))
        {
            IReadOnlyList<EnvironmentInfo> environments =
                [.. page.Environments.Select(e => ResourceMapper.Of(e, new EnvironmentKey(accountId, e.EnvironmentId), page.ReceivedAt))];
            EnvironmentsSeen(environments);
            yield return environments;
        }
    }

    /// <summary>Every node pool of an account, with its usage if the gateway's list includes it.</summary>
    public Task<IReadOnlyList<NodePoolInfo>> ListNodePoolsAsync(string accountId, CancellationToken cancellationToken) =>
        ReadWholeAsync(ListNodePoolPagesAsync(accountId, cancellationToken), cancellationToken);

    /// <summary>Every node pool of an account, page by page.</summary>
    public async IAsyncEnumerable<IReadOnlyList<NodePoolInfo>> ListNodePoolPagesAsync(
        string accountId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in gateway.ListNodePoolsAsync(accountId, cancellationToken).ConfigureAwait(false))
        {
            IReadOnlyList<NodePoolInfo> nodePools = [.. page.Select(static pool => ResourceMapper.Of(pool, pool.NodePoolStats))];
            NodePoolsSeen(accountId, nodePools);
            yield return nodePools;
        }
    }

    /// <summary>A node pool, with its usage if the gateway reports it, or null if the gateway reports that it doesn't exist.</summary>
    public async Task<NodePoolInfo?> FindNodePoolAsync(string accountId, string nodePoolId, CancellationToken cancellationToken)
    {
        try
        {
            var pool = await gateway.GetNodePoolAsync(accountId, nodePoolId, cancellationToken).ConfigureAwait(false);
            var described = await DescribeAsync(accountId, pool, cancellationToken).ConfigureAwait(false);
            NodePoolsSeen(accountId, [described]);
            return described;
        }
        catch (GatewayException fault) when (RetryRules.IsGone(fault))
        {
            return null;
        }
    }

    /// <summary>Every role in the account's role bindings that <c>connect</c> accepts, without duplicates.</summary>
    public async Task<IReadOnlyList<RoleInfo>> ListRolesAsync(string accountId, CancellationToken cancellationToken)
    {
        var bindings = new List<GatewayAwsIamRoleBinding>();
        await listReader.ReadAsync(
            gateway.ListAwsIamRoleBindingsAsync(accountId, cancellationToken),
            page => bindings.AddRange(page.Where(static binding => RoleArnConverter.IsRoleArn(binding.Role))),
            cancellationToken).ConfigureAwait(false);
        return [.. bindings.GroupBy(static binding => binding.Role, StringComparer.Ordinal).Select(ResourceMapper.Of)];
    }

    private async Task<IReadOnlyList<T>> ReadWholeAsync<T>(IAsyncEnumerable<IReadOnlyList<T>> pages, CancellationToken cancellationToken)
    {
        var all = new List<T>();
        await listReader.ReadAsync(pages, all.AddRange, cancellationToken).ConfigureAwait(false);
        return all;
    }

    private async Task<NodePoolInfo> DescribeAsync(string accountId, GatewayNodePool pool, CancellationToken cancellationToken)
    {
        try
        {
            var stats = pool.NodePoolStats ?? await gateway.GetNodePoolStatsAsync(accountId, pool.NodePoolId, cancellationToken).ConfigureAwait(false);
            return ResourceMapper.Of(pool, stats);
        }
        catch (GatewayException)
        {
            return ResourceMapper.Of(pool, stats: null); // show the pool even without its figures
        }
    }
}
