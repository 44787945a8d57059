// Generated from the contract in protocol/. Change it there, then: npm run generate

/**
 * The risks of a connection that aren't reported again while they stay the same.
 */
export interface AcceptedRisks {
  /**
   * Set if the node pool had to scale up first.
   */
  scaleUp?: ScaleUp;
  /**
   * Set if the node pool wasn't in the zone of the environment's volume.
   */
  zones?: ZonePair;
  /**
   * Set if the ranks didn't fill whole nodes.
   */
  unevenRanks?: UnevenRanks;
  /**
   * The connection's role, if it had one.
   */
  role?: RoleListing;
}
/**
 * A node pool that must scale up.
 */
export interface ScaleUp {
  /**
   * The node pool's id.
   */
  nodePoolId: string;
  /**
   * The requested number of ranks.
   */
  numRanks: number;
}
/**
 * Two different zones.
 */
export interface ZonePair {
  /**
   * The zone of the environment's volume.
   */
  volume: string;
  /**
   * The zone of the node pool.
   */
  nodePool: string;
}
/**
 * A number of ranks that needs several nodes and doesn't fill them.
 */
export interface UnevenRanks {
  /**
   * The requested number of ranks.
   */
  numRanks: number;
  /**
   * The number of ranks per node.
   */
  ranksPerNode: number;
}
/**
 * Whether the account lists a role.
 */
export interface RoleListing {
  /**
   * The role's ARN.
   */
  role: string;
  /**
   * True if the account lists it. False if it doesn't, or if that isn't known.
   */
  listed: boolean;
}
/**
 * The account in use.
 */
