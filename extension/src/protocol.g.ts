// Generated from the contract in protocol/. Change it there, then: npm run generate

/**
 * The account in use.
 */
export interface AccountInfo {
  /**
   * E-mail address of the key's owner, where the gateway tells.
   */
  email?: string;
  /**
   * Where the key came from.
   */
  keySource: "signIn" | "environment" | "file" | "sandbox";
  /**
   * The environment variable's name or the file's path, where the key came from one.
   */
  keyOrigin?: string;
  /**
   * Its id.
   */
  accountId: string;
  /**
   * Its name for people, where it has one.
   */
  displayName?: string;
  /**
   * Why it is suspended, by the gateway's own name, which may be one that this version does not know.
   */
  suspendState?:
    | (
        | "UNSUSPENDED"
        | "FAILED_PAYMENTS"
        | "CREDIT_DEPLETED"
        | "MONTHLY_SPEND_LIMIT_EXCEEDED"
        | "BLOCKED_BY_ABUSE_RULE"
      )
    | string;
}
/**
 * An account that a key reaches.
 */
export interface AccountSummary {
  /**
   * Its id.
   */
  accountId: string;
  /**
   * Its name for people, where it has one.
   */
  displayName?: string;
  /**
   * Why it is suspended, by the gateway's own name, which may be one that this version does not know.
   */
  suspendState?:
    | (
        | "UNSUSPENDED"
        | "FAILED_PAYMENTS"
        | "CREDIT_DEPLETED"
        | "MONTHLY_SPEND_LIMIT_EXCEEDED"
        | "BLOCKED_BY_ABUSE_RULE"
      )
    | string;
}
/**
 * LSP's clientInfo.
 */
export interface ClientInfo {
  /**
   * The client's name. Where it starts with "Visual Studio Code", its version is taken for VS Code's.
   */
  name: string;
  /**
   * The client's version.
   */
  version?: string;
  [k: string]: unknown;
}
/**
 * What `connect` takes.
 */
export interface ConnectParams {
  /**
   * Id of the environment to connect.
   */
  environmentId: string;
  /**
   * Account that owns the environment. Default: the account in use.
   */
  accountId?: string;
  /**
   * The node pool and how to use it.
   */
  connection: ConnectionParams;
  /**
   * Version of VS Code at the client side. Default: what `initialize` said; left out where nobody knows it.
   */
  vscodeVersion?: string;
  /**
   * Connect even where the storage folder cannot be used to keep other processes of this machine from changing the environment at the same time, or to record that the change was begun. Without it such a connect is refused with code 9 and `data.unprotected`, and nothing is sent. Default: false.
   */
  allowUnprotected?: boolean;
  /**
   * When to answer. Default: `settled`.
   */
  wait?: "settled" | "accepted";
  /**
   * How long the whole call may take, in seconds. Default: 1800.
   */
  timeoutSeconds?: number;
  /**
   * Token for `$/progress`. Default: no progress is sent.
   */
  workDoneToken?: number | string;
}
/**
 * What a connection is asked to be: the gateway's EnvironmentConnection without `zone`, which only the gateway sets. Members that are not set are not sent.
 */
export interface ConnectionParams {
  /**
   * Id of the node pool, not its full name.
   */
  nodePoolId: string;
  /**
   * Number of ranks: one GPU each on a GPU pool, one host each on a CPU pool. Default: the gateway's, 1.
   */
  numRanks?: number;
  /**
   * ARN of the AWS IAM role that the connection assumes. Default: the node pool's own role.
   */
  role?: string;
  /**
   * Mount the node's local storage on /tmp. No effect where the node has none. Default: the gateway's, false.
   */
  useLocalStorage?: boolean;
}
/**
 * A member of a connection that differs from what was requested.
 */
export interface ConnectionDifference {
  /**
   * Which member.
   */
  member: "numRanks" | "role" | "useLocalStorage";
  /**
   * What was requested. Absent where the default was.
   */
  requested?: string;
  /**
   * What the gateway reports.
   */
  actual: string;
}
/**
 * A connection as the gateway reports it.
 */
