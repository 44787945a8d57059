using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Companion.Gateway.Network;
using Companion.Gateway.Resources;
using Microsoft.Extensions.Logging;

namespace Companion.Gateway.Api;

/// <summary>Calls the gateway over HTTP. Safe for concurrent use.</summary>
public sealed class GatewayClient : IGateway
{
    private const int MaxBytes = 2 * 1024 * 1024; // each item becomes an object, which is several times as large
    private const int MaxBytesOfEnvironments = 8 * 1024 * 1024;

    private readonly GatewayTransport _transport;
    private readonly IReadRetry _retry;
    private readonly FifoSemaphore _lists;

    /// <summary>Creates a client of a gateway.</summary>
    /// <param name="http">The HTTP client, preferably from <see cref="GatewayHttp.CreateClient"/>. Not disposed here.</param>
    /// <param name="apiKey">Returns the API key for each request. If it returns null, nothing is sent.</param>
    /// <param name="time">Measures timeouts: 30 s for a GET, 60 s for a POST.</param>
    /// <param name="logger">Logs each response at Debug and each failure at Information.</param>
    /// <param name="gate">Each request passes it before it's sent. Null for none.</param>
    /// <param name="buffers">Limits on responses and lists, shared by all clients of a process. Null for the client's own.</param>
    /// <param name="retry">Retries reads. Null to try only once.</param>
    public GatewayClient(
        HttpClient http, GatewayUrl url, Func<string?> apiKey, TimeProvider time, ILogger logger, IRequestGate? gate = null, ResponseBuffers? buffers = null,
        IReadRetry? retry = null)
    {
        buffers ??= new ResponseBuffers();
        _transport = new GatewayTransport(http, url, apiKey, time, logger, gate, buffers);
        _lists = buffers.Lists;
        _retry = retry ?? new NoRetry();
    }

    /// <inheritdoc/>
    public Task ConnectEnvironmentAsync(
        string accountId, string environmentId, GatewayConnectEnvironmentBody body, CancellationToken cancellationToken) =>
        PostAsync(
            GatewayRoutes.ConnectEnvironment(accountId, environmentId),
            JsonSerializer.SerializeToUtf8Bytes(body, GatewayRequestJson.Wire.GatewayConnectEnvironmentBody), cancellationToken);

    /// <inheritdoc/>
    public Task DisconnectEnvironmentAsync(
        string accountId, string environmentId, GatewayDisconnectEnvironmentBody body, CancellationToken cancellationToken) =>
        PostAsync(
            GatewayRoutes.DisconnectEnvironment(accountId, environmentId),
            JsonSerializer.SerializeToUtf8Bytes(body, GatewayRequestJson.Wire.GatewayDisconnectEnvironmentBody), cancellationToken);

