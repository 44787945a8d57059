using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;

namespace Companion.Gateway;

/// <summary>The gateway over HTTP. Safe for concurrent use.</summary>
public sealed class GatewayClient : IGateway
{
    private readonly GatewayTransport _transport;

    /// <summary>A client of one gateway.</summary>
    /// <param name="http">The HTTP client, best from <see cref="GatewayHttp.CreateClient"/>. Not disposed here.</param>
    /// <param name="url">The gateway's base URL.</param>
    /// <param name="apiKey">Gives the API key, once for each request; null where there is none: then nothing is sent.</param>
    /// <param name="time">Measures timeouts: 30 s for a GET, 60 s for a POST.</param>
    /// <param name="logger">Is told of each call: Debug for an answer, Information for a failure.</param>
    /// <param name="gate">Passed by each request before it is sent; null for none.</param>
    /// <param name="buffers">Room for the answers, shared by all clients of a process; null for room of its own.</param>
    public GatewayClient(
        HttpClient http, GatewayUrl url, Func<string?> apiKey, TimeProvider time, ILogger logger, IRequestGate? gate = null, AnswerBuffers? buffers = null) =>
        _transport = new GatewayTransport(http, url, apiKey, time, logger, gate, buffers ?? new AnswerBuffers());

    /// <inheritdoc/>
    public Task ConnectEnvironmentAsync(
        string accountId, string environmentId, GatewayConnectEnvironmentBody body, CancellationToken cancellationToken) =>
        PostAsync(
            GatewayRoutes.ConnectEnvironment(accountId, environmentId),
            JsonSerializer.SerializeToUtf8Bytes(body, GatewayBodyJson.Wire.GatewayConnectEnvironmentBody), cancellationToken);

    /// <inheritdoc/>
    public Task DisconnectEnvironmentAsync(
        string accountId, string environmentId, GatewayDisconnectEnvironmentBody body, CancellationToken cancellationToken) =>
        PostAsync(
            GatewayRoutes.DisconnectEnvironment(accountId, environmentId),
            JsonSerializer.SerializeToUtf8Bytes(body, GatewayBodyJson.Wire.GatewayDisconnectEnvironmentBody), cancellationToken);

    /// <inheritdoc/>
    public async Task<GatewayEnvironment> GetEnvironmentAsync(
        string accountId, string environmentId, CancellationToken cancellationToken)
    {
        var call = GatewayRoutes.GetEnvironment(accountId, environmentId);
        using var answer = await _transport.SendAsync(call, cancellationToken).ConfigureAwait(false);
        return AnswerReader.ReadEnvironment(call, answer);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<GatewayEnvironmentPage> ListEnvironmentsAsync(string accountId, CancellationToken cancellationToken) =>
        new EnvironmentList(_transport, accountId).ReadAsync(cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<IReadOnlyList<GatewayNodePool>> ListNodePoolsAsync(string accountId, CancellationToken cancellationToken) =>
        ListAsync<GatewayNodePool, NodePoolPage>(
            () => GatewayRoutes.ListNodePools(accountId), GatewayAnswerJson.Default.NodePoolPage, static pool => pool.Name, cancellationToken);

    /// <inheritdoc/>
    public async Task<GatewayNodePool> GetNodePoolAsync(string accountId, string nodePoolId, CancellationToken cancellationToken)
    {
        var call = GatewayRoutes.GetNodePool(accountId, nodePoolId);
        using var answer = await _transport.SendAsync(call, cancellationToken).ConfigureAwait(false);
        return AnswerReader.ReadResource(call, answer, GatewayAnswerJson.Default.GatewayNodePool, static pool => pool.Name);
    }

    /// <inheritdoc/>
    public async Task<GatewayNodePoolStats> GetNodePoolStatsAsync(
        string accountId, string nodePoolId, CancellationToken cancellationToken)
    {
        var call = GatewayRoutes.GetNodePoolStats(accountId, nodePoolId);
        using var answer = await _transport.SendAsync(call, cancellationToken).ConfigureAwait(false);
        return AnswerReader.Read(call, answer, GatewayAnswerJson.Default.GatewayNodePoolStats, out _);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<IReadOnlyList<GatewayAwsIamRoleBinding>> ListAwsIamRoleBindingsAsync(
        string accountId, CancellationToken cancellationToken) =>
        ListAsync<GatewayAwsIamRoleBinding, AwsIamRoleBindingPage>(
            () => GatewayRoutes.ListAwsIamRoleBindings(accountId), GatewayAnswerJson.Default.AwsIamRoleBindingPage, name: null, cancellationToken);

    /// <inheritdoc/>
    public async Task<GatewayAccount> GetAccountAsync(string accountId, CancellationToken cancellationToken)
    {
        var call = GatewayRoutes.GetAccount(accountId);
        using var answer = await _transport.SendAsync(call, cancellationToken).ConfigureAwait(false);
        return AnswerReader.ReadResource(call, answer, GatewayAnswerJson.Default.GatewayAccount, static account => account.Name);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<IReadOnlyList<GatewayAccount>> ListAccountsAsync(CancellationToken cancellationToken) =>
        ListAsync<GatewayAccount, AccountPage>(
            GatewayRoutes.ListAccounts, GatewayAnswerJson.Default.AccountPage, static account => account.Name, cancellationToken);

    /// <inheritdoc/>
    public async Task<VerifiedApiKey> VerifyApiKeyAsync(CancellationToken cancellationToken)
    {
        var call = GatewayRoutes.VerifyApiKey();
        using var answer = await _transport.SendAsync(call, cancellationToken).ConfigureAwait(false);

        // The body is empty. A page in its place is a portal's or a proxy's, which would find every key good.
        AnswerReader.RequireEmptyOrObject(call, answer);
        return new VerifiedApiKey(answer.Header("x-fireworks-account-id"), answer.Header("x-fireworks-developer-email"));
    }

    private async Task PostAsync(GatewayCall route, byte[] json, CancellationToken cancellationToken)
    {
        var call = route with { Json = json };
        using var answer = await _transport.SendAsync(call, cancellationToken).ConfigureAwait(false);
        AnswerReader.RequireEmptyOrObject(call, answer);
    }

    private async IAsyncEnumerable<IReadOnlyList<T>> ListAsync<T, TPage>(
        Func<GatewayCall> route, JsonTypeInfo<TPage> type, Func<T, string?>? name, [EnumeratorCancellation] CancellationToken cancellationToken)
        where TPage : class, IPage<T>
    {
        var pages = new PageSequence(route());
        while (pages.Next is { } call)
        {
            IReadOnlyList<T> items;
            using (var answer = await _transport.SendAsync(call, cancellationToken).ConfigureAwait(false))
            {
                var page = AnswerReader.ReadPage<T, TPage>(call, answer, type, out var tokens);
                pages.Read(answer, tokens, page.NextPageToken);
                items = [.. (page.Items ?? []).OfType<T>().Where(item => name is null || pages.IsNew(answer, Encoding.UTF8.GetBytes(name(item) ?? "")))];
            }

            if (items.Count > 0)
                yield return items;
        }
    }
}
