using System.Globalization;

namespace Companion.Gateway.Api;

/// <summary>The gateway's routes. This is the only place that checks and escapes IDs.</summary>
internal static class GatewayRoutes
{
    public static GatewayCall ConnectEnvironment(string accountId, string environmentId) =>
        Environment(nameof(ConnectEnvironment), accountId, environmentId, ":connect");

    public static GatewayCall DisconnectEnvironment(string accountId, string environmentId) =>
        Environment(nameof(DisconnectEnvironment), accountId, environmentId, ":disconnect");

    public static GatewayCall GetEnvironment(string accountId, string environmentId) =>
        Environment(nameof(GetEnvironment), accountId, environmentId, "");

    public static GatewayCall ListEnvironments(string accountId) => Account(nameof(ListEnvironments), accountId, "/environments");

    public static GatewayCall ListNodePools(string accountId) => Account(nameof(ListNodePools), accountId, "/nodePools");

    public static GatewayCall GetNodePool(string accountId, string nodePoolId) =>
        NodePool(nameof(GetNodePool), accountId, nodePoolId, "");

    public static GatewayCall GetNodePoolStats(string accountId, string nodePoolId) =>
        NodePool(nameof(GetNodePoolStats), accountId, nodePoolId, ":getStats");

    public static GatewayCall ListAwsIamRoleBindings(string accountId) => Account(nameof(ListAwsIamRoleBindings), accountId, "/awsIamRoleBindings");

    public static GatewayCall GetAccount(string accountId) => Account(nameof(GetAccount), accountId, "") with { ResourceId = accountId };

    public static GatewayCall ListAccounts() => new(nameof(ListAccounts), "/v1/accounts");

    public static GatewayCall VerifyApiKey() => new(nameof(VerifyApiKey), "/verifyApiKey");

    /// <summary>Returns the path of a page of a list.</summary>
    /// <param name="pageToken">Null for the first page.</param>
    public static string Page(string path, int pageSize, string? pageToken) =>
        string.Create(CultureInfo.InvariantCulture, $"{path}?pageSize={pageSize}")
        + (pageToken is null ? "" : $"&pageToken={Uri.EscapeDataString(pageToken)}");

    private static GatewayCall Environment(string call, string accountId, string environmentId, string method) =>
        Account(call, accountId, $"/environments/{Segment(call, "environment ID", environmentId)}{method}") with { ResourceId = environmentId };

    private static GatewayCall NodePool(string call, string accountId, string nodePoolId, string method) =>
        Account(call, accountId, $"/nodePools/{Segment(call, "node pool ID", nodePoolId)}{method}") with { ResourceId = nodePoolId };

    private static GatewayCall Account(string call, string accountId, string rest) =>
        new(call, $"/v1/accounts/{Segment(call, "account ID", accountId)}{rest}") { AccountId = accountId };

    private static string Segment(string call, string what, string id) =>
        ResourceName.IsPlainSegment(id)
            ? Uri.EscapeDataString(id)
            : throw new GatewayException(GoogleRpcCode.InvalidArgument, FaultKind.NotSent, $"The {what} isn't valid.")
            {
                Call = call,
                NotSentReason = NotSentReason.InvalidId,
            };
}
