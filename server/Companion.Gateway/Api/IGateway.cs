using Companion.Gateway.Resources;

namespace Companion.Gateway.Api;

/// <summary>
/// The calls of the gateway that Companion needs. Every failure is a <see cref="GatewayException"/>, or an
/// <see cref="OperationCanceledException"/> where the caller's own token was cancelled. No change is ever sent twice.
/// </summary>
public interface IGateway
{
    /// <summary>Asks for a connection to a node pool. Returning means accepted, not connected: GET tells the state.</summary>
    /// <param name="cancellationToken">Stops waiting. The request may already have reached the gateway.</param>
    Task ConnectEnvironmentAsync(
        string accountId, string environmentId, GatewayConnectEnvironmentBody body, CancellationToken cancellationToken);

    /// <summary>Asks for a disconnect. Returning means accepted, not disconnected: GET tells the state.</summary>
    /// <param name="cancellationToken">Stops waiting. The request may already have reached the gateway.</param>
    Task DisconnectEnvironmentAsync(
        string accountId, string environmentId, GatewayDisconnectEnvironmentBody body, CancellationToken cancellationToken);

    /// <summary>Asks for one environment.</summary>
    Task<GatewayEnvironment> GetEnvironmentAsync(string accountId, string environmentId, CancellationToken cancellationToken);

    /// <summary>Every environment of an account, page by page as the gateway sends them: a page can be used until the next one is asked for.</summary>
    IAsyncEnumerable<GatewayEnvironmentPage> ListEnvironmentsAsync(string accountId, CancellationToken cancellationToken);

    /// <summary>Every node pool of an account, page by page as the gateway sends them.</summary>
    IAsyncEnumerable<IReadOnlyList<GatewayNodePool>> ListNodePoolsAsync(string accountId, CancellationToken cancellationToken);

    /// <summary>Asks for one node pool.</summary>
    Task<GatewayNodePool> GetNodePoolAsync(string accountId, string nodePoolId, CancellationToken cancellationToken);

    /// <summary>Asks how full a node pool is.</summary>
    Task<GatewayNodePoolStats> GetNodePoolStatsAsync(string accountId, string nodePoolId, CancellationToken cancellationToken);

    /// <summary>Which AWS IAM roles who of an account is allowed to assume, page by page as the gateway sends them.</summary>
    IAsyncEnumerable<IReadOnlyList<GatewayAwsIamRoleBinding>> ListAwsIamRoleBindingsAsync(string accountId, CancellationToken cancellationToken);

    /// <summary>Asks for one account.</summary>
    Task<GatewayAccount> GetAccountAsync(string accountId, CancellationToken cancellationToken);

    /// <summary>Every account that the key may see, page by page as the gateway sends them.</summary>
    IAsyncEnumerable<IReadOnlyList<GatewayAccount>> ListAccountsAsync(CancellationToken cancellationToken);

    /// <summary>Asks whose key this is. A bad key fails with UNAUTHENTICATED or PERMISSION_DENIED.</summary>
    Task<VerifiedApiKey> VerifyApiKeyAsync(CancellationToken cancellationToken);
}
