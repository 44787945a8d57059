import { freshness } from "../../state/freshness.js";
import { canConnect, canDisconnect } from "../../state/transitions.js";
import { isGone, type View } from "../../state/view.js";

/** The commands that make sense at times only. */
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
 * Which of them make sense now. Only what the gateway has just confirmed excludes anything: while a state is old, what would change
 * it stays possible.
 * @param now milliseconds of the wall clock
 */
export function availability(view: View, now: number): Readonly<Record<ConditionalCommand, boolean>> {
  const { sandbox, account, selection } = view;
  const state = confirmedState(view, now);
  return {
    connect: state === undefined || (canConnect(state) && state !== "CONNECTED"), // as last time is what it is
    disconnect: !isGone(view) && (state === undefined || canDisconnect(state)),
    refresh: selection !== undefined,
    signOut: !sandbox && account !== null,
    switchAccount: !sandbox,
    trySandbox: !sandbox,
    leaveSandbox: sandbox,
    restartServer: view.server !== "stopped",
  };
}

/** True where the environment is known to be on its way from one state to another: the gateway takes no connect. */
export function isBusy(view: View, now: number): boolean {
  const state = confirmedState(view, now);
  return state !== undefined && !canConnect(state);
}

function confirmedState(view: View, now: number): string | undefined {
  return freshness(view, now) === "present" ? view.environment?.state : undefined;
}
