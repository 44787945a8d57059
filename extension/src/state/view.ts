import { GoogleRpcCode, isTransient } from "../errors/rpcError.js";
import type { AccountInfo, EnvironmentChangedParams, EnvironmentInfo, ProblemInfo } from "../protocol.g.js";
import type { ServerState } from "../server/server.js";
import { type PlannedDisconnect, planStep } from "./plannedDisconnect.js";
import type { RoomWait } from "./roomWaits.js";

/** The environment of this workspace. */
export interface Selection {
  readonly accountId: string;
  readonly environmentId: string;
  readonly displayName?: string | undefined;
}

/** Everything that's known at one time, and how reliable it is. */
export interface View {
  readonly server: ServerState;
  readonly sandbox: boolean;
  /** The account in use. Null if there's no key, undefined if it isn't known yet. */
  readonly account: AccountInfo | null | undefined;
  readonly selection: Selection | undefined;
  /** The selected environment as the gateway last described it. */
  readonly environment: EnvironmentInfo | undefined;
  /**
   * Whether this description counts as current: a running server received it, and at most one request since then
   * failed with a temporary error. Its age is checked by {@link freshness}.
   */
  readonly confirmed: boolean;
  /** Why the last request failed. */
  readonly problem: ProblemInfo | undefined;
  /** The number of failed requests in a row. */
  readonly misses: number;
  /** The last change of the selected environment, if it failed and nothing else has happened to the environment since. */
  readonly failedChange: FailedChange | undefined;
  /** A disconnect of the selected environment, as soon as its connect is complete. */
  readonly plannedDisconnect: PlannedDisconnect | undefined;
  /** A connect of the selected environment that's sent once its node pool has room, or that can be resumed. */
  readonly roomWait: ShownWait | undefined;
}

export interface ShownWait extends RoomWait {
  /** Whether nothing waits any longer, because its server or window was closed. */
  readonly isStopped: boolean;
}

export interface FailedChange {
  readonly message: string;
  /** The last known state when it failed. */
  readonly state: string | undefined;
}

/**
 * The number of failed requests in a row after which the gateway counts as unreachable. A single failure changes
 * nothing.
 */
export const missesWhenOffline = 2;

export type ViewAction =
  | { readonly type: "server"; readonly state: ServerState }
  | { readonly type: "account"; readonly account: View["account"] }
  /** Another environment was selected as the gateway just described it, or none. */
  | { readonly type: "selected"; readonly environment: EnvironmentInfo | undefined }
  /** The gateway described an environment. */
  | { readonly type: "seen"; readonly environment: EnvironmentInfo }
  /** An error included a description of the environment, which might be older than the known one. */
  | { readonly type: "recalled"; readonly environment: EnvironmentInfo }
  /** A request about an environment failed. */
  | ({ readonly type: "problem" } & EnvironmentChangedParams)
  /** A change of an environment begins. */
  | { readonly type: "changing"; readonly environment: Selection }
  | {
      readonly type: "disconnectPlanned";
      readonly environment: Selection;
      readonly plan: PlannedDisconnect | undefined;
    }
  | {
      readonly type: "waitingForRoom";
      readonly environment: Selection;
      readonly wait: ShownWait | undefined;
    }
  | { readonly type: "changeFailed"; readonly environment: Selection; readonly message: string }
  /** The gateway changed to the sandbox or back. */
  | {
      readonly type: "gateway";
      readonly sandbox: boolean;
      readonly selection?: Selection | undefined;
      readonly remembered?: EnvironmentInfo | undefined;
      readonly plannedDisconnect?: PlannedDisconnect | undefined;
    };

const withoutEnvironment = {
  selection: undefined,
  environment: undefined,
  confirmed: false,
  problem: undefined,
  misses: 0,
  failedChange: undefined,
  plannedDisconnect: undefined,
  roomWait: undefined,
};

export const initialView: View = {
  server: "stopped",
  sandbox: false,
  account: undefined,
  ...withoutEnvironment,
};

