using Companion.Gateway.Api;
using Companion.Gateway.Resources;

namespace Companion.Simulation.Mutants;

/// <summary>A gateway that passes everything through, unless overridden.</summary>
internal abstract class GatewayDecorator(IGateway inner) : IGateway
{
    public virtual Task ConnectEnvironmentAsync(
        string accountId, string environmentId, GatewayConnectEnvironmentBody body, CancellationToken cancellationToken) =>
        ChangeAsync(
            accountId, environmentId, token => inner.ConnectEnvironmentAsync(accountId, environmentId, body, token), cancellationToken);

    public virtual Task DisconnectEnvironmentAsync(
        string accountId, string environmentId, GatewayDisconnectEnvironmentBody body, CancellationToken cancellationToken) =>
        ChangeAsync(
            accountId, environmentId, token => inner.DisconnectEnvironmentAsync(accountId, environmentId, body, token), cancellationToken);

    public virtual Task<GatewayEnvironment> GetEnvironmentAsync(
        string accountId, string environmentId, CancellationToken cancellationToken) =>
        inner.GetEnvironmentAsync(accountId, environmentId, cancellationToken);

    public IAsyncEnumerable<GatewayEnvironmentPage> ListEnvironmentsAsync(string accountId, CancellationToken cancellationToken) =>
        inner.ListEnvironmentsAsync(accountId, cancellationToken);

    public IAsyncEnumerable<IReadOnlyList<GatewayNodePool>> ListNodePoolsAsync(string accountId, CancellationToken cancellationToken) =>
        inner.ListNodePoolsAsync(accountId, cancellationToken);

    public Task<GatewayNodePool> GetNodePoolAsync(string accountId, string nodePoolId, CancellationToken cancellationToken) =>
        inner.GetNodePoolAsync(accountId, nodePoolId, cancellationToken);

    public virtual Task<GatewayNodePoolStats> GetNodePoolStatsAsync(string accountId, string nodePoolId, CancellationToken cancellationToken) =>
        inner.GetNodePoolStatsAsync(accountId, nodePoolId, cancellationToken);

    public IAsyncEnumerable<IReadOnlyList<GatewayAwsIamRoleBinding>> ListAwsIamRoleBindingsAsync(
        string accountId, CancellationToken cancellationToken) =>
        inner.ListAwsIamRoleBindingsAsync(accountId, cancellationToken);

    public Task<GatewayAccount> GetAccountAsync(string accountId, CancellationToken cancellationToken) =>
        inner.GetAccountAsync(accountId, cancellationToken);

    public IAsyncEnumerable<IReadOnlyList<GatewayAccount>> ListAccountsAsync(CancellationToken cancellationToken) =>
        inner.ListAccountsAsync(cancellationToken);

    public Task<VerifiedApiKey> VerifyApiKeyAsync(CancellationToken cancellationToken) => inner.VerifyApiKeyAsync(cancellationToken);

    /// <summary>A connect or a disconnect.</summary>
    protected virtual Task ChangeAsync(
        string accountId, string environmentId, Func<CancellationToken, Task> send, CancellationToken cancellationToken) =>
        send(cancellationToken);
}