    /// <inheritdoc/>
    public Task<GatewayEnvironment> GetEnvironmentAsync(string accountId, string environmentId, CancellationToken cancellationToken) =>
        GetAsync(
            GatewayRoutes.GetEnvironment(accountId, environmentId),
            static (call, response) =>
                ResponseReader.ReadResource(call, response, GatewayResponseJson.Default.GatewayEnvironment, static environment => environment.Name) with
                {
                    RequestedAt = response.SentAt,
                },
            cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<GatewayEnvironmentPage> ListEnvironmentsAsync(
        string accountId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pages = List(
            GatewayRoutes.ListEnvironments(accountId), MaxBytesOfEnvironments, GatewayResponseJson.Default.EnvironmentPage,
            static (GatewayEnvironment environment) => environment.Name);
        await foreach (var page in pages.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            foreach (var environment in page.Items)
                environment.RequestedAt = page.SentAt;
            yield return new GatewayEnvironmentPage(page.Items, page.ReceivedAt);
        }
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<IReadOnlyList<GatewayNodePool>> ListNodePoolsAsync(string accountId, CancellationToken cancellationToken) =>
        ListAsync<GatewayNodePool, NodePoolPage>(
            () => GatewayRoutes.ListNodePools(accountId), GatewayResponseJson.Default.NodePoolPage, static pool => pool.Name, cancellationToken);

    /// <inheritdoc/>
    public Task<GatewayNodePool> GetNodePoolAsync(string accountId, string nodePoolId, CancellationToken cancellationToken) => GetAsync(
        GatewayRoutes.GetNodePool(accountId, nodePoolId),
        static (call, response) => ResponseReader.ReadResource(call, response, GatewayResponseJson.Default.GatewayNodePool, static pool => pool.Name),
        cancellationToken);

    /// <inheritdoc/>
    public Task<GatewayNodePoolStats> GetNodePoolStatsAsync(string accountId, string nodePoolId, CancellationToken cancellationToken) => GetAsync(
        GatewayRoutes.GetNodePoolStats(accountId, nodePoolId),
        static (call, response) => ResponseReader.Read(call, response, GatewayResponseJson.Default.GatewayNodePoolStats, out _),
        cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<IReadOnlyList<GatewayAwsIamRoleBinding>> ListAwsIamRoleBindingsAsync(
        string accountId, CancellationToken cancellationToken) =>
        ListAsync<GatewayAwsIamRoleBinding, AwsIamRoleBindingPage>(
            () => GatewayRoutes.ListAwsIamRoleBindings(accountId), GatewayResponseJson.Default.AwsIamRoleBindingPage, name: null, cancellationToken);

    /// <inheritdoc/>
    public Task<GatewayAccount> GetAccountAsync(string accountId, CancellationToken cancellationToken) => GetAsync(
        GatewayRoutes.GetAccount(accountId),
        static (call, response) => ResponseReader.ReadResource(call, response, GatewayResponseJson.Default.GatewayAccount, static account => account.Name),
        cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<IReadOnlyList<GatewayAccount>> ListAccountsAsync(CancellationToken cancellationToken) =>
        ListAsync<GatewayAccount, AccountPage>(
            GatewayRoutes.ListAccounts, GatewayResponseJson.Default.AccountPage, static account => account.Name, cancellationToken);

    /// <inheritdoc/>
    public Task<VerifiedApiKey> VerifyApiKeyAsync(CancellationToken cancellationToken) => GetAsync(
        GatewayRoutes.VerifyApiKey(),
        static (call, response) =>
        {
            // The body is empty. If it's a web page, it's from a portal or a proxy, which would make every key look valid.
            ResponseReader.RequireEmptyOrObject(call, response);
            return new VerifiedApiKey(response.Header("x-fireworks-account-id"), response.Header("x-fireworks-developer-email"));
        },
        cancellationToken);

    private async Task PostAsync(GatewayCall route, byte[] json, CancellationToken cancellationToken)
    {
        var call = route with { Json = json };
        using var response = await _transport.SendAsync(call, cancellationToken).ConfigureAwait(false);
        ResponseReader.RequireEmptyOrObject(call, response);
    }

    private Task<T> GetAsync<T>(GatewayCall call, Func<GatewayCall, GatewayResponse, T> read, CancellationToken cancellationToken)
        where T : class => _retry.ExecuteAsync(
        async token =>
        {
            using var response = await _transport.SendAsync(call, token).ConfigureAwait(false);
            return read(call, response);
        },
        cancellationToken);

    private PagedList<T, TPage> List<T, TPage>(GatewayCall list, int maxBytes, JsonTypeInfo<TPage> type, Func<T, string?>? name)
        where TPage : class, IPage<T> => new(_transport, _retry, _lists, list, maxBytes, type, name);

    private async IAsyncEnumerable<IReadOnlyList<T>> ListAsync<T, TPage>(
        Func<GatewayCall> route, JsonTypeInfo<TPage> type, Func<T, string?>? name, [EnumeratorCancellation] CancellationToken cancellationToken)
        where TPage : class, IPage<T>
    {
        await foreach (var page in List(route(), MaxBytes, type, name).ReadAsync(cancellationToken).ConfigureAwait(false))
            yield return page.Items;
    }

    /// <summary>Reads once.</summary>
    private sealed class NoRetry : IReadRetry
    {
        public Task<T> ExecuteAsync<T>(Func<CancellationToken, Task<T>> read, CancellationToken cancellationToken)
            where T : class => read(cancellationToken);
    }
}