export interface ConnectionInfo {
  /**
   * Id of the node pool.
   */
  nodePoolId: string;
  /**
   * Number of ranks.
   */
  numRanks?: number;
  /**
   * ARN of the AWS IAM role.
   */
  role?: string;
  /**
   * The last zone that the environment was connected to: where its volume is.
   */
  zone?: string;
  /**
   * True where the node's local storage is mounted on /tmp.
   */
  useLocalStorage?: boolean;
}
/**
 * What `diagnose` takes. Each step that lacks its subject is skipped.
 */
export interface DiagnoseParams {
  /**
   * Account to look at. Default: the account in use.
   */
  accountId?: string;
  /**
   * Environment to look at. Default: none.
   */
  environmentId?: string;
  /**
   * Node pool to look at. Default: the one that the environment was connected to last.
   */
  nodePoolId?: string;
  /**
   * Ranks that are wanted of it. Default: those of the environment's last connection, else 1.
   */
  numRanks?: number;
}
/**
 * What `diagnose` answers.
 */
export interface Diagnosis {
  /**
   * The gateway that was looked for.
   */
  gateway: string;
  /**
   * When, by this machine's clock.
   */
  time: string;
  /**
   * Every step of the chain, in its order. The first that failed is the culprit; those behind it are skipped.
   */
  steps: DiagnosisStep[];
}
/**
 * One step of the chain from this machine to the node pool.
 */
export interface DiagnosisStep {
  /**
   * Which one.
   */
  id:
    | "settings"
    | "nameResolution"
    | "proxy"
    | "tcp"
    | "tls"
    | "http"
    | "key"
    | "account"
    | "suspension"
    | "environment"
    | "nodePool"
    | "capacity"
    | "versions";
  /**
   * How it went.
   */
  verdict: "ok" | "warning" | "failed" | "skipped";
  /**
   * Milliseconds that it took.
   */
  milliseconds: number;
  /**
   * What was found, and what to do about it, in a sentence or two.
   */
  message: string;
  /**
   * What the platform or the gateway said, with secrets masked, where it said something.
   */
  detail?: string;
  /**
   * What puts it right, where the client can offer that.
   */
  fix?: "signIn" | "openSettings" | "openProxySettings" | "selectEnvironment" | "connect" | "openBilling";
}
/**
 * What `disconnect` takes.
 */
export interface DisconnectParams {
  /**
   * Id of the environment to disconnect.
   */
  environmentId: string;
  /**
   * Account that owns the environment. Default: the account in use.
   */
  accountId?: string;
  /**
   * Disconnect even if the snapshot fails. What is not in a snapshot is lost: only for a pod that is certainly gone. Default: false.
   */
  force?: boolean;
  /**
   * Rebuild the snapshots: for too many layers, or after a snapshot error. Default: false.
   */
  resetSnapshots?: boolean;
  /**
   * When to answer. Default: `settled`.
   */
  wait?: "settled" | "accepted";
  /**
   * How long the whole call may take, in seconds. Default: 1800.
   */
  timeoutSeconds?: number;
  /**
   * Token for `$/progress`. Default: no progress is sent.
   */
  workDoneToken?: number | string;
}
/**
 * A params or result object without members.
 */
export interface Empty {}
/**
 * What `environmentChanged` tells about the environment that is watched, or that a change here is about.
 */
export interface EnvironmentChangedParams {
  /**
   * Account that owns it.
   */
  accountId: string;
  /**
   * Id of the environment.
   */
  environmentId: string;
  /**
   * The environment as last confirmed. Absent where the gateway never described it or says that it is gone.
   */
  environment?: EnvironmentInfo;
  /**
   * Why the last question was not answered with an environment. Absent while all is well.
   */
  problem?: ProblemInfo;
}
/**
 * An environment as the gateway last described it.
 */
