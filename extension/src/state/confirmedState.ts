import { freshness } from "./freshness.js";
import { canConnect } from "./transitions.js";
import type { View } from "./view.js";

/**
 * Returns the state of the workspace's environment, unless it's outdated.
 * @param now wall clock time in milliseconds
 */
export function confirmedState(view: View, now: number): string | undefined {
  return freshness(view, now) === "present" ? view.environment?.state : undefined;
}

/** Whether the environment is known to be in transition, so that it can't be connected. */
export function isBusy(view: View, now: number): boolean {
  const state = confirmedState(view, now);
  return state !== undefined && !canConnect(state);
}
