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
    /// <summary>Every environment of an account.</summary>
    public Task<IReadOnlyList<EnvironmentInfo>> ListEnvironmentsAsync(string accountId, CancellationToken cancellationToken) =>
        ReadWholeAsync(ListEnvironmentPagesAsync(accountId, cancellationToken), cancellationToken);

    /// <summary>Every environment of an account, page by page.</summary>
    public async IAsyncEnumerable<IReadOnlyList<EnvironmentInfo>> ListEnvironmentPagesAsync(
        string accountId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in gateway.ListEnvironmentsAsync(accountId, cancellationToken).ConfigureAwait(false))
            yield return [.. page.Environments.Select(e => ResourceMapper.Of(e, new EnvironmentKey(accountId, e.EnvironmentId), page.ReceivedAt))];
    }

    /// <summary>Every node pool of an account, with its usage if the gateway's list includes it.</summary>
    public Task<IReadOnlyList<NodePoolInfo>> ListNodePoolsAsync(string accountId, CancellationToken cancellationToken) =>
        ReadWholeAsync(ListNodePoolPagesAsync(accountId, cancellationToken), cancellationToken);

    /// <summary>Every node pool of an account, page by page.</summary>
    public async IAsyncEnumerable<IReadOnlyList<NodePoolInfo>> ListNodePoolPagesAsync(
        string accountId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in gateway.ListNodePoolsAsync(accountId, cancellationToken).ConfigureAwait(false))
            yield return [.. page.Select(static pool => ResourceMapper.Of(pool, pool.NodePoolStats))];
    }

    /// <summary>A node pool, with its usage if the gateway reports it, or null if the gateway reports that it doesn't exist.</summary>
    public async Task<NodePoolInfo?> FindNodePoolAsync(string accountId, string nodePoolId, CancellationToken cancellationToken)
    {
        try
        {
            var pool = await gateway.GetNodePoolAsync(accountId, nodePoolId, cancellationToken).ConfigureAwait(false);
            return await DescribeAsync(accountId, pool, cancellationToken).ConfigureAwait(false);
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