export interface EnvironmentInfo {
  /**
   * Account that owns it.
   */
  accountId: string;
  /**
   * Its id.
   */
  environmentId: string;
  /**
   * Its name for people, where it has one.
   */
  displayName?: string;
  /**
   * Its state by the gateway's own name, which may be one that this version does not know.
   */
  state:
    | (
        | "STATE_UNSPECIFIED"
        | "CREATING"
        | "DISCONNECTED"
        | "CONNECTING"
        | "CONNECTED"
        | "DISCONNECTING"
        | "RECONNECTING"
        | "DELETING"
      )
    | string;
  /**
   * What went wrong last, where something did.
   */
  status?: StatusInfo;
  /**
   * Its present connection, or the last one.
   */
  connection?: ConnectionInfo;
  /**
   * E-mail address of its creator.
   */
  createdBy?: string;
  /**
   * True where others of the account may use it.
   */
  shared?: boolean;
  /**
   * When it last changed at the gateway, by the gateway's clock.
   */
  updateTime?: string;
  /**
   * Since when it is in this state, by this machine's clock: when the server first saw it there, at most a minute after it was still seen in another one. Absent where the server did not see it change, and in lists.
   */
  stateSince?: string;
  /**
   * When the gateway last said all this, by this machine's clock.
   */
  observedAt: string;
  /**
   * Only in the result of a change: why the storage folder could not keep other processes away or record that the change was begun. Absent where the change was protected.
   */
  unprotected?: string;
  /**
   * How the connection differs from the one that was requested, such as more ranks, rounded up to whole nodes. Only in the result of `connect`, and only where it does differ.
   */
  differences?: ConnectionDifference[];
}
/**
 * A google.rpc.Status inside a resource.
 */
export interface StatusInfo {
  /**
   * Name of the google.rpc.Code, such as INTERNAL.
   */
  code: string;
  /**
   * The gateway's words, where it had any.
   */
  message?: string;
}
/**
 * Why a question that nobody waits for was not answered.
 */
export interface ProblemInfo {
  /**
   * Number of the google.rpc.Code.
   */
  code: number;
  /**
   * Name of the google.rpc.Code.
   */
  status: string;
  /**
   * One sentence that a person can act on.
   */
  message: string;
}
/**
 * The `data` of an error whose code is a google.rpc.Code (1 to 16) or -32800, cancelled.
 */
export interface ErrorData {
  /**
   * Name of the google.rpc.Code, such as FAILED_PRECONDITION.
   */
  status: string;
  /**
   * HTTP status of the gateway's answer, where there was one.
   */
  httpStatus?: number;
  /**
   * The gateway's own words, where it had any.
   */
  gatewayMessage?: string;
  /**
   * Whether the change that was asked for is in effect at the gateway; `unknown` while it is still under way there, or when the gateway could not be asked. Absent for a question, which changes nothing.
   */
  outcome?: "applied" | "notApplied" | "unknown";
  /**
   * Why the storage folder could not protect the change. Where a `connect` did not set `allowUnprotected`, the change was refused for it. Absent where the change was protected.
   */
  unprotected?: string;
  /**
   * True where the same call may succeed later without anything being put right first.
   */
  retryable: boolean;
  /**
   * The environment as last confirmed, where it was.
   */
  environment?: EnvironmentInfo;
  /**
   * What puts it right, where the client can offer that and the code does not say it.
   */
  fix?: "openSettings" | "openProxySettings";
  /**
   * The gateway's id of the request, for its support.
   */
  requestId?: string;
}
/**
 * The gateway in use.
 */
export interface GatewayInfo {
  /**
   * Its base URL, or `sandbox`.
   */
  url: string;
  /**
   * True for the embedded sandbox: nothing in it is real, and nothing costs money.
   */
  sandbox: boolean;
}
/**
 * What `getEnvironment` takes.
 */
export interface GetEnvironmentParams {
  /**
   * Id of the environment.
   */
  environmentId: string;
  /**
   * Account that owns it. Default: the account in use.
   */
  accountId?: string;
}
/**
 * The server's own options at `initialize`.
 */
