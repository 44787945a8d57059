import type { EnvironmentInfo } from "../protocol.g.js";

/** The user's wish to disconnect an environment as soon as the connect in progress is complete. It's for no other connect. */
export interface PlannedDisconnect {
  /** Whether the connect might have ended while this window wasn't watching, for example during a reload. */
  readonly isUnwatched: boolean;
}

/** What to do about a planned disconnect. */
export type PlanStep = "wait" | "disconnect" | "ask" | "drop";

/** Whether an environment in this state is being connected, so that a disconnect can be planned. */
export function isConnecting(state: string | undefined): boolean {
  return state === "CONNECTING" || state === "RECONNECTING";
}

/**
 * Decides about a planned disconnect when the gateway has described its environment. The gateway accepts no other
 * connect while one is in progress, so the first connected state after it belongs to the plan if nothing was missed.
 */
export function planStep(
  { isUnwatched }: PlannedDisconnect,
  { state, stateSince, status }: EnvironmentInfo,
): PlanStep {
  if (isConnecting(state)) return "wait";
  const hasFailed = status !== undefined && status.code !== "OK"; // a failed reconnect leaves the earlier connection
  if (state !== "CONNECTED" || hasFailed) return "drop";
  return isUnwatched || stateSince === undefined ? "ask" : "disconnect"; // the server saw it only with stateSince
}
