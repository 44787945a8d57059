import { GoogleRpcCode, isTransient } from "../errors/rpcError.js";
import type { AccountInfo, EnvironmentChangedParams, EnvironmentInfo, ProblemInfo } from "../protocol.g.js";
import type { ServerState } from "../server/server.js";

/** The environment that this workspace is about. */
export interface Selection {
  readonly accountId: string;
  readonly environmentId: string;
  readonly displayName?: string | undefined;
}

/** All that is known at one moment, and how well. */
export interface View {
  readonly server: ServerState;
  readonly sandbox: boolean;
  /** The account in use; null where there is no key; undefined while nobody has asked. */
  readonly account: AccountInfo | null | undefined;
  readonly selection: Selection | undefined;
  /** The selected environment as the gateway last described it. */
  readonly environment: EnvironmentInfo | undefined;
  /**
   * True while that description counts as the gateway's present one: a running server had it, and at most one question
   * since then met a fault that may pass. How old it is, is another matter: {@link freshness}.
   */
  readonly confirmed: boolean;
  /** Why the gateway was last not heard. */
  readonly problem: ProblemInfo | undefined;
  /** How many questions in a row the gateway has not answered. */
  readonly misses: number;
}

/** From so many questions in a row that met a fault on, the gateway counts as out of reach. One fault changes nothing. */
export const missesWhenOffline = 2;

export type ViewAction =
  | { readonly type: "server"; readonly state: ServerState }
  | { readonly type: "account"; readonly account: View["account"] }
  /** Another environment as the gateway has just described it, or none. */
  | { readonly type: "selected"; readonly environment: EnvironmentInfo | undefined }
  /** The gateway described an environment. */
  | { readonly type: "seen"; readonly environment: EnvironmentInfo }
  /** The gateway's latest description, found in an error: perhaps older than what is known. */
  | { readonly type: "recalled"; readonly environment: EnvironmentInfo }
  /** The gateway could not be asked about an environment, or had no answer. */
  | ({ readonly type: "problem" } & EnvironmentChangedParams)
  /** Another gateway: the sandbox, or the real one again. */
  | {
      readonly type: "gateway";
      readonly sandbox: boolean;
      readonly selection?: Selection | undefined;
      readonly remembered?: EnvironmentInfo | undefined;
    };

export const initialView: View = {
  server: "stopped",
  sandbox: false,
  account: undefined,
  selection: undefined,
  environment: undefined,
  confirmed: false,
  problem: undefined,
  misses: 0,
};

/** What is known after something happened. */
export function reduce(view: View, action: ViewAction): View {
  switch (action.type) {
    case "server":
      if (action.state === "running") return { ...view, server: action.state };
      // What another process said is not what this one, or none, knows.
      return {
        ...view,
        server: action.state,
        account: undefined,
        confirmed: false,
        problem: undefined,
        misses: 0,
      };
    case "account": {
      const { account } = action;
      if (account === null) return { ...view, account, confirmed: false };
      return isSignedOut(view) ? { ...view, account, problem: undefined, misses: 0 } : { ...view, account };
    }
    case "selected":
      if (action.environment) return seen(view, action.environment);
      return {
        ...view,
        selection: undefined,
        environment: undefined,
        confirmed: false,
        problem: undefined,
        misses: 0,
      };
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
    case "gateway": {
      const { sandbox, selection, remembered: environment } = action;
      return { ...initialView, server: view.server, sandbox, selection, environment };
    }
  }
}

/** True where the gateway has to be given a key first. */
export function isSignedOut(view: View): boolean {
  return view.account === null || view.problem?.code === GoogleRpcCode.Unauthenticated;
}

/** True where the gateway says that there is no such environment. */
export function isGone(view: View): boolean {
  return view.environment === undefined && view.problem?.code === GoogleRpcCode.NotFound;
}

/** True where the gateway says that the last change of an environment failed. */
export function hasFailed({ status }: EnvironmentInfo): boolean {
  return status !== undefined && status.code !== "OK";
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
  };
}

/** Since when it is in its state, the server knows only of what it saw: what an earlier one saw holds while nothing changed. */
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
    problem,
    misses,
    confirmed: view.confirmed && misses < missesWhenOffline && isTransient(problem?.code),
  };
}

function isSelected({ selection }: View, one: { accountId: string; environmentId: string }): boolean {
  return selection?.environmentId === one.environmentId && selection.accountId === one.accountId;
}