export interface InitializationOptions {
  /**
   * Version of VS Code at the client side. Default: taken from `clientInfo`, else none.
   */
  vscodeVersion?: string;
  /**
   * Base URL of the gateway, or `sandbox` for the embedded one. HTTPS, or HTTP to a loopback address; no credentials, query or fragment in it. Default: FIREWORKS_BASE_URL, else https://api.fireworks.ai.
   */
  gatewayUrl?: string;
  /**
   * Account to use. Default: FIREWORKS_ACCOUNT_ID, auth.ini, then what the key belongs to.
   */
  accountId?: string;
  /**
   * URL of an HTTP proxy. Default: the environment's.
   */
  proxy?: string;
  /**
   * VS Code's http.proxySupport. `off`: no proxy at all, not even the environment's. Default: any other value.
   */
  proxySupport?: ("off" | "on" | "fallback" | "override") | string;
  /**
   * VS Code's http.proxyAuthorization: a Proxy-Authorization header of the scheme Basic. Default: none.
   */
  proxyAuthorization?: string;
  /**
   * Hosts that are reached without the proxy.
   */
  noProxy?: string[];
  /**
   * False accepts any certificate. Default: true.
   */
  strictSSL?: boolean;
  /**
   * Path of a PEM file with further certificate authorities.
   */
  caFile?: string;
  /**
   * Folder for what must outlive the process. Default: none, and nothing is kept.
   */
  storagePath?: string;
  [k: string]: unknown;
}
/**
 * What the server uses of LSP's InitializeParams; every other member is ignored.
 */
export interface InitializeParams {
  /**
   * Process id of the client. When that process dies, the server ends within 2 s.
   */
  processId?: number;
  /**
   * Name and version of the client.
   */
  clientInfo?: ClientInfo;
  /**
   * The client's language, such as en or pt-br: what the server says to people is in it where that is German, else English.
   */
  locale?: string;
  /**
   * How much to trace. Default: off.
   */
  trace?: ("off" | "messages" | "verbose") | string;
  /**
   * The server's own options.
   */
  initializationOptions?: InitializationOptions;
  [k: string]: unknown;
}
/**
 * What `initialize` answers.
 */
export interface InitializeResult {
  /**
   * LSP's capabilities. Empty: the server offers no language feature.
   */
  capabilities: Empty;
  /**
   * Name and version of the server.
   */
  serverInfo: ServerInfo;
  /**
   * Version of this protocol; the major part grows when an older client could misunderstand.
   */
  protocolVersion: string;
  /**
   * The gateway that the server talks to.
   */
  gateway: GatewayInfo;
  /**
   * Changes that an earlier process with the same `storagePath` had begun when it died. Ask for those environments: what became of them is what the gateway says. Nothing is sent again.
   */
  unsettled: UnsettledChange[];
}
/**
 * LSP's serverInfo.
 */
export interface ServerInfo {
  /**
   * Always companion-server.
   */
  name: string;
  /**
   * The server's version.
   */
  version: string;
}
/**
 * A change of which nobody knows what became.
 */
export interface UnsettledChange {
  /**
   * Account of the environment.
   */
  accountId: string;
  /**
   * Id of the environment.
   */
  environmentId: string;
  /**
   * What was asked for.
   */
  change: "connect" | "disconnect";
  /**
   * When it was begun, by this machine's clock.
   */
  since: string;
}
/**
 * What `listAccounts` takes.
 */
export interface ListAccountsParams {
  /**
   * Key to list with, to choose before `signIn`. It is used for this alone and never logged. Default: the key in use.
   */
  apiKey?: string;
}
/**
 * What `listAccounts` answers.
 */
export interface ListAccountsResult {
  /**
   * Every account that the key reaches, in the gateway's order; the one that it belongs to where the gateway lists none to it.
   */
  accounts: AccountSummary[];
}
/**
 * What `listEnvironments` takes.
 */
export interface ListEnvironmentsParams {
  /**
   * Account to list. Default: the account in use.
   */
  accountId?: string;
  /**
   * Token for `$/progress` with each page as the gateway sends it. Default: all of them come with the answer.
   */
  partialResultToken?: number | string;
}
/**
 * What `listEnvironments` answers, and each page of it.
 */
