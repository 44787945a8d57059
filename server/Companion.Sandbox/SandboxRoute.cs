namespace Companion.Sandbox;

/// <summary>The routes of the sandbox.</summary>
public enum SandboxRoute
{
    /// <summary>None of them.</summary>
    Unknown,

    /// <summary>GET /verifyApiKey.</summary>
    VerifyApiKey,

    /// <summary>GET /v1/accounts.</summary>
    ListAccounts,

    /// <summary>GET /v1/accounts/{a}.</summary>
    GetAccount,

    /// <summary>GET /v1/accounts/{a}/environments.</summary>
    ListEnvironments,

    /// <summary>GET /v1/accounts/{a}/environments/{e}.</summary>
    GetEnvironment,

    /// <summary>POST /v1/accounts/{a}/environments/{e}:connect.</summary>
    ConnectEnvironment,

    /// <summary>POST /v1/accounts/{a}/environments/{e}:disconnect.</summary>
    DisconnectEnvironment,

    /// <summary>GET /v1/accounts/{a}/nodePools.</summary>
    ListNodePools,

    /// <summary>GET /v1/accounts/{a}/nodePools/{p}.</summary>
    GetNodePool,

    /// <summary>GET /v1/accounts/{a}/nodePools/{p}:getStats.</summary>
    GetNodePoolStats,

    /// <summary>GET /v1/accounts/{a}/awsIamRoleBindings.</summary>
    ListAwsIamRoleBindings,
}

/// <summary>The parsed path of a request.</summary>
/// <param name="AccountId">The account's ID. Empty if the path has none.</param>
/// <param name="ResourceId">The environment's or node pool's ID. Empty if the path has none.</param>
internal sealed record SandboxTarget(
    SandboxRoute Route, string Method, string AccountId, string ResourceId, IReadOnlyDictionary<string, string> Query)
{
    private static readonly (SandboxRoute Route, string AccountId, string ResourceId) NoMatch = (SandboxRoute.Unknown, "", "");

    /// <summary>Parses a path.</summary>
    /// <param name="pathAndQuery">The escaped path and query.</param>
    public static SandboxTarget Parse(string pathAndQuery)
    {
        var parts = pathAndQuery.Split('?', 2);
        var (route, accountId, resourceId) = Match(parts[0].Split('/', StringSplitOptions.None)[1..]);
        var method = route is SandboxRoute.ConnectEnvironment or SandboxRoute.DisconnectEnvironment ? "POST" : "GET";
        return new SandboxTarget(
            route, method, Uri.UnescapeDataString(accountId), Uri.UnescapeDataString(resourceId), ParseQuery(parts.ElementAtOrDefault(1)));
    }

    private static (SandboxRoute Route, string AccountId, string ResourceId) Match(string[] segments) => segments switch
    {
        ["verifyApiKey"] => (SandboxRoute.VerifyApiKey, "", ""),
        ["v1", "accounts"] => (SandboxRoute.ListAccounts, "", ""),
        ["v1", "accounts", { Length: > 0 } a] => (SandboxRoute.GetAccount, a, ""),
        ["v1", "accounts", { Length: > 0 } a, "environments"] => (SandboxRoute.ListEnvironments, a, ""),
        ["v1", "accounts", { Length: > 0 } a, "nodePools"] => (SandboxRoute.ListNodePools, a, ""),
        ["v1", "accounts", { Length: > 0 } a, "awsIamRoleBindings"] => (SandboxRoute.ListAwsIamRoleBindings, a, ""),
        ["v1", "accounts", { Length: > 0 } a, "environments", { Length: > 0 } e] => e.Split(':') switch
        {
            [var id] => (SandboxRoute.GetEnvironment, a, id),
            [var id, "connect"] => (SandboxRoute.ConnectEnvironment, a, id),
            [var id, "disconnect"] => (SandboxRoute.DisconnectEnvironment, a, id),
            _ => NoMatch,
        },
        ["v1", "accounts", { Length: > 0 } a, "nodePools", { Length: > 0 } p] => p.Split(':') switch
        {
            [var id] => (SandboxRoute.GetNodePool, a, id),
            [var id, "getStats"] => (SandboxRoute.GetNodePoolStats, a, id),
            _ => NoMatch,
        },
        _ => NoMatch,
    };

    private static Dictionary<string, string> ParseQuery(string? query)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in (query ?? "").Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            parameters[Uri.UnescapeDataString(parts[0])] = Uri.UnescapeDataString(parts.ElementAtOrDefault(1) ?? "");
        }

        return parameters;
    }
}