/** Returns the view after an action. */
export function reduce(view: View, action: ViewAction): View {
  switch (action.type) {
    case "server":
      if (action.state === "running") return { ...view, server: action.state };
      // What an earlier process reported no longer counts.
      return {
        ...view,
        server: action.state,
        account: undefined,
        confirmed: false,
        problem: undefined,
        misses: 0,
        plannedDisconnect: view.plannedDisconnect && { isUnwatched: true },
        roomWait: view.roomWait && { ...view.roomWait, isStopped: true },
      };
    case "account": {
      const { account } = action;
      if (account === null) return { ...view, account, confirmed: false };
      return isSignedOut(view) ? { ...view, account, problem: undefined, misses: 0 } : { ...view, account };
    }
    case "selected":
      return action.environment ? seen(view, action.environment) : { ...view, ...withoutEnvironment };
    case "seen":
      return isSelected(view, action.environment) ? seen(view, action.environment) : view;
    case "recalled": {
      const { environment } = action;
      const newer =
        !view.environment || Date.parse(environment.observedAt) > Date.parse(view.environment.observedAt);
      return isSelected(view, environment) && newer ? seen(view, environment) : view;
    }
    case "problem":
      return isSelected(view, action) ? withProblem(view, action) : view;
    case "changing":
      return isSelected(view, action.environment) && (view.failedChange || view.roomWait?.isStopped)
        ? { ...view, failedChange: undefined, roomWait: running(view.roomWait) }
        : view;
    case "changeFailed": {
      const { environment, message } = action;
      const failedChange = { message, state: view.environment?.state };
      return isSelected(view, environment) ? { ...view, failedChange } : view;
    }
    case "disconnectPlanned":
      return isSelected(view, action.environment) ? { ...view, plannedDisconnect: action.plan } : view;
    case "waitingForRoom":
      return isSelected(view, action.environment) ? { ...view, roomWait: action.wait } : view;
    case "gateway": {
      const { sandbox, selection, remembered: environment, plannedDisconnect } = action;
      return { ...initialView, server: view.server, sandbox, selection, environment, plannedDisconnect };
    }
  }
}

/** Whether the user has to sign in first. */
export function isSignedOut(view: View): boolean {
  return view.account === null || view.problem?.code === GoogleRpcCode.Unauthenticated;
}

/** Whether the gateway reports that the environment doesn't exist. */
export function isGone(view: View): boolean {
  return view.environment === undefined && view.problem?.code === GoogleRpcCode.NotFound;
}

/** The name to show. */
export function nameOf(environment: Omit<Selection, "accountId">): string {
  return environment.displayName || environment.environmentId;
}

function seen(view: View, environment: EnvironmentInfo): View {
  const { accountId, environmentId, displayName } = environment;
  return {
    ...view,
    selection: { accountId, environmentId, displayName },
    environment: keepStateSince(view.environment, environment),
    confirmed: view.server === "running",
    problem: undefined,
    misses: 0,
    failedChange: isSelected(view, environment) ? stillFailed(view.failedChange, environment) : undefined,
    plannedDisconnect: isSelected(view, environment)
      ? stillPlanned(view.plannedDisconnect, environment)
      : undefined,
    roomWait: isSelected(view, environment) ? stillWanted(view.roomWait, environment) : undefined,
  };
}

function running(wait: ShownWait | undefined): ShownWait | undefined {
  return wait?.isStopped ? undefined : wait;
}

/** A stopped wait no longer matters once the environment is in another state. The server ends one that's running. */
function stillWanted(wait: ShownWait | undefined, { state }: EnvironmentInfo): ShownWait | undefined {
  return wait?.environment.state === state ? wait : running(wait);
}

/** A plan is for one connect. Seeing that connect in progress shows that nothing was missed. */
function stillPlanned(
  plan: PlannedDisconnect | undefined,
  environment: EnvironmentInfo,
): PlannedDisconnect | undefined {
  switch (plan && planStep(plan, environment)) {
    case "wait":
      return plan?.isUnwatched ? { isUnwatched: false } : plan;
    case "disconnect":
    case "ask":
      return plan;
    default:
      return undefined;
  }
}

/** A failure no longer matters once the environment is in another state. */
function stillFailed(failed: FailedChange | undefined, { state }: EnvironmentInfo): FailedChange | undefined {
  return failed && failed.state === state ? failed : undefined;
}

/**
 * Keeps stateSince from an earlier server if nothing has changed, because a server knows only what it saw itself.
 */
function keepStateSince(known: EnvironmentInfo | undefined, environment: EnvironmentInfo): EnvironmentInfo {
  const stateSince = environment.stateSince ?? known?.stateSince;
  const isSame =
    environment.updateTime !== undefined &&
    known?.environmentId === environment.environmentId &&
    known.accountId === environment.accountId &&
    known.state === environment.state &&
    known.updateTime === environment.updateTime;
  return isSame && stateSince !== undefined ? { ...environment, stateSince } : environment;
}

function withProblem(view: View, { environment, problem }: EnvironmentChangedParams): View {
  const gone = problem?.code === GoogleRpcCode.NotFound;
  const misses = view.misses + 1;
  return {
    ...view,
    environment: environment ?? (gone ? undefined : view.environment),
    plannedDisconnect: gone ? undefined : view.plannedDisconnect,
    roomWait: gone ? undefined : view.roomWait,
    problem,
    misses,
    confirmed: view.confirmed && misses < missesWhenOffline && isTransient(problem?.code),
  };
}

/** Whether the view is about this environment. */
export function isSelected({ selection }: View, one: { accountId: string; environmentId: string }): boolean {
  return selection?.environmentId === one.environmentId && selection.accountId === one.accountId;
}