export interface ListEnvironmentsResult {
  /**
   * Every environment of the account, in the gateway's order. Empty in the answer to a request with a `partialResultToken`: they were all sent before it.
   */
  environments: EnvironmentInfo[];
}
/**
 * What `listNodePools` takes.
 */
export interface ListNodePoolsParams {
  /**
   * Account to list. Default: the account in use.
   */
  accountId?: string;
  /**
   * Token for `$/progress` with each page as the gateway sends it. Default: all of them come with the answer.
   */
  partialResultToken?: number | string;
}
/**
 * What `listNodePools` answers, and each page of it.
 */
export interface ListNodePoolsResult {
  /**
   * Every node pool of the account, in the gateway's order. Empty in the answer to a request with a `partialResultToken`: they were all sent before it.
   */
  nodePools: NodePoolInfo[];
}
/**
 * A node pool with what is free in it.
 */
export interface NodePoolInfo {
  /**
   * Its id.
   */
  nodePoolId: string;
  /**
   * Its name for people, where it has one.
   */
  displayName?: string;
  /**
   * Its state by the gateway's own name, which may be one that this version does not know.
   */
  state: ("STATE_UNSPECIFIED" | "CREATING" | "READY" | "DELETING" | "FAILED") | string;
  /**
   * Why it is not ready, where the gateway says so.
   */
  status?: StatusInfo;
  /**
   * The cloud's instance type, such as p5.48xlarge.
   */
  instanceType?: string;
  /**
   * True for spot capacity, which the cloud may take back.
   */
  spot?: boolean;
  /**
   * The zone that its nodes are in.
   */
  zone?: string;
  /**
   * Nodes running now.
   */
  nodeCount?: number;
  /**
   * Nodes that it may grow to, 0 to 1000.
   */
  maxNodeCount?: number;
  /**
   * Ranks that one node takes.
   */
  ranksPerNode?: number;
  /**
   * Ranks that nobody uses now: nodes × ranks a node, less those of environments and of unfinished batch jobs; never below 0. Absent where the gateway gave no statistics.
   */
  freeRanks?: number;
  /**
   * Ranks that would be free were the pool grown to its greatest size. Absent where the gateway gave no statistics.
   */
  ceilingRanks?: number;
}
/**
 * What `listRoles` takes.
 */
export interface ListRolesParams {
  /**
   * Account to list. Default: the account in use.
   */
  accountId?: string;
}
/**
 * What `listRoles` answers.
 */
export interface ListRolesResult {
  /**
   * Every role that a binding of the account names, each once, in the gateway's order.
   */
  roles: RoleInfo[];
}
/**
 * An AWS IAM role that a connection of the account may assume.
 */
export interface RoleInfo {
  /**
   * Its ARN, as `connect` takes it.
   */
  role: string;
  /**
   * Who is allowed to assume it, such as a person's e-mail address. Absent where several are, or the gateway does not say.
   */
  principal?: string;
}
/**
 * LSP's LogMessageParams.
 */
export interface LogMessageParams {
  /**
   * 1 error, 2 warning, 3 info, 4 log, 5 debug.
   */
  type: number;
  /**
   * The message, with secrets masked.
   */
  message: string;
}
/**
 * LSP's ProgressParams.
 */
export interface ProgressParams {
  /**
   * The request's `workDoneToken` or `partialResultToken`, exactly as it came.
   */
  token: number | string;
  /**
   * For a `workDoneToken` what to show; for a `partialResultToken` the next part of the result, in its own shape.
   */
  value: WorkDoneProgress | ListEnvironmentsResult | ListNodePoolsResult;
}
/**
 * LSP's WorkDoneProgressBegin, Report and End in one shape.
 */
