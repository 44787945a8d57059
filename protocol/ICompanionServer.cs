using StreamJsonRpc;

namespace Companion.Protocol;

/// <summary>
/// The methods that a client can call. A method without a result is a notification. The server's targets, the proxy for .NET clients,
/// openrpc.json, and the TypeScript types are generated from this interface. A method that only reads has a name with get, list, or plan,
/// and no other method does: a client can repeat it if the server is lost.
/// </summary>
#pragma warning disable StreamJsonRpc0008 // a shape would be needed only for calls without a generated proxy
[JsonRpcContract]
public partial interface ICompanionServer
{
    /// <summary>Opens the session. Before that, only <c>exit</c> is accepted; all other requests get error -32002.</summary>
    [JsonRpcMethod("initialize")]
    Task<InitializeResult> InitializeAsync(InitializeParams request, CancellationToken cancellationToken);

    /// <summary>The client has received the result of <c>initialize</c>.</summary>
    [JsonRpcMethod("initialized")]
    void Initialized();

    /// <summary>
    /// Reads what a connect depends on, and returns whether to connect at once, to ask the user first, or to choose another connection.
    /// Nothing is changed.
    /// </summary>
    [JsonRpcMethod("planConnect")]
    Task<ConnectPlan> PlanConnectAsync(PlanConnectParams request, CancellationToken cancellationToken);

    /// <summary>
    /// Connects an environment to a node pool, or reconnects it with other parameters. The request to the gateway is sent once. Fails with
    /// a google.rpc.Code: 9 while another change is in progress, 5 for an unknown environment, the environment's own status if the
    /// connection fails, 4 if the time limit passes, -32800 if canceled. <c>data.outcome</c> is what's in effect.
    /// </summary>
    [JsonRpcMethod("connect")]
    Task<EnvironmentInfo> ConnectAsync(ConnectParams request, CancellationToken cancellationToken);

    /// <summary>
    /// Disconnects an environment from its node pool. The gateway takes a snapshot first. The request to the gateway is sent once. Fails
    /// like <c>connect</c>. If the environment returns to CONNECTED, it wasn't disconnected and still incurs charges.
    /// </summary>
    [JsonRpcMethod("disconnect")]
    Task<EnvironmentInfo> DisconnectAsync(DisconnectParams request, CancellationToken cancellationToken);

    /// <summary>
    /// Sets, extends, or clears the end of the current connection. Setting one reads the environment, and fails with 9 if it isn't connected,
    /// if it's being disconnected because its end has come, or if the end can't be stored. Clearing needs no gateway if the environment is
    /// already known. Nothing is sent that changes the environment.
    /// </summary>
    [JsonRpcMethod("setLease")]
    Task<EnvironmentInfo> SetLeaseAsync(SetLeaseParams request, CancellationToken cancellationToken);

    /// <summary>Lists the environments in an account: all pages, or one at a time with a <c>partialResultToken</c>.</summary>
    [JsonRpcMethod("listEnvironments")]
    Task<ListEnvironmentsResult> ListEnvironmentsAsync(ListEnvironmentsParams request, CancellationToken cancellationToken);

    /// <summary>Reads one environment from the gateway.</summary>
    [JsonRpcMethod("getEnvironment")]
    Task<EnvironmentInfo> GetEnvironmentAsync(GetEnvironmentParams request, CancellationToken cancellationToken);

    /// <summary>
    /// Lists the node pools in an account: all pages, or one at a time with a <c>partialResultToken</c>. The usage is included only if the
    /// gateway's list includes it. Otherwise, call <c>getNodePoolUsage</c> for the ones that matter.
    /// </summary>
    [JsonRpcMethod("listNodePools")]
    Task<ListNodePoolsResult> ListNodePoolsAsync(ListNodePoolsParams request, CancellationToken cancellationToken);

    /// <summary>
    /// Reads the usage of a node pool with one request to the gateway. It's sent only once, and only if it delays no other request.
    /// Otherwise, fails with 8.
    /// </summary>
    [JsonRpcMethod("getNodePoolUsage")]
    Task<NodePoolUsage> GetNodePoolUsageAsync(GetNodePoolUsageParams request, CancellationToken cancellationToken);

    /// <summary>
    /// Lists the AWS IAM roles in the account's role bindings. Fails with 7, 5, or 12 if the key may not read them or the gateway doesn't
    /// support them. You can still enter a role.
    /// </summary>
    [JsonRpcMethod("listRoles")]
    Task<ListRolesResult> ListRolesAsync(ListRolesParams request, CancellationToken cancellationToken);

    /// <summary>
    /// Watches some environments, or none. <c>environmentChanged</c> follows for each one at once and after each change. Watching many
    /// environments of one account costs no more requests than listing them.
    /// </summary>
    [JsonRpcMethod("watchEnvironments")]
    Task<Empty> WatchEnvironmentsAsync(WatchEnvironmentsParams request, CancellationToken cancellationToken);

    /// <summary>Checks an API key with the gateway and uses it from then on. If the key is rejected, nothing changes.</summary>
    [JsonRpcMethod("signIn")]
    Task<AccountInfo> SignInAsync(SignInParams request, CancellationToken cancellationToken);

    /// <summary>Forgets the key, whatever its source, until the next <c>signIn</c>. Stops watching.</summary>
    [JsonRpcMethod("signOut")]
    Task<Empty> SignOutAsync(CancellationToken cancellationToken);

    /// <summary>The account in use and the source of its key, or null if there is no key.</summary>
    [JsonRpcMethod("getAccount")]
    Task<AccountInfo?> GetAccountAsync(CancellationToken cancellationToken);

    /// <summary>Lists all accounts that a key can access. <c>signIn</c> takes one of them as <c>accountId</c>.</summary>
    [JsonRpcMethod("listAccounts")]
    Task<ListAccountsResult> ListAccountsAsync(ListAccountsParams request, CancellationToken cancellationToken);

    /// <summary>
    /// How long environments were connected, from the history that this machine keeps of what its processes observed. Sends no requests, except
    /// to determine the account in use.
    /// </summary>
    [JsonRpcMethod("getUsage")]
    Task<UsageInfo> GetUsageAsync(GetUsageParams request, CancellationToken cancellationToken);

    /// <summary>Deletes the history of all accounts of this gateway. What's connected now is recorded again from its next observation on.</summary>
    [JsonRpcMethod("clearUsage")]
    Task<Empty> ClearUsageAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Checks every step from this machine to the node pool. Nothing is changed. The key is sent only to the gateway, and only after the
    /// network path has been checked without it.
    /// </summary>
    [JsonRpcMethod("diagnose")]
    Task<Diagnosis> DiagnoseAsync(DiagnoseParams request, CancellationToken cancellationToken);

    /// <summary>
    /// The server's recorded events and settings, for a report that the user can save. Needs no key and sends no requests.
    /// </summary>
    [JsonRpcMethod("getReport")]
    Task<ReportInfo> GetReportAsync(CancellationToken cancellationToken);

    /// <summary>Changes how much the server logs. <c>verbose</c> adds every exchange with the gateway.</summary>
    [JsonRpcMethod("$/setTrace")]
    void SetTrace(SetTraceParams request);

    /// <summary>Ends the session. Later requests get error -32600. A change in progress continues at the gateway.</summary>
    [JsonRpcMethod("shutdown")]
    Task ShutdownAsync(CancellationToken cancellationToken);

    /// <summary>Ends the process with exit code 0 after <c>shutdown</c>, otherwise 1.</summary>
    [JsonRpcMethod("exit")]
    void Exit();
}
