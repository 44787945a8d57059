using StreamJsonRpc;

namespace Companion.Protocol;

/// <summary>
/// The methods that a client calls. A method without a result is a notification. The server's targets, the proxy for .NET clients,
/// openrpc.json and the TypeScript types come from here.
/// </summary>
public interface ICompanionServer
{
    /// <summary>Opens the session. Only <c>exit</c> is heard before it; anything else is answered -32002.</summary>
    [JsonRpcMethod("initialize")]
    Task<InitializeResult> InitializeAsync(InitializeParams request, CancellationToken cancellationToken);

    /// <summary>The client has read the answer to <c>initialize</c>.</summary>
    [JsonRpcMethod("initialized")]
    void Initialized();

    /// <summary>
    /// Connects an environment to a node pool, or connects it anew with other parameters. The request to the gateway is sent once.
    /// Fails with a google.rpc.Code: 9 while another change is under way, 5 for an unknown environment, the environment's own
    /// status where the connection fails, 4 when the time is up, -32800 when cancelled; <c>data.outcome</c> says what is in effect.
    /// </summary>
    [JsonRpcMethod("connect")]
    Task<EnvironmentInfo> ConnectAsync(ConnectParams request, CancellationToken cancellationToken);

    /// <summary>
    /// Disconnects an environment from its node pool; the gateway takes a snapshot first. The request to the gateway is sent once.
    /// Fails like <c>connect</c>; an environment that settles CONNECTED again was not disconnected and is still paid for.
    /// </summary>
    [JsonRpcMethod("disconnect")]
    Task<EnvironmentInfo> DisconnectAsync(DisconnectParams request, CancellationToken cancellationToken);

    /// <summary>Lists the environments of an account: every page, with a <c>partialResultToken</c> one by one as they come.</summary>
    [JsonRpcMethod("listEnvironments")]
    Task<ListEnvironmentsResult> ListEnvironmentsAsync(ListEnvironmentsParams request, CancellationToken cancellationToken);

    /// <summary>Asks the gateway for one environment.</summary>
    [JsonRpcMethod("getEnvironment")]
    Task<EnvironmentInfo> GetEnvironmentAsync(GetEnvironmentParams request, CancellationToken cancellationToken);

    /// <summary>
    /// Lists the node pools of an account with what is free in them: every page, with a <c>partialResultToken</c> one by one as they
    /// come.
    /// </summary>
    [JsonRpcMethod("listNodePools")]
    Task<ListNodePoolsResult> ListNodePoolsAsync(ListNodePoolsParams request, CancellationToken cancellationToken);

    /// <summary>
    /// Lists the AWS IAM roles that the account's role bindings name. Fails with 7, 5 or 12 where the key may not read them or the
    /// gateway does not have them: a role can still be typed.
    /// </summary>
    [JsonRpcMethod("listRoles")]
    Task<ListRolesResult> ListRolesAsync(ListRolesParams request, CancellationToken cancellationToken);

    /// <summary>
    /// Watches some environments, or none; <c>environmentChanged</c> follows for each at once and after each change. Many of one account cost
    /// the gateway no more than its list.
    /// </summary>
    [JsonRpcMethod("watchEnvironments")]
    Task<Empty> WatchEnvironmentsAsync(WatchEnvironmentsParams request, CancellationToken cancellationToken);

    /// <summary>Checks an API key with the gateway and uses it from then on. A key that is refused changes nothing.</summary>
    [JsonRpcMethod("signIn")]
    Task<AccountInfo> SignInAsync(SignInParams request, CancellationToken cancellationToken);

    /// <summary>Forgets the key, whatever its source, until the next <c>signIn</c>. Nothing is watched any more.</summary>
    [JsonRpcMethod("signOut")]
    Task<Empty> SignOutAsync(CancellationToken cancellationToken);

    /// <summary>The account in use and where its key came from, or null where there is no key.</summary>
    [JsonRpcMethod("getAccount")]
    Task<AccountInfo?> GetAccountAsync(CancellationToken cancellationToken);

    /// <summary>Lists the accounts that a key reaches: every page. <c>signIn</c> takes one of them as <c>accountId</c>.</summary>
    [JsonRpcMethod("listAccounts")]
    Task<ListAccountsResult> ListAccountsAsync(ListAccountsParams request, CancellationToken cancellationToken);

    /// <summary>
    /// Walks the chain from this machine to the node pool, and says of each step whether it works. Nothing is changed; the key is sent
    /// to the gateway alone, and only after the way there has been found good without it.
    /// </summary>
    [JsonRpcMethod("diagnose")]
    Task<Diagnosis> DiagnoseAsync(DiagnoseParams request, CancellationToken cancellationToken);

    /// <summary>What the server has recorded of itself, for a report that a person may save. Needs no key, and asks nobody.</summary>
    [JsonRpcMethod("getReport")]
    Task<ReportInfo> GetReportAsync(CancellationToken cancellationToken);

    /// <summary>Changes how much the server logs: <c>verbose</c> adds each exchange with the gateway.</summary>
    [JsonRpcMethod("$/setTrace")]
    void SetTrace(SetTraceParams request);

    /// <summary>Ends the session; requests after it are answered -32600. A change under way at the gateway goes on there.</summary>
    [JsonRpcMethod("shutdown")]
    Task ShutdownAsync(CancellationToken cancellationToken);

    /// <summary>Ends the process: exit code 0 after <c>shutdown</c>, 1 without.</summary>
    [JsonRpcMethod("exit")]
    void Exit();
}
