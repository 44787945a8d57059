using System.Globalization;
using System.Text.Json;
using Companion.Gateway;
using Companion.Gateway.Resources;

namespace Companion.Sandbox;

/// <summary>Implements the sandbox's calls.</summary>
internal sealed class SandboxCalls
{
    private const int DefaultPageSize = 50;
    private const int PageSizeLimit = 200;

    private readonly List<SandboxAccount> _accounts;

    /// <summary>Creates the calls for some accounts.</summary>
    public SandboxCalls(List<SandboxAccount> accounts, SandboxOptions options)
    {
        _accounts = accounts;
        Options = options;
    }

    /// <summary>How long operations take.</summary>
    public SandboxOptions Options { get; set; }

    /// <summary>Handles a request.</summary>
    /// <param name="key">The key's permissions. Null if the key is missing or invalid.</param>
    public SandboxResponse Handle(SandboxRequest request, SandboxTarget target, SandboxKey? key, DateTimeOffset now)
    {
        try
        {
            if (target.Route == SandboxRoute.Unknown)
                throw SandboxRejection.NotFound("Not Found");
            if (request.Method != target.Method)
                throw new SandboxRejection(501, GoogleRpcCode.Unimplemented, "Method Not Allowed");
            if (key is null)
                throw new SandboxRejection(401, GoogleRpcCode.Unauthenticated, "the API key is missing or invalid");
            return target.Route switch
            {
                SandboxRoute.VerifyApiKey => Verified(key),
                SandboxRoute.ListAccounts => Ok(List(target, "accounts", _accounts.FindAll(a => key.CanAccess(a.Id)), SandboxWriter.Account)),
                _ => Ok(InAccount(request, target, Account(target, key), now)),
            };
        }
        catch (SandboxRejection refusal)
        {
            return new SandboxResponse { Status = refusal.HttpStatus, Body = SandboxWriter.Error(refusal.Code, refusal.Message) };
        }
    }

    private static SandboxResponse Ok(string body) => new() { Body = body };

