import { freshness } from "./freshness.js";
import { canConnect, canDisconnect } from "./transitions.js";
import { isGone, type View } from "./view.js";

/** The commands that aren't always available. */
export type ConditionalCommand =
  | "connect"
  | "disconnect"
  | "refresh"
  | "signOut"
  | "switchAccount"
  | "trySandbox"
  | "leaveSandbox"
  | "restartServer";

/**
 * Returns which commands are available. Only a confirmed state can disable commands that change it.
 * @param now wall clock time in milliseconds
 */
export function availability(view: View, now: number): Readonly<Record<ConditionalCommand, boolean>> {
  const { sandbox, account, selection } = view;
  const state = confirmedState(view, now);
  return {
    connect: state === undefined || (canConnect(state) && state !== "CONNECTED"), // connecting the same way again would change nothing
    disconnect: !isGone(view) && (state === undefined || canDisconnect(state)),
    refresh: selection !== undefined,
    signOut: !sandbox && account !== null,
    switchAccount: !sandbox,
    trySandbox: !sandbox,
    leaveSandbox: sandbox,
    restartServer: view.server !== "stopped",
  };
}

/** Whether the environment is known to be in transition, so that it can't be connected. */
export function isBusy(view: View, now: number): boolean {
  const state = confirmedState(view, now);
  return state !== undefined && !canConnect(state);
}

function confirmedState(view: View, now: number): string | undefined {
  return freshness(view, now) === "present" ? view.environment?.state : undefined;
}