export interface WorkDoneProgress {
  /**
   * Which of the three it is.
   */
  kind: "begin" | "report" | "end";
  /**
   * At begin: what is being done.
   */
  title?: string;
  /**
   * At begin: true where `$/cancelRequest` stops the waiting.
   */
  cancellable?: boolean;
  /**
   * The stage it is at: a short phrase for people.
   */
  message?: string;
  /**
   * The stage it is at, for programs, which may be one that an older client does not know. At end: the state that the change settled in, where it did as asked; else absent.
   */
  stage?:
    | (
        | "looking"
        | "requested"
        | "accepted"
        | "connecting"
        | "reconnecting"
        | "disconnecting"
        | "connected"
        | "disconnected"
        | "settling"
        | "retrying"
        | "refused"
        | "unconfirmed"
      )
    | string;
  /**
   * Since when that stage lasts, by this machine's clock: for what the gateway does, since it was first seen here. A gateway that does not answer for a while begins no stage anew.
   */
  since?: string;
  /**
   * How long the whole change usually takes with this node pool, in seconds, 1 to 86400, as earlier ones took. Absent where that was never seen.
   */
  expectedSeconds?: number;
}
/**
 * Something that happened.
 */
export interface RecordedEvent {
  /**
   * When, by this machine's clock.
   */
  time: string;
  /**
   * What kind of thing it is: a message of this protocol, a change of state, or a line that the log has or might have.
   */
  kind: "message" | "state" | "log";
  /**
   * One line, with secrets masked.
   */
  text: string;
}
/**
 * What `getReport` answers: what the server knows of itself, with secrets masked. It is sent to nobody.
 */
export interface ReportInfo {
  /**
   * The server's version.
   */
  version: string;
  /**
   * The .NET that runs it.
   */
  runtime: string;
  /**
   * The operating system, with its architecture.
   */
  operatingSystem: string;
  /**
   * Its process id.
   */
  processId: number;
  /**
   * When it started, by this machine's clock.
   */
  startedAt: string;
  /**
   * Mebibytes of memory that it has in use.
   */
  memoryMebibytes: number;
  /**
   * The settings in effect, and where each comes from.
   */
  settings: SettingInfo[];
  /**
   * What happened last, the oldest first: at most 2,000 entries and 256 Ki characters.
   */
  events: RecordedEvent[];
  /**
   * How many entries were dropped to keep within that.
   */
  dropped: number;
}
/**
 * A setting in effect.
 */
export interface SettingInfo {
  /**
   * Its name.
   */
  name: string;
  /**
   * True where somebody set it.
   */
  isSet: boolean;
  /**
   * Its value. Absent where it is not set, or may hold a secret.
   */
  value?: string;
  /**
   * Where it comes from: `initialize`, an environment variable's name, a file's path, or `default`.
   */
  origin: string;
}
/**
 * LSP's SetTraceParams.
 */
export interface SetTraceParams {
  /**
   * How much to trace.
   */
  value: ("off" | "messages" | "verbose") | string;
}
/**
 * What `signIn` takes.
 */
export interface SignInParams {
  /**
   * The API key. It is checked with the gateway before it is used, kept in memory alone and never logged. Default: the key in use, else the one in the environment or in auth.ini, also after `signOut`.
   */
  apiKey?: string;
  /**
   * Account to use. Default: the one that the key belongs to.
   */
  accountId?: string;
}
/**
 * What `watchEnvironments` takes. A call replaces the last one.
 */
export interface WatchEnvironmentsParams {
  /**
   * The environments to watch, at most 1,000; none to watch nothing.
   */
  environments: WatchedEnvironment[];
  /**
   * True while no person looks at what the client shows: an environment that is changing is then asked for less often. A call that ends this asks for each at once. Default: false.
   */
  inBackground?: boolean;
}
/**
 * An environment to watch.
 */
export interface WatchedEnvironment {
  /**
   * Id of the environment.
   */
  environmentId: string;
  /**
   * Account that owns it. Default: the account in use.
   */
  accountId?: string;
}

/** The states of an environment that this version knows. */
export const environmentStates = ["STATE_UNSPECIFIED","CREATING","DISCONNECTED","CONNECTING","CONNECTED","DISCONNECTING","RECONNECTING","DELETING"] as const;

/** The stages of a change that this version knows. */
export const changeStages = ["looking","requested","accepted","connecting","reconnecting","disconnecting","connected","disconnected","settling","retrying","refused","unconfirmed"] as const;

