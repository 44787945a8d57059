import type { EnvironmentInfo } from "../protocol.g.js";
import { hasFailed, isConnecting } from "./transitions.js";

/** The user's wish to disconnect an environment as soon as the connect in progress is complete. It's for no other connect. */
export interface PlannedDisconnect {
  /** Whether the connect might have ended while this window wasn't watching, for example during a reload. */
  readonly isUnwatched: boolean;
}

/** What to do about a planned disconnect. */
export type PlanStep = "wait" | "disconnect" | "ask" | "drop";

/**
 * Decides about a planned disconnect when the gateway has described its environment. The gateway accepts no other
 * connect while one is in progress, so the first connected state after it belongs to the plan if nothing was missed.
 */
export function planStep({ isUnwatched }: PlannedDisconnect, environment: EnvironmentInfo): PlanStep {
  const { state, stateSince } = environment;
  if (isConnecting(state)) return "wait";
  if (state !== "CONNECTED" || hasFailed(environment)) return "drop"; // a failed reconnect leaves the earlier connection
  return isUnwatched || stateSince === undefined ? "ask" : "disconnect"; // the server saw it only with stateSince
}
