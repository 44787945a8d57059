import type { EnvironmentInfo } from "../protocol.g.js";
import { freshness, freshUntil } from "./freshness.js";
import { leftUntil } from "./leases.js";
import { isChanging } from "./transitions.js";
import type { View } from "./view.js";

/** How long an environment has been in its state, in steps that change rarely enough to be shown. */
export interface Elapsed {
  readonly seconds: number;
  /** When it's the next step, in milliseconds of the wall clock. */
  readonly until: number;
  /** Whether a change takes much longer than usual. */
  readonly isLate: boolean;
}

/**
 * Returns how long a connected or changing environment has been in its state. Undefined for other states, before the
 * first step, and if it isn't known.
 * @param now wall clock time in milliseconds
 */
export function elapsed(
  { state, stateSince, expectedSeconds }: EnvironmentInfo,
  now: number,
): Elapsed | undefined {
  const isInProgress = isChanging(state);
  const since = Date.parse(stateSince ?? "");
  if (Number.isNaN(since) || !(isInProgress || state === "CONNECTED")) return undefined;
  const exact = (now - since) / 1000;
  if (exact < 0) return undefined; // the clock was set back
  const step = isInProgress ? (exact < 120 ? 5 : 10) : 60;
  const seconds = Math.floor(exact / step) * step;
  const usual = isInProgress ? expectedSeconds : undefined;
  const isLate = usual !== undefined && seconds > Math.max(2 * usual, usual + 30);
  return { seconds, until: since + (seconds + step) * 1000, isLate };
}

/** Returns when what's shown of a view changes over time, in milliseconds of the wall clock. Undefined if it doesn't. */
export function shownUntil(view: View, now: number): number | undefined {
  const present = freshness(view, now) === "present" ? view.environment : undefined;
  const steps = present ? [elapsed(present, now)?.until, leftUntil(present, now)] : [];
  const ends = [freshUntil(view, now), ...steps].filter((end) => end !== undefined);
  return ends.length > 0 ? Math.min(...ends) : undefined;
}