    private static SandboxResponse Verified(SandboxKey key)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["x-fireworks-developer-email"] = key.Email };
        if (key.IncludesAccount)
            headers["x-fireworks-account-id"] = key.AccountIds[0];
        return new SandboxResponse { Headers = headers };
    }

    private SandboxAccount Account(SandboxTarget target, SandboxKey key)
    {
        if (!key.CanAccess(target.AccountId))
            throw new SandboxRejection(403, GoogleRpcCode.PermissionDenied, $"the API key may not use account {target.AccountId}");
        var account = _accounts.Find(a => a.Id == target.AccountId) ?? throw SandboxRejection.NotFound("account not found");
        return account.SuspendState == SandboxAccount.Unsuspended || target.Route == SandboxRoute.GetAccount
            ? account
            : throw new SandboxRejection(412, GoogleRpcCode.FailedPrecondition, $"account {account.Id} is suspended: {account.SuspendState}");
    }

    private string InAccount(SandboxRequest request, SandboxTarget target, SandboxAccount account, DateTimeOffset now)
    {
        if (!Options.HoldsChanges)
            account.Advance(now);
        var environments = account.Existing();
        switch (target.Route)
        {
            case SandboxRoute.GetAccount:
                return SandboxWriter.Json(json => SandboxWriter.Account(json, account));
            case SandboxRoute.ListEnvironments:
                return List(target, "environments", environments, (json, e) => SandboxWriter.Environment(json, account.Id, e));
            case SandboxRoute.ListNodePools:
                return List(target, "nodePools", account.NodePools, (json, p) => WritePool(json, account, p));
            case SandboxRoute.ListAwsIamRoleBindings:
                return List(target, "awsIamRoleBindings", account.RoleBindings ?? throw NotReadable(), SandboxWriter.RoleBinding);
            case SandboxRoute.GetNodePool:
                return SandboxWriter.Json(json => WritePool(json, account, NodePool(account, target.ResourceId)));
            case SandboxRoute.GetNodePoolStats:
                return SandboxWriter.Json(json => WriteStats(json, account, NodePool(account, target.ResourceId)));
        }

        var environment = environments.Find(e => e.Id == target.ResourceId)
            ?? throw SandboxRejection.NotFound($"environment {target.ResourceId} not found");
        switch (target.Route)
        {
            case SandboxRoute.ConnectEnvironment:
                Connect(account, environment, SandboxBodies.Connect(request.Body), now);
                return "{}";
            case SandboxRoute.DisconnectEnvironment:
                Disconnect(environment, SandboxBodies.Disconnect(request.Body), now);
                return "{}";
            default:
                return SandboxWriter.Json(json => SandboxWriter.Environment(json, account.Id, environment));
        }
    }

    private void Connect(SandboxAccount account, SandboxEnvironment environment, SandboxConnection connection, DateTimeOffset now)
    {
        switch (environment.State)
        {
            case GatewayStates.Connecting or GatewayStates.Reconnecting:
                throw SandboxRejection.Precondition($"environment {environment.Id} has a pending connection");
            case not (GatewayStates.Disconnected or GatewayStates.Connected):
                throw SandboxRejection.Precondition($"environment {environment.Id} is {environment.State}");
        }

        var pool = NodePool(account, connection.NodePoolId);
        if (pool.State != SandboxNodePool.Ready)
        {
            throw SandboxRejection.Precondition(
                $"node pool {pool.Id} is {pool.State}: {GoogleRpcCodes.Name(pool.Status.Code)}, {pool.Status.Message}");
        }

        var fits = pool.Fits(connection.NumRanks, account.EnvironmentRanks(pool.Id, except: environment));
        var failure = fits
            ? null
            : new SandboxStatus(
                GoogleRpcCode.ResourceExhausted,
                string.Create(CultureInfo.InvariantCulture, $"node pool {pool.Id} has no capacity for {connection.NumRanks} ranks"));
        environment.BeginConnect(connection, pool.Zone, failure, now, Options.ConnectDuration);
    }

    private void Disconnect(SandboxEnvironment environment, (bool Force, bool ResetSnapshots) body, DateTimeOffset now)
    {
        if (environment.State != GatewayStates.Connected)
            throw SandboxRejection.Precondition($"environment {environment.Id} is not connected to a node pool: it is {environment.State}");
        environment.BeginDisconnect(body.Force, now, Options.DisconnectDuration * (body.ResetSnapshots ? 2 : 1));
    }

    private static SandboxRejection NotReadable() =>
        new(403, GoogleRpcCode.PermissionDenied, "the API key may not list AWS IAM role bindings");

    private static SandboxNodePool NodePool(SandboxAccount account, string id) =>
        account.NodePools.FirstOrDefault(p => p.Id == id) ?? throw SandboxRejection.NotFound($"node pool {id} not found");

    private static void WritePool(Utf8JsonWriter json, SandboxAccount account, SandboxNodePool pool) =>
        SandboxWriter.NodePool(json, account.Id, pool, CountIn(account, pool), account.EnvironmentRanks(pool.Id));

    private static void WriteStats(Utf8JsonWriter json, SandboxAccount account, SandboxNodePool pool) =>
        SandboxWriter.NodePoolStats(json, pool, CountIn(account, pool), account.EnvironmentRanks(pool.Id));

    private static int CountIn(SandboxAccount account, SandboxNodePool pool) =>
        account.Environments.Count(environment => environment.RanksIn(pool.Id) > 0);

    private string List<T>(SandboxTarget target, string name, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> members)
    {
        var size = DefaultPageSize;
        if (target.Query.TryGetValue("pageSize", out var wanted)
            && !(int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out size) && size <= PageSizeLimit))
        {
            throw new SandboxRejection(400, GoogleRpcCode.InvalidArgument, "pageSize must be an integer from 0 to 200");
        }

        return SandboxWriter.Page(
            name, items, Offset(target, items.Count), Math.Min(size == 0 ? DefaultPageSize : size, Options.MaxPageSize), members);
    }

    private static int Offset(SandboxTarget target, int count)
    {
        var token = target.Query.GetValueOrDefault("pageToken", "");
        if (token.Length == 0)
            return 0;
        return token.StartsWith("page/", StringComparison.Ordinal) && token.EndsWith('=')
            && int.TryParse(token.AsSpan(5, token.Length - 6), NumberStyles.None, CultureInfo.InvariantCulture, out var offset)
            && offset < count
            ? offset
            : throw new SandboxRejection(400, GoogleRpcCode.InvalidArgument, "pageToken is invalid");
    }
}