export interface AccountInfo {
  /**
   * The email address of the key's owner, if the gateway reports it.
   */
  email?: string;
  /**
   * Where the key came from.
   */
  keySource: "signIn" | "environment" | "file" | "sandbox";
  /**
   * The environment variable's name or the file's path, if the key came from one.
   */
  keyOrigin?: string;
  /**
   * The account's id.
   */
  accountId: string;
  /**
   * The display name, if it has one.
   */
  displayName?: string;
  /**
   * Why the account is suspended, by the gateway's own name. It may be one that this version doesn't support.
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
 * An account that a key can access.
 */
export interface AccountSummary {
  /**
   * The account's id.
   */
  accountId: string;
  /**
   * The display name, if it has one.
   */
  displayName?: string;
  /**
   * Why the account is suspended, by the gateway's own name. It may be one that this version doesn't support.
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
   * The client's name. If it starts with "Visual Studio Code", the client's version is used as the version of VS Code.
   */
  name: string;
  /**
   * The client's version.
   */
  version?: string;
  [k: string]: unknown;
}
/**
 * Parameters of `connect`.
 */
export interface ConnectParams {
  /**
   * The environment's id.
   */
  environmentId: string;
  /**
   * The account that owns the environment. Default: the account in use.
   */
  accountId?: string;
  /**
   * The node pool and how to use it.
   */
  connection: ConnectionParams;
  /**
   * The client's version of VS Code. Default: the version from `initialize`, otherwise omitted.
   */
  vscodeVersion?: string;
  /**
   * Connect even if the storage folder can't be used to prevent other processes on this machine from changing the environment at the same time, or to record that the change was started. Otherwise, such a connect is refused with code 9 and `data.unprotected`, and nothing is sent. Default: false.
   */
  allowUnprotected?: boolean;
  /**
   * When the connection is to end. If the end can't be stored, the connect is refused with code 9, and nothing is sent. Default: never, and an end of the previous connection no longer applies.
   */
  lease?: LeaseParams;
  /**
   * Whether the operating system keeps the end, too, as with `setLease`. If that's not possible, the connect is refused with code 9, and nothing is sent. If it fails only after the environment has connected, `lease.keptBy` doesn't contain `system`. Requires `lease` and waiting until it's settled. Default: false.
   */
  bySystem?: boolean;
  /**
   * Wait until the node pool has room for the requested ranks, and then connect once. If the gateway rejects the connect because of its capacity, the waiting continues. It ends with an error, and nothing more is sent, when its time is over, the user signs in or out, another change of the environment is requested, or the environment has changed. Default: connect at once.
   */
  waitForCapacity?: WaitForCapacityParams;
  /**
   * When to respond. Default: `settled`.
   */
  wait?: "settled" | "accepted";
  /**
   * How long the whole call may take, in seconds, without waiting for capacity. Default: 1800.
   */
  timeoutSeconds?: number;
  /**
   * Token for `$/progress`. Default: no progress is sent.
   */
  workDoneToken?: number | string;
}
/**
 * The requested connection: the gateway's EnvironmentConnection without `zone`, which only the gateway sets. Members that aren't set aren't sent.
 */
export interface ConnectionParams {
  /**
   * The node pool's id, not its full name.
   */
  nodePoolId: string;
  /**
   * The number of ranks: one GPU each on a GPU pool, one host each on a CPU pool. Default: the gateway's, 1.
   */
  numRanks?: number;
  /**
   * The ARN of the AWS IAM role that the connection assumes. Default: the node pool's own role.
   */
  role?: string;
  /**
   * Mount the node's local storage on /tmp. Has no effect if the node has none. Default: the gateway's, false.
   */
  useLocalStorage?: boolean;
}
/**
 * When a connection is to end: either `until` or `durationSeconds`.
 */
export interface LeaseParams {
  /**
   * The end, in RFC 3339 with an offset. In the future, and at most a year from now.
   */
  until?: string;
  /**
   * The duration in seconds, from 60 to 31,536,000 (a year). Counted from when the connect is confirmed CONNECTED, or with `setLease`, from now.
   */
  durationSeconds?: number;
}
/**
 * How long to wait until a node pool has room: either `until` or `durationSeconds`.
 */
export interface WaitForCapacityParams {
  /**
   * When to stop waiting, in RFC 3339 with an offset. In the future, and at most a year from now, on this machine's clock.
   */
  until?: string;
  /**
   * How long to wait in seconds, from 1 to 31,536,000 (a year).
   */
  durationSeconds?: number;
}
/**
 * Result of `planConnect`: the next step of a connect, and why.
 */
export interface ConnectPlan {
  /**
   * The environment as the gateway describes it now.
   */
  environment: EnvironmentInfo;
  /**
   * What to do next.
   */
  nextStep: "connect" | "confirm" | "choose" | "nothing";
  /**
   * Why this connection isn't possible, in a sentence or two. Only with `choose`.
   */
  reason?: string;
  /**
   * What the user must confirm first, the worst first. Empty unless the next step is `confirm`.
   */
  risks: ConnectRisk[];
  /**
   * What the user accepts by connecting. Once connected, remember it for the next `planConnect`.
   */
  acceptedRisks: AcceptedRisks;
}
/**
 * An environment as last reported by the gateway.
 */
export interface EnvironmentInfo {
  /**
   * The account that owns the environment.
   */
  accountId: string;
  /**
   * The environment's id.
   */
  environmentId: string;
  /**
   * The display name, if it has one.
   */
  displayName?: string;
  /**
   * The state, by the gateway's own name. It may be one that this version doesn't support.
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
   * The last failure, if any.
   */
  status?: StatusInfo;
  /**
   * The current connection, or the last one.
   */
  connection?: ConnectionInfo;
  /**
   * The email address of the creator.
   */
  createdBy?: string;
  /**
   * True if others in the account can use it.
   */
  shared?: boolean;
  /**
   * When it last changed, on the gateway's clock.
   */
  updateTime?: string;
  /**
   * When it entered its state, on this machine's clock: when the server first saw it in that state, at most a minute after it saw another one. Absent in lists, if the server didn't see the change, and if a failed disconnect or reconnect left it connected.
   */
  stateSince?: string;
  /**
   * How long connecting to its node pool usually takes on this machine, in seconds. Only while it's connecting or reconnecting, and only if that's known.
   */
  expectedSeconds?: number;
  /**
   * When the gateway last reported all this, on this machine's clock.
   */
  observedAt: string;
  /**
   * The end of the connection that this machine keeps. Absent if none is set.
   */
  lease?: LeaseInfo;
  /**
   * Only in the result of a change: why the storage folder couldn't protect it from other processes or record that it was started. Absent if the change was protected.
   */
  unprotected?: string;
  /**
   * How the connection differs from the requested one, such as more ranks because of rounding up to whole nodes. Only in the result of `connect`, and only if there are differences.
   */
  differences?: ConnectionDifference[];
}
/**
 * A google.rpc.Status in a resource.
 */
export interface StatusInfo {
  /**
   * The name of the google.rpc.Code, such as INTERNAL.
   */
  code: string;
  /**
   * The gateway's message, if any.
   */
  message?: string;
}
/**
 * A connection as reported by the gateway.
 */
export interface ConnectionInfo {
  /**
   * The node pool's id.
   */
  nodePoolId: string;
  /**
   * The number of ranks.
   */
  numRanks?: number;
  /**
   * The ARN of the AWS IAM role.
   */
  role?: string;
  /**
   * The zone of the last connection, which is where the environment's volume is.
   */
  zone?: string;
  /**
   * True if the node's local storage is mounted on /tmp.
   */
  useLocalStorage?: boolean;
}
/**
 * The end of a connection that this machine keeps.
 */
export interface LeaseInfo {
  /**
   * When the environment is to be disconnected, on this machine's clock.
   */
  until: string;
  /**
   * What keeps the end: `vscode` while VS Code runs on this machine and is signed in, and `system` if a timer of the operating system starts a server then, for which the machine must be on and the user's services must be running. Empty if nothing will disconnect it any more, because an end passed and it's unknown whether the disconnect took effect or whether it's still the same connection.
   */
  keptBy: ("vscode" | "system")[];
  /**
   * The first end that passed without being kept, on this machine's clock. Absent if there is none.
   */
  missed?: string;
}
/**
 * A member of a connection that differs from the request.
 */
export interface ConnectionDifference {
  /**
   * The name of the member.
   */
  member: "numRanks" | "role" | "useLocalStorage";
  /**
   * The requested value. Absent if the default was requested.
   */
  requested?: string;
  /**
   * The value that the gateway reports.
   */
  actual: string;
}
/**
 * A reason to ask the user before a connect.
 */
export interface ConnectRisk {
  /**
   * The kind of risk.
   */
  kind: "interruption" | "exceedsMaximum" | "scaleUp" | "otherZone" | "unevenRanks" | "unlistedRole";
  /**
   * The risk in a sentence or two.
   */
  message: string;
}
/**
 * Parameters of `diagnose`. Steps without a subject are skipped.
 */
export interface DiagnoseParams {
  /**
   * The account to check. Default: the account in use.
   */
  accountId?: string;
  /**
   * The environment to check. Default: none.
   */
  environmentId?: string;
  /**
   * The node pool to check. Default: the one that the environment was last connected to.
   */
  nodePoolId?: string;
  /**
   * The number of ranks to check for. Default: the number in the environment's last connection, otherwise 1.
   */
  numRanks?: number;
}
/**
 * Result of `diagnose`.
 */
export interface Diagnosis {
  /**
   * The gateway that was checked.
   */
  gateway: string;
  /**
   * When the diagnosis ended, on this machine's clock.
   */
  time: string;
  /**
   * All steps in order. The first failed step is the cause; the steps after it are skipped.
   */
  steps: DiagnosisStep[];
}
/**
 * One step from this machine to the node pool.
 */
export interface DiagnosisStep {
  /**
   * Which step it is.
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
   * The result.
   */
  verdict: "ok" | "warning" | "failed" | "skipped";
  /**
   * How long it took, in milliseconds.
   */
  milliseconds: number;
  /**
   * What was found and what to do about it, in a sentence or two.
   */
  message: string;
  /**
   * The message of the platform or the gateway, if any, with secrets masked.
   */
  detail?: string;
  /**
   * What fixes it, if the client can offer that.
   */
  fix?: "signIn" | "openSettings" | "openProxySettings" | "selectEnvironment" | "connect" | "openBilling";
}
/**
 * Parameters of `disconnect`.
 */
export interface DisconnectParams {
  /**
   * The environment's id.
   */
  environmentId: string;
  /**
   * The account that owns the environment. Default: the account in use.
   */
  accountId?: string;
  /**
   * Disconnect even if the snapshot fails. Everything that isn't in a snapshot is lost. Use this only if the pod is certainly gone. Default: false.
   */
  force?: boolean;
  /**
   * Rebuild the snapshots. Use this after a snapshot error or when there are too many layers. Default: false.
   */
  resetSnapshots?: boolean;
  /**
   * When to respond. Default: `settled`.
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
 * Parameters of `environmentChanged`, for an environment that is watched or that this server is changing.
 */
export interface EnvironmentChangedParams {
  /**
   * The account that owns the environment.
   */
  accountId: string;
  /**
   * The environment's id.
   */
  environmentId: string;
  /**
   * The environment as last confirmed. Absent if the gateway never described it, or reports that it no longer exists.
   */
  environment?: EnvironmentInfo;
  /**
   * Why the last read failed. Absent if it succeeded.
   */
  problem?: ProblemInfo;
}
/**
 * Why a background read failed.
 */
export interface ProblemInfo {
  /**
   * The number of the google.rpc.Code.
   */
  code: number;
  /**
   * The name of the google.rpc.Code.
   */
  status: string;
  /**
   * One sentence that a person can act on.
   */
  message: string;
}
/**
 * The `data` of an error whose code is a google.rpc.Code (1 to 16) or -32800, canceled.
 */
export interface ErrorData {
  /**
   * The name of the google.rpc.Code, such as FAILED_PRECONDITION.
   */
  status: string;
  /**
   * The HTTP status of the gateway's response, if there was one.
   */
  httpStatus?: number;
  /**
   * The gateway's own message, if any.
   */
  gatewayMessage?: string;
  /**
   * Whether the requested change is in effect at the gateway. `unknown` while it's still in progress there, or if the gateway couldn't be reached. Absent for calls that don't change anything.
   */
  outcome?: "applied" | "notApplied" | "unknown";
  /**
   * Why the storage folder couldn't protect the change. If `connect` was called without `allowUnprotected`, this is why it was refused. Absent if the change was protected.
   */
  unprotected?: string;
  /**
   * True if the server itself refused the call, and nothing was sent that changes the environment. Otherwise absent.
   */
  refused?: boolean;
  /**
   * The bound that refused the call, if one did. Nothing was sent, and only a person can change the bound. `actor` is for what only a person may do, `boundsFile` and `reservations` if the bounds or what's in use can't be read.
   */
  bound?:
    | "nodePools"
    | "maxNodes"
    | "maxRanks"
    | "maxHours"
    | "maxRankHoursPerDay"
    | "maxEnvironments"
    | "mayExtend"
    | "mayEndOthers"
    | "actor"
    | "boundsFile"
    | "reservations";
  /**
   * True if the same call may succeed later without fixing anything first.
   */
  retryable: boolean;
  /**
   * The environment as last confirmed, if it was.
   */
  environment?: EnvironmentInfo;
  /**
   * What the error means for the user, in a sentence or two, if the message doesn't say so.
   */
  detail?: string;
  /**
   * What the user can do next, the most useful first. A client offers those that it supports.
   */
  actions: (
    | "tryAgain"
    | "chooseNodePool"
    | "waitForRoom"
    | "rebuildSnapshots"
    | "forceDisconnect"
    | "refresh"
    | "selectEnvironment"
    | "signIn"
    | "openSettings"
    | "openProxySettings"
    | "openBilling"
    | "diagnose"
  )[];
  /**
   * The gateway's id of the request, for support.
   */
  requestId?: string;
}
/**
 * The gateway in use.
 */
export interface GatewayInfo {
  /**
   * The base URL, or `sandbox`.
   */
  url: string;
  /**
   * True for the embedded sandbox: nothing in it is real, and nothing costs money.
   */
  sandbox: boolean;
}
/**
 * Parameters of `getEnvironment`.
 */
export interface GetEnvironmentParams {
  /**
   * The environment's id.
   */
  environmentId: string;
  /**
   * The account that owns the environment. Default: the account in use.
   */
  accountId?: string;
}
/**
 * Parameters of `getNodePoolUsage`.
 */
export interface GetNodePoolUsageParams {
  /**
   * The node pool's id.
   */
  nodePoolId: string;
  /**
   * The account that owns the node pool. Default: the account in use.
   */
  accountId?: string;
  /**
   * The node pool's `maxNodeCount`, which the ceiling depends on. Default: the result has no `ceilingRanks`.
   */
  maxNodeCount?: number;
}
/**
 * Parameters of `getUsage`.
 */
export interface GetUsageParams {
  /**
   * The account. Default: the account in use.
   */
  accountId?: string;
  /**
   * The start, in RFC 3339 with an offset. At most five years ago. Default: 30 days ago.
   */
  since?: string;
  /**
   * The end, in RFC 3339 with an offset. After the start. Default: now. What lies ahead isn't counted.
   */
  until?: string;
  /**
   * What to group by. Default: nothing, which results in one group at most.
   */
  groupBy?: ("day" | "environment" | "nodePool" | "connection")[];
}
/**
 * The server's own options in `initialize`.
 */
export interface InitializationOptions {
  /**
   * The client's version of VS Code. Default: from `clientInfo`, otherwise none.
   */
  vscodeVersion?: string;
  /**
   * The gateway's base URL, or `sandbox` for the embedded one. HTTPS, or HTTP to a loopback address, without credentials, query, or fragment. Default: FIREWORKS_BASE_URL, otherwise https://api.fireworks.ai.
   */
  gatewayUrl?: string;
  /**
   * The account to use. Default: FIREWORKS_ACCOUNT_ID, then auth.ini, then the account that the key belongs to.
   */
  accountId?: string;
  /**
   * The URL of an HTTP proxy. Default: the environment's.
   */
  proxy?: string;
  /**
   * VS Code's http.proxySupport. With `off`, no proxy is used, not even the environment's. Default: any other value.
   */
  proxySupport?: ("off" | "on" | "fallback" | "override") | string;
  /**
   * VS Code's http.proxyAuthorization: a Proxy-Authorization header with the Basic scheme. Default: none.
   */
  proxyAuthorization?: string;
  /**
   * Hosts to reach without the proxy.
   */
  noProxy?: string[];
  /**
   * False accepts any certificate. Default: true.
   */
  strictSSL?: boolean;
  /**
   * The path of a PEM file with additional certificate authorities.
   */
  caFile?: string;
  /**
   * The folder for data that outlives the process. Default: none, and nothing is stored.
   */
  storagePath?: string;
  /**
   * Who the client acts for. The server keeps the bounds in companion-bounds.json for the command line, and also safe defaults for an agent. Default: `person`, who has no bounds.
   */
  actor?: "person" | "commandLine" | "agent";
  /**
   * Whether this server disconnects environments at the ends in its storage folder, and announces them. A client that runs only for a moment sets it to false, because an end would be lost if its server ended in the middle of the disconnect. Default: true.
   */
  keepEnds?: boolean;
  [k: string]: unknown;
}
/**
 * The members of LSP's InitializeParams that the server uses. All others are ignored.
 */
export interface InitializeParams {
  /**
   * The client's process id. When that process ends, the server exits within 2 s.
   */
  processId?: number;
  /**
   * The client's name and version.
   */
  clientInfo?: ClientInfo;
  /**
   * The client's language, such as en or pt-br. Messages for people are in German for de, otherwise in English.
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
 * Result of `initialize`.
 */
export interface InitializeResult {
  /**
   * LSP's capabilities. Empty, because the server offers no language features.
   */
  capabilities: Empty;
  /**
   * The server's name and version.
   */
  serverInfo: ServerInfo;
  /**
   * The version of this protocol. The major version increases if an older client could misunderstand a change.
   */
  protocolVersion: string;
  /**
   * The gateway in use.
   */
  gateway: GatewayInfo;
  /**
   * Changes that an earlier process with the same `storagePath` had started when it ended. Read these environments: only the gateway can tell the outcome. Nothing is sent again.
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
 * A change whose outcome is unknown.
 */
export interface UnsettledChange {
  /**
   * The account that owns the environment.
   */
  accountId: string;
  /**
   * The environment's id.
   */
  environmentId: string;
  /**
   * The requested change.
   */
  change: "connect" | "disconnect";
  /**
   * When it was started, on this machine's clock.
   */
  since: string;
}
/**
 * Parameters of `leaseEnding`.
 */
export interface LeaseEndingParams {
  /**
   * The account that owns the environment.
   */
  accountId: string;
  /**
   * The environment's id.
   */
  environmentId: string;
  /**
   * The environment as last confirmed. Absent if this server hasn't read it yet.
   */
  environment?: EnvironmentInfo;
  /**
   * When it will be disconnected, on this machine's clock.
   */
  until: string;
}
/**
 * Parameters of `listAccounts`.
 */
export interface ListAccountsParams {
  /**
   * The key to list accounts with before `signIn`. It's used only for this call and never logged. Default: the key in use.
   */
  apiKey?: string;
}
/**
 * Result of `listAccounts`.
 */
export interface ListAccountsResult {
  /**
   * Every account that the key can access, in the gateway's order. If the gateway doesn't list any, the account that the key belongs to.
   */
  accounts: AccountSummary[];
}
/**
 * Parameters of `listEnvironments`.
 */
export interface ListEnvironmentsParams {
  /**
   * The account to list. Default: the account in use.
   */
  accountId?: string;
  /**
   * Token for `$/progress` with each page as the gateway sends it. Default: the result contains everything.
   */
  partialResultToken?: number | string;
}
/**
 * Result of `listEnvironments`, and each page of it.
 */
export interface ListEnvironmentsResult {
  /**
   * Every environment in the account, in the gateway's order. Empty in the result of a request with a `partialResultToken`: all of them were sent before it.
   */
  environments: EnvironmentInfo[];
}
/**
 * Parameters of `listNodePools`.
 */
export interface ListNodePoolsParams {
  /**
   * The account to list. Default: the account in use.
   */
  accountId?: string;
  /**
   * Token for `$/progress` with each page as the gateway sends it. Default: the result contains everything.
   */
  partialResultToken?: number | string;
}
/**
 * Result of `listNodePools`, and each page of it.
 */
export interface ListNodePoolsResult {
  /**
   * Every node pool in the account, in the gateway's order. Empty in the result of a request with a `partialResultToken`: all of them were sent before it.
   */
  nodePools: NodePoolInfo[];
}
/**
 * A node pool, with its usage if the gateway includes it.
 */
export interface NodePoolInfo {
  /**
   * The node pool's id.
   */
  nodePoolId: string;
  /**
   * The display name, if it has one.
   */
  displayName?: string;
  /**
   * The state, by the gateway's own name. It may be one that this version doesn't support.
   */
  state: ("STATE_UNSPECIFIED" | "CREATING" | "READY" | "DELETING" | "FAILED") | string;
  /**
   * Why it isn't ready, if the gateway reports it.
   */
  status?: StatusInfo;
  /**
   * The cloud's instance type, such as p5.48xlarge.
   */
  instanceType?: string;
  /**
   * True for spot capacity, which the cloud can reclaim.
   */
  spot?: boolean;
  /**
   * The zone of its nodes.
   */
  zone?: string;
  /**
   * The maximum number of nodes, 0 to 1000.
   */
  maxNodeCount?: number;
  /**
   * The number of nodes that are running now.
   */
  nodeCount?: number;
  /**
   * The number of ranks per node.
   */
  ranksPerNode?: number;
  /**
   * The number of unused ranks: nodes × ranks per node, minus those of environments and unfinished batch jobs; at least 0.
   */
  freeRanks?: number;
  /**
   * The number of ranks that would be free at the pool's maximum size. Also absent if that size isn't known.
   */
  ceilingRanks?: number;
}
/**
 * Parameters of `listRoles`.
 */
export interface ListRolesParams {
  /**
   * The account to list. Default: the account in use.
   */
  accountId?: string;
}
/**
 * Result of `listRoles`.
 */
export interface ListRolesResult {
  /**
   * Every role in the account's bindings, without duplicates, in the gateway's order.
   */
  roles: RoleInfo[];
}
/**
 * An AWS IAM role that connections in the account can assume.
 */
export interface RoleInfo {
  /**
   * The ARN, in the format that `connect` takes.
   */
  role: string;
  /**
   * Who may assume it, such as a person's email address. Absent if there are several, or if the gateway doesn't report it.
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
 * The usage of a node pool. All members are absent if the gateway didn't report it.
 */
export interface NodePoolUsage {
  /**
   * The number of nodes that are running now.
   */
  nodeCount?: number;
  /**
   * The number of ranks per node.
   */
  ranksPerNode?: number;
  /**
   * The number of unused ranks: nodes × ranks per node, minus those of environments and unfinished batch jobs; at least 0.
   */
  freeRanks?: number;
  /**
   * The number of ranks that would be free at the pool's maximum size. Also absent if that size isn't known.
   */
  ceilingRanks?: number;
}
/**
 * Parameters of `planConnect`.
 */
export interface PlanConnectParams {
  /**
   * The environment's id.
   */
  environmentId: string;
  /**
   * The account that owns the environment. Default: the account in use.
   */
  accountId?: string;
  /**
   * The node pool and how to use it.
   */
  connection: ConnectionParams;
  /**
   * What an earlier `planConnect` of this environment returned, if the user then connected it. These risks aren't reported again while they stay the same. Default: none.
   */
  acceptedRisks?: AcceptedRisks;
}
/**
 * LSP's ProgressParams.
 */
export interface ProgressParams {
  /**
   * The request's `workDoneToken` or `partialResultToken`, exactly as received.
   */
  token: number | string;
  /**
   * For a `workDoneToken`, the progress to show. For a `partialResultToken`, the next part of the result.
   */
  value: WorkDoneProgress | ListEnvironmentsResult | ListNodePoolsResult;
}
/**
 * LSP's WorkDoneProgressBegin, Report, and End in one record.
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
   * At begin: true if `$/cancelRequest` stops the waiting.
   */
  cancellable?: boolean;
  /**
   * The current stage as a short phrase for people.
   */
  message?: string;
  /**
   * The current stage for programs. It may be one that an older client doesn't support. At end: the state that the change settled in, if it's the requested one; otherwise absent.
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
        | "waitingForRoom"
      )
    | string;
  /**
   * When that stage started, on this machine's clock; for the gateway's own states, when the server first saw it. A gateway that temporarily doesn't respond doesn't restart a stage.
   */
  since?: string;
  /**
   * How long the whole change usually takes with this node pool, in seconds, 1 to 86400, based on earlier changes. Absent if there were none.
   */
  expectedSeconds?: number;
  /**
   * While waiting for room: the node pool's unused ranks. Absent if the gateway didn't report them.
   */
  freeRanks?: number;
  /**
   * While waiting for room: the ranks that would be free at the pool's maximum size. Absent if that isn't known.
   */
  ceilingRanks?: number;
}
/**
 * A recorded event.
 */
export interface RecordedEvent {
  /**
   * When it happened, on this machine's clock.
   */
  time: string;
  /**
   * The kind of event: a message of this protocol, a change of state, or a log line, whatever its level.
   */
  kind: "message" | "state" | "log";
  /**
   * One line, with secrets masked.
   */
  text: string;
}
/**
 * Result of `getReport`: the server's own data, with secrets masked. It isn't uploaded anywhere.
 */
export interface ReportInfo {
  /**
   * The server's version.
   */
  version: string;
  /**
   * The .NET runtime.
   */
  runtime: string;
  /**
   * The operating system and architecture.
   */
  operatingSystem: string;
  /**
   * The server's process id.
   */
  processId: number;
  /**
   * When the server started, on this machine's clock.
   */
  startedAt: string;
  /**
   * Memory in use, in mebibytes.
   */
  memoryMebibytes: number;
  /**
   * The settings in effect and their origins.
   */
  settings: SettingInfo[];
  /**
   * The latest events, oldest first: at most 2,000 entries and 256 Ki characters.
   */
  events: RecordedEvent[];
  /**
   * The number of entries that were dropped because of these limits.
   */
  dropped: number;
}
/**
 * A setting in effect.
 */
export interface SettingInfo {
  /**
   * The setting's name.
   */
  name: string;
  /**
   * True if it was set explicitly.
   */
  isSet: boolean;
  /**
   * The value. Absent if it isn't set or may contain a secret.
   */
  value?: string;
  /**
   * Where it comes from: `initialize`, an environment variable's name, a file's path, or `default`.
   */
  origin: string;
}
/**
 * Parameters of `setLease`.
 */
export interface SetLeaseParams {
  /**
   * The environment's id.
   */
  environmentId: string;
  /**
   * The account that owns the environment. Default: the account in use.
   */
  accountId?: string;
  /**
   * The new end, or null for none.
   */
  lease: LeaseParams | null;
  /**
   * Whether the operating system keeps the end, too, even while VS Code is closed. If true and that's not possible, the error says whether the end was set. Requires systemd, launchd, or Task Scheduler, and an API key outside the client. Default: as before; false for a new end.
   */
  bySystem?: boolean;
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
 * Parameters of `signIn`.
 */
export interface SignInParams {
  /**
   * The API key. It's checked with the gateway before it's used, kept only in memory, and never logged. Default: the key in use, otherwise the one in the environment or in auth.ini, even after `signOut`.
   */
  apiKey?: string;
  /**
   * The account to use. Default: the one that the key belongs to.
   */
  accountId?: string;
}
/**
 * What was observed of some connections. The members that describe them are there if all of them have the same value.
 */
export interface UsageGroup {
  /**
   * The day in this machine's time zone, such as 2026-11-28. Only if grouped by day.
   */
  day?: string;
  /**
   * The environment's id.
   */
  environmentId?: string;
  /**
   * The environment's display name, if it has one.
   */
  displayName?: string;
  /**
   * The node pool's id.
   */
  nodePoolId?: string;
  /**
   * The instance type of the node pool, such as p5.48xlarge, if it's known.
   */
  instanceType?: string;
  /**
   * The number of ranks.
   */
  numRanks?: number;
  /**
   * The email address of the environment's creator.
   */
  createdBy?: string;
  /**
   * `agent` for a connection that an agent on this machine started.
   */
  by?: "agent";
  /**
   * When the connection began, or was first seen. Only if grouped by connection.
   */
  from?: string;
  /**
   * When the connection ended, or was last seen. Only if grouped by connection.
   */
  until?: string;
  /**
   * How the connection ended: `here` by a change from this machine, `elsewhere`, or `deleted` with its environment. Only if grouped by connection, and absent if it hasn't ended as far as it's known.
   */
  end?: "here" | "elsewhere" | "deleted";
  /**
   * How long the environments were connected, in seconds. At least, if some of the time wasn't watched.
   */
  connectedSeconds: number;
  /**
   * The same multiplied by each connection's number of ranks. A connection without a known number counts as one rank.
   */
  rankSeconds: number;
  /**
   * How long it's unknown whether the environments were connected, in seconds, because nothing on this machine asked.
   */
  notWatchedSeconds: number;
}
/**
 * Result of `getUsage`: what was observed on this machine.
 */
export interface UsageInfo {
  /**
   * The account.
   */
  accountId: string;
  /**
   * The start.
   */
  since: string;
  /**
   * The end, at most now.
   */
  until: string;
  /**
   * The groups in which an environment was connected, by day and then by connected time, the longest first.
   */
  groups: UsageGroup[];
  /**
   * Why the history can't be stored. Absent if it can.
   */
  notRecorded?: string;
}
/**
 * Parameters of `watchEnvironments`. Each call replaces the previous one.
 */
export interface WatchEnvironmentsParams {
  /**
   * The environments to watch, at most 1,000. Empty to stop watching.
   */
  environments: WatchedEnvironment[];
  /**
   * True while no one is looking at the client's window: the state of a changing environment is then read less often. A call that ends this reads all of them at once. Default: false.
   */
  inBackground?: boolean;
}
/**
 * An environment to watch.
 */
export interface WatchedEnvironment {
  /**
   * The environment's id.
   */
  environmentId: string;
  /**
   * The account that owns the environment. Default: the account in use.
   */
  accountId?: string;
}

/** The states of an environment that this version supports. */
export const environmentStates = ["STATE_UNSPECIFIED","CREATING","DISCONNECTED","CONNECTING","CONNECTED","DISCONNECTING","RECONNECTING","DELETING"] as const;

/** The stages of a change that this version supports. */
export const changeStages = ["looking","requested","accepted","connecting","reconnecting","disconnecting","connected","disconnected","settling","retrying","refused","unconfirmed","waitingForRoom"] as const;

/** The rule for the ARN of a role. */
export const roleArn = {"pattern":"^arn:aws[a-zA-Z-]*:iam::[0-9]{12}:role/([\\x21-\\x7E]+/)?[A-Za-z0-9_+=,.@-]{1,64}$","maxLength":2048} as const;

/** Every request of the client, with what it takes and what it answers. */
export interface Requests {
  /** Opens the session. Before that, only `exit` is accepted; all other requests get error -32002. */
  initialize: { params: InitializeParams; result: InitializeResult };
  /** Reads what a connect depends on, and returns whether to connect at once, to ask the user first, or to choose another connection. Nothing is changed. */
  planConnect: { params: PlanConnectParams; result: ConnectPlan };
  /** Connects an environment to a node pool, or reconnects it with other parameters. The request to the gateway is sent once. Fails with a google.rpc.Code: 9 while another change is in progress, 5 for an unknown environment, the environment's own status if the connection fails, 4 if the time limit passes, -32800 if canceled. `data.outcome` is what's in effect. */
  connect: { params: ConnectParams; result: EnvironmentInfo };
  /** Disconnects an environment from its node pool. The gateway takes a snapshot first. The request to the gateway is sent once. Fails like `connect`. If the environment returns to CONNECTED, it wasn't disconnected and still incurs charges. */
  disconnect: { params: DisconnectParams; result: EnvironmentInfo };
  /** Sets, extends, or clears the end of the current connection. Setting one reads the environment, and fails with 9 if it isn't connected, if it's being disconnected because its end has come, or if the end can't be stored. Clearing needs no gateway if the environment is already known. Nothing is sent that changes the environment. */
  setLease: { params: SetLeaseParams; result: EnvironmentInfo };
  /** Lists the environments in an account: all pages, or one at a time with a `partialResultToken`. */
  listEnvironments: { params: ListEnvironmentsParams; result: ListEnvironmentsResult };
  /** Reads one environment from the gateway. */
  getEnvironment: { params: GetEnvironmentParams; result: EnvironmentInfo };
  /** Lists the node pools in an account: all pages, or one at a time with a `partialResultToken`. The usage is included only if the gateway's list includes it. Otherwise, call `getNodePoolUsage` for the ones that matter. */
  listNodePools: { params: ListNodePoolsParams; result: ListNodePoolsResult };
  /** Reads the usage of a node pool with one request to the gateway. It's sent only once, and only if it delays no other request. Otherwise, fails with 8. */
  getNodePoolUsage: { params: GetNodePoolUsageParams; result: NodePoolUsage };
  /** Lists the AWS IAM roles in the account's role bindings. Fails with 7, 5, or 12 if the key may not read them or the gateway doesn't support them. You can still enter a role. */
  listRoles: { params: ListRolesParams; result: ListRolesResult };
  /** Watches some environments, or none. `environmentChanged` follows for each one at once and after each change. Watching many environments of one account costs no more requests than listing them. */
  watchEnvironments: { params: WatchEnvironmentsParams; result: Empty };
  /** Checks an API key with the gateway and uses it from then on. If the key is rejected, nothing changes. */
  signIn: { params: SignInParams; result: AccountInfo };
  /** Forgets the key, whatever its source, until the next `signIn`. Stops watching. */
  signOut: { params: Empty; result: Empty };
  /** The account in use and the source of its key, or null if there is no key. */
  getAccount: { params: Empty; result: AccountInfo | null };
  /** Lists all accounts that a key can access. `signIn` takes one of them as `accountId`. */
  listAccounts: { params: ListAccountsParams; result: ListAccountsResult };
  /** How long environments were connected, from the history that this machine keeps of what its processes observed. Sends no requests, except to determine the account in use. */
  getUsage: { params: GetUsageParams; result: UsageInfo };
  /** Deletes the history of all accounts of this gateway. What's connected now is recorded again from its next observation on. */
  clearUsage: { params: Empty; result: Empty };
  /** Checks every step from this machine to the node pool. Nothing is changed. The key is sent only to the gateway, and only after the network path has been checked without it. */
  diagnose: { params: DiagnoseParams; result: Diagnosis };
  /** The server's recorded events and settings, for a report that the user can save. Needs no key and sends no requests. */
  getReport: { params: Empty; result: ReportInfo };
  /** Ends the session. Later requests get error -32600. A change in progress continues at the gateway. */
  shutdown: { params: Empty; result: null };
}

/** Every notification from the client. */
export interface ClientNotifications {
  /** The client has received the result of `initialize`. */
  initialized: Empty;
  /** Changes how much the server logs. `verbose` adds every exchange with the gateway. */
  "$/setTrace": SetTraceParams;
  /** Ends the process with exit code 0 after `shutdown`, otherwise 1. */
  exit: Empty;
}

/** Every notification from the server. */
export interface ServerNotifications {
  /** Reports the state of an environment, or why it couldn't be read: after each attempt to read it, whether for watching, for a change, or for a request. */
  environmentChanged: EnvironmentChangedParams;
  /** Announces that an environment will be disconnected because its lease ends: 30, 10, and 2 minutes before, unless the lease was shorter. After an end that passed without being kept, 2 minutes before the disconnect that makes up for it. One server on this machine sends it, once. `setLease` moves or clears the end. */
  leaseEnding: LeaseEndingParams;
  /** Reports the stage of a change that was requested with a `workDoneToken`, or a part of a list that was requested with a `partialResultToken`. */
  "$/progress": ProgressParams;
  /** A line for the log. */
  "window/logMessage": LogMessageParams;
}
