using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;

namespace Companion.Gateway;

/// <summary>The gateway over HTTP. Safe for concurrent use.</summary>
public sealed class GatewayClient : IGateway
{
    private const int PageSize = 200;
    private const int MaxPages = 250;
    private const int MaxPageTokenLength = 8 * 1024; // what fits in a URL

    private readonly GatewayTransport _transport;

    /// <summary>A client of one gateway.</summary>
    /// <param name="http">The HTTP client, best from <see cref="GatewayHttp.CreateClient"/>. Not disposed here.</param>
    /// <param name="url">The gateway's base URL.</param>
    /// <param name="apiKey">Gives the API key, once for each request; null where there is none: then nothing is sent.</param>
    /// <param name="time">Measures timeouts: 30 s for a GET, 60 s for a POST.</param>
    /// <param name="logger">Is told of each call: Debug for an answer, Information for a failure.</param>
    /// <param name="gate">Passed by each request before it is sent; null for none.</param>
    public GatewayClient(
        HttpClient http, GatewayUrl url, Func<string?> apiKey, TimeProvider time, ILogger logger, IRequestGate? gate = null) =>
        _transport = new GatewayTransport(http, url, apiKey, time, logger, gate);

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
        var environment = await GetAsync(
            GatewayRoutes.GetEnvironment(accountId, environmentId), GatewayAnswerJson.Default.GatewayEnvironment, cancellationToken)
            .ConfigureAwait(false);
        return environment.EnvironmentId.Length > 0 ? environment : environment with { Name = environmentId };
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<IReadOnlyList<GatewayEnvironment>> ListEnvironmentsAsync(string accountId, CancellationToken cancellationToken) =>
        ListAsync<GatewayEnvironment, EnvironmentPage>(
            () => GatewayRoutes.ListEnvironments(accountId), GatewayAnswerJson.Default.EnvironmentPage, e => e.EnvironmentId, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<IReadOnlyList<GatewayNodePool>> ListNodePoolsAsync(string accountId, CancellationToken cancellationToken) =>
        ListAsync<GatewayNodePool, NodePoolPage>(
            () => GatewayRoutes.ListNodePools(accountId), GatewayAnswerJson.Default.NodePoolPage, p => p.NodePoolId, cancellationToken);

    /// <inheritdoc/>
    public async Task<GatewayNodePool> GetNodePoolAsync(string accountId, string nodePoolId, CancellationToken cancellationToken)
    {
        var pool = await GetAsync(
            GatewayRoutes.GetNodePool(accountId, nodePoolId), GatewayAnswerJson.Default.GatewayNodePool, cancellationToken)
            .ConfigureAwait(false);
        return pool.NodePoolId.Length > 0 ? pool : pool with { Name = nodePoolId };
    }

    /// <inheritdoc/>
    public async Task<GatewayNodePoolStats> GetNodePoolStatsAsync(
        string accountId, string nodePoolId, CancellationToken cancellationToken) =>
        await GetAsync(
            GatewayRoutes.GetNodePoolStats(accountId, nodePoolId), GatewayAnswerJson.Default.GatewayNodePoolStats, cancellationToken)
            .ConfigureAwait(false);

    /// <inheritdoc/>
    public IAsyncEnumerable<IReadOnlyList<GatewayAwsIamRoleBinding>> ListAwsIamRoleBindingsAsync(
        string accountId, CancellationToken cancellationToken) =>
        ListAsync<GatewayAwsIamRoleBinding, AwsIamRoleBindingPage>(
            () => GatewayRoutes.ListAwsIamRoleBindings(accountId), GatewayAnswerJson.Default.AwsIamRoleBindingPage, b => b.Role, cancellationToken);

    /// <inheritdoc/>
    public async Task<GatewayAccount> GetAccountAsync(string accountId, CancellationToken cancellationToken)
    {
        var account = await GetAsync(
            GatewayRoutes.GetAccount(accountId), GatewayAnswerJson.Default.GatewayAccount, cancellationToken).ConfigureAwait(false);
        return account.AccountId.Length > 0 ? account : account with { Name = accountId };
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<IReadOnlyList<GatewayAccount>> ListAccountsAsync(CancellationToken cancellationToken) =>
        ListAsync<GatewayAccount, AccountPage>(
            GatewayRoutes.ListAccounts, GatewayAnswerJson.Default.AccountPage, a => a.AccountId, cancellationToken);

    /// <inheritdoc/>
    public async Task<VerifiedApiKey> VerifyApiKeyAsync(CancellationToken cancellationToken)
    {
        var call = GatewayRoutes.VerifyApiKey();
        var answer = await _transport.SendAsync(call, cancellationToken).ConfigureAwait(false);

        // The body is empty. A page in its place is a portal's or a proxy's, which would find every key good.
        RequireEmptyOrObject(call, answer);
        return new VerifiedApiKey(Header(answer, "x-fireworks-account-id"), Header(answer, "x-fireworks-developer-email"));
    }

    private async Task PostAsync(GatewayCall route, byte[] json, CancellationToken cancellationToken)
    {
        var call = route with { Json = json };
        RequireEmptyOrObject(call, await _transport.SendAsync(call, cancellationToken).ConfigureAwait(false));
    }

    private async Task<T> GetAsync<T>(GatewayCall call, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class =>
        Read(call, await _transport.SendAsync(call, cancellationToken).ConfigureAwait(false), type);

    private async IAsyncEnumerable<IReadOnlyList<T>> ListAsync<T, TPage>(
        Func<GatewayCall> route, JsonTypeInfo<TPage> type, Func<T, string> id, [EnumeratorCancellation] CancellationToken cancellationToken)
        where TPage : class, IPage<T>
    {
        var first = route();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var (bytes, tokens) = (0, 0);
        string? pageToken = null;
        do
        {
            var call = first with { PathAndQuery = GatewayRoutes.Page(first.PathAndQuery, PageSize, pageToken) };
            var answer = await _transport.SendAsync(call, cancellationToken).ConfigureAwait(false);
            var page = Read(call, answer, type);
            bytes += answer.Body.Length;
            tokens += AnswerShape.CountTokens(answer.Body.Span);
            if (bytes > AnswerShape.MaxListBytes || tokens > AnswerShape.MaxListTokens)
                throw TransportFaults.BadAnswer(call, answer.HttpStatus, "The gateway's list is larger than any that Companion reads.");

            // What has no id can be neither shown nor used.
            var items = (page.Items ?? []).OfType<T>().Where(item => id(item).Length > 0).ToList();
            if (items.Count > 0)
                yield return items;

            pageToken = page.NextPageToken;
            if (!string.IsNullOrEmpty(pageToken)
                && (pageToken.Length > MaxPageTokenLength || !seen.Add(pageToken) || seen.Count >= MaxPages))
                throw TransportFaults.BadAnswer(call, answer.HttpStatus, "The gateway's list does not end.");
        }
        while (!string.IsNullOrEmpty(pageToken));
    }

    private static void RequireEmptyOrObject(GatewayCall call, GatewayAnswer answer)
    {
        if (answer.Body.Span.ContainsAnyExcept(" \t\r\n"u8))
            _ = Read(call, answer, GatewayAnswerJson.Default.EmptyAnswer);
    }

    private static T Read<T>(GatewayCall call, GatewayAnswer answer, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            if (AnswerShape.CountTokens(answer.Body.Span) > AnswerShape.MaxTokens)
                throw TransportFaults.BadAnswer(call, answer.HttpStatus, "The gateway's answer has more in it than any that Companion reads.");
            var value = JsonSerializer.Deserialize(answer.Body.Span, type)
                ?? throw TransportFaults.BadAnswer(call, answer.HttpStatus, "The gateway's answer is empty.");
            (value as IAnswer)?.SetAskedAt(answer.SentAt);
            return value;
        }
        catch (JsonException)
        {
            // Without the platform's words, which repeat parts of the answer.
            throw TransportFaults.BadAnswer(call, answer.HttpStatus, "The gateway's answer is not the JSON that was asked for.");
        }
    }

    private static string? Header(GatewayAnswer answer, string name) =>
        answer.Headers.NonValidated.TryGetValues(name, out var values) && values.FirstOrDefault()?.Trim() is { Length: > 0 } value
            ? value
            : null;
}
