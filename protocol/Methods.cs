namespace Companion.Protocol;

/// <summary>
/// Every method of the protocol with its types. A type's metadata is built when it is first read or written.
/// </summary>
public static class Methods
{
    private static ProtocolJson Json => ProtocolJson.Default;

    /// <summary>Opens the session. Only <c>exit</c> is heard before it; anything else is answered -32002.</summary>
    public static RequestType<InitializeParams, InitializeResult> Initialize =>
        new("initialize", static () => Json.InitializeParams, static () => Json.InitializeResult);

    /// <summary>The client has read the answer to <c>initialize</c>.</summary>
    public static NotificationType<Empty> Initialized => new("initialized", Direction.ClientToServer, static () => Json.Empty);

    /// <summary>Ends the session; requests after it are answered -32600. A change under way at the gateway goes on there.</summary>
    public static RequestType<Empty, Empty?> Shutdown => new("shutdown", static () => Json.Empty, static () => Json.Empty!, ResultMayBeNull: true);

    /// <summary>Ends the process: exit code 0 after <c>shutdown</c>, 1 without.</summary>
    public static NotificationType<Empty> Exit => new("exit", Direction.ClientToServer, static () => Json.Empty);

    /// <summary>Changes how much the server logs: <c>verbose</c> adds each exchange with the gateway.</summary>
    public static NotificationType<SetTraceParams> SetTrace => new("$/setTrace", Direction.ClientToServer, static () => Json.SetTraceParams);

    /// <summary>
    /// Connects an environment to a node pool, or connects it anew with other parameters. The request to the gateway is sent once.
    /// Fails with a google.rpc.Code: 9 while another change is under way, 5 for an unknown environment, the environment's own
    /// status where the connection fails, 4 when the time is up, -32800 when cancelled; <c>data.outcome</c> says what is in effect.
    /// </summary>
    public static RequestType<ConnectParams, EnvironmentInfo> Connect => new("connect", static () => Json.ConnectParams, static () => Json.EnvironmentInfo);

    /// <summary>
    /// Disconnects an environment from its node pool; the gateway takes a snapshot first. The request to the gateway is sent once.
    /// Fails like <c>connect</c>; an environment that settles CONNECTED again was not disconnected and is still paid for.
    /// </summary>
    public static RequestType<DisconnectParams, EnvironmentInfo> Disconnect =>
        new("disconnect", static () => Json.DisconnectParams, static () => Json.EnvironmentInfo);

    /// <summary>Lists the environments of an account: every page, with a <c>partialResultToken</c> one by one as they come.</summary>
    public static RequestType<ListEnvironmentsParams, ListEnvironmentsResult> ListEnvironments =>
        new("listEnvironments", static () => Json.ListEnvironmentsParams, static () => Json.ListEnvironmentsResult);

    /// <summary>Asks the gateway for one environment.</summary>
    public static RequestType<GetEnvironmentParams, EnvironmentInfo> GetEnvironment =>
        new("getEnvironment", static () => Json.GetEnvironmentParams, static () => Json.EnvironmentInfo);

    /// <summary>
    /// Lists the node pools of an account with what is free in them: every page, with a <c>partialResultToken</c> one by one as they
    /// come.
    /// </summary>
    public static RequestType<ListNodePoolsParams, ListNodePoolsResult> ListNodePools =>
        new("listNodePools", static () => Json.ListNodePoolsParams, static () => Json.ListNodePoolsResult);

    /// <summary>
    /// Lists the AWS IAM roles that the account's role bindings name. Fails with 7, 5 or 12 where the key may not read them or the
    /// gateway does not have them: a role can still be typed.
    /// </summary>
    public static RequestType<ListRolesParams, ListRolesResult> ListRoles => new("listRoles", static () => Json.ListRolesParams, static () => Json.ListRolesResult);

    /// <summary>
    /// Watches some environments, or none; <c>environmentChanged</c> follows for each at once and after each change. Many of one account cost
    /// the gateway no more than its list.
    /// </summary>
    public static RequestType<WatchEnvironmentsParams, Empty> WatchEnvironments =>
        new("watchEnvironments", static () => Json.WatchEnvironmentsParams, static () => Json.Empty);

    /// <summary>Checks an API key with the gateway and uses it from then on. A key that is refused changes nothing.</summary>
    public static RequestType<SignInParams, AccountInfo> SignIn => new("signIn", static () => Json.SignInParams, static () => Json.AccountInfo);

    /// <summary>Forgets the key, whatever its source, until the next <c>signIn</c>. Nothing is watched any more.</summary>
    public static RequestType<Empty, Empty> SignOut => new("signOut", static () => Json.Empty, static () => Json.Empty);

    /// <summary>The account in use and where its key came from, or null where there is no key.</summary>
    public static RequestType<Empty, AccountInfo?> GetAccount => new("getAccount", static () => Json.Empty, static () => Json.AccountInfo!, ResultMayBeNull: true);

    /// <summary>Lists the accounts that a key reaches: every page. <c>signIn</c> takes one of them as <c>accountId</c>.</summary>
    public static RequestType<ListAccountsParams, ListAccountsResult> ListAccounts =>
        new("listAccounts", static () => Json.ListAccountsParams, static () => Json.ListAccountsResult);

    /// <summary>
    /// Walks the chain from this machine to the node pool, and says of each step whether it works. Nothing is changed; the key is sent
    /// to the gateway alone, and only after the way there has been found good without it.
    /// </summary>
    public static RequestType<DiagnoseParams, Diagnosis> Diagnose => new("diagnose", static () => Json.DiagnoseParams, static () => Json.Diagnosis);

    /// <summary>What the server has recorded of itself, for a report that a person may save. Needs no key, and asks nobody.</summary>
    public static RequestType<Empty, ReportInfo> GetReport => new("getReport", static () => Json.Empty, static () => Json.ReportInfo);

    /// <summary>Tells what the gateway said of an environment, or why it could not be asked.</summary>
    public static NotificationType<EnvironmentChangedParams> EnvironmentChanged =>
        new("environmentChanged", Direction.ServerToClient, static () => Json.EnvironmentChangedParams);

    /// <summary>
    /// Tells the stage of a change to the one who sent a <c>workDoneToken</c>, and a part of a list to the one who sent a
    /// <c>partialResultToken</c>.
    /// </summary>
    public static NotificationType<ProgressParams> Progress => new("$/progress", Direction.ServerToClient, static () => Json.ProgressParams);

    /// <summary>A line for the log.</summary>
    public static NotificationType<LogMessageParams> LogMessage => new("window/logMessage", Direction.ServerToClient, static () => Json.LogMessageParams);

    /// <summary>All of them, in the order of the documentation.</summary>
    public static IReadOnlyList<IMethodType> All =>
    [
        Initialize, Initialized, Connect, Disconnect, ListEnvironments, GetEnvironment, ListNodePools, ListRoles, WatchEnvironments,
        SignIn, SignOut, GetAccount, ListAccounts, Diagnose, GetReport, SetTrace, Shutdown, Exit, EnvironmentChanged, Progress, LogMessage,
    ];
}