/** What the ARN of a role is held to. */
export const roleArn = {"pattern":"^arn:aws[a-zA-Z-]*:iam::[0-9]{12}:role/([\\x21-\\x7E]+/)?[A-Za-z0-9_+=,.@-]{1,64}$","maxLength":2048} as const;

/** Every request of the client, with what it takes and what it answers. */
export interface Requests {
  /** Opens the session. Only `exit` is heard before it; anything else is answered -32002. */
  initialize: { params: InitializeParams; result: InitializeResult };
  /** Connects an environment to a node pool, or connects it anew with other parameters. The request to the gateway is sent once. Fails with a google.rpc.Code: 9 while another change is under way, 5 for an unknown environment, the environment's own status where the connection fails, 4 when the time is up, -32800 when cancelled; `data.outcome` says what is in effect. */
  connect: { params: ConnectParams; result: EnvironmentInfo };
  /** Disconnects an environment from its node pool; the gateway takes a snapshot first. The request to the gateway is sent once. Fails like `connect`; an environment that settles CONNECTED again was not disconnected and is still paid for. */
  disconnect: { params: DisconnectParams; result: EnvironmentInfo };
  /** Lists the environments of an account: every page, with a `partialResultToken` one by one as they come. */
  listEnvironments: { params: ListEnvironmentsParams; result: ListEnvironmentsResult };
  /** Asks the gateway for one environment. */
  getEnvironment: { params: GetEnvironmentParams; result: EnvironmentInfo };
  /** Lists the node pools of an account with what is free in them: every page, with a `partialResultToken` one by one as they come. */
  listNodePools: { params: ListNodePoolsParams; result: ListNodePoolsResult };
  /** Lists the AWS IAM roles that the account's role bindings name. Fails with 7, 5 or 12 where the key may not read them or the gateway does not have them: a role can still be typed. */
  listRoles: { params: ListRolesParams; result: ListRolesResult };
  /** Watches some environments, or none; `environmentChanged` follows for each at once and after each change. Many of one account cost the gateway no more than its list. */
  watchEnvironments: { params: WatchEnvironmentsParams; result: Empty };
  /** Checks an API key with the gateway and uses it from then on. A key that is refused changes nothing. */
  signIn: { params: SignInParams; result: AccountInfo };
  /** Forgets the key, whatever its source, until the next `signIn`. Nothing is watched any more. */
  signOut: { params: Empty; result: Empty };
  /** The account in use and where its key came from, or null where there is no key. */
  getAccount: { params: Empty; result: AccountInfo | null };
  /** Lists the accounts that a key reaches: every page. `signIn` takes one of them as `accountId`. */
  listAccounts: { params: ListAccountsParams; result: ListAccountsResult };
  /** Walks the chain from this machine to the node pool, and says of each step whether it works. Nothing is changed; the key is sent to the gateway alone, and only after the way there has been found good without it. */
  diagnose: { params: DiagnoseParams; result: Diagnosis };
  /** What the server has recorded of itself, for a report that a person may save. Needs no key, and asks nobody. */
  getReport: { params: Empty; result: ReportInfo };
  /** Ends the session; requests after it are answered -32600. A change under way at the gateway goes on there. */
  shutdown: { params: Empty; result: null };
}

/** Every notification from the client. */
export interface ClientNotifications {
  /** The client has read the answer to `initialize`. */
  initialized: Empty;
  /** Changes how much the server logs: `verbose` adds each exchange with the gateway. */
  "$/setTrace": SetTraceParams;
  /** Ends the process: exit code 0 after `shutdown`, 1 without. */
  exit: Empty;
}

/** Every notification from the server. */
export interface ServerNotifications {
  /** Tells what the gateway said of an environment, or why it could not be asked. */
  environmentChanged: EnvironmentChangedParams;
  /** Tells the stage of a change to the one who sent a `workDoneToken`, and a part of a list to the one who sent a `partialResultToken`. */
  "$/progress": ProgressParams;
  /** A line for the log. */
  "window/logMessage": LogMessageParams;
}
