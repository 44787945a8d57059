using Companion.Gateway.Resources;

namespace Companion.Gateway.Api;

/// <summary>
/// The gateway's calls that Companion needs. They fail with a <see cref="GatewayException"/>, or with an <see cref="OperationCanceledException"/>
/// if the caller's token was canceled. A change is never sent twice.
/// </summary>
public interface IGateway
{
    /// <summary>Requests a connection to a node pool. On return, the request was accepted, but the environment isn't connected yet.</summary>
    /// <param name="cancellationToken">Stops waiting. The request may already have reached the gateway.</param>
    Task ConnectEnvironmentAsync(
        string accountId, string environmentId, GatewayConnectEnvironmentBody body, CancellationToken cancellationToken);

    /// <summary>Requests a disconnect. On return, the request was accepted, but the environment isn't disconnected yet.</summary>
    /// <param name="cancellationToken">Stops waiting. The request may already have reached the gateway.</param>
    Task DisconnectEnvironmentAsync(
        string accountId, string environmentId, GatewayDisconnectEnvironmentBody body, CancellationToken cancellationToken);

    /// <summary>Reads an environment.</summary>
    Task<GatewayEnvironment> GetEnvironmentAsync(string accountId, string environmentId, CancellationToken cancellationToken);

    /// <summary>Reads all environments of an account, one page at a time. A page can be used until the next one is requested.</summary>
    IAsyncEnumerable<GatewayEnvironmentPage> ListEnvironmentsAsync(string accountId, CancellationToken cancellationToken);

    /// <summary>Reads all node pools of an account, one page at a time.</summary>
    IAsyncEnumerable<IReadOnlyList<GatewayNodePool>> ListNodePoolsAsync(string accountId, CancellationToken cancellationToken);

    /// <summary>Reads a node pool.</summary>
    Task<GatewayNodePool> GetNodePoolAsync(string accountId, string nodePoolId, CancellationToken cancellationToken);

    /// <summary>Reads the usage of a node pool.</summary>
    Task<GatewayNodePoolStats> GetNodePoolStatsAsync(string accountId, string nodePoolId, CancellationToken cancellationToken);

    /// <summary>Reads which users of an account can assume which AWS IAM roles, one page at a time.</summary>
    IAsyncEnumerable<IReadOnlyList<GatewayAwsIamRoleBinding>> ListAwsIamRoleBindingsAsync(string accountId, CancellationToken cancellationToken);

    /// <summary>Reads an account.</summary>
    Task<GatewayAccount> GetAccountAsync(string accountId, CancellationToken cancellationToken);

    /// <summary>Reads all accounts that the key can access, one page at a time.</summary>
    IAsyncEnumerable<IReadOnlyList<GatewayAccount>> ListAccountsAsync(CancellationToken cancellationToken);

    /// <summary>Returns who a key belongs to. An invalid key fails with UNAUTHENTICATED or PERMISSION_DENIED.</summary>
    Task<VerifiedApiKey> VerifyApiKeyAsync(CancellationToken cancellationToken);
}
