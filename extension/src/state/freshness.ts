import { isUnreachable } from "../errors/rpcError.js";
import { missesWhenOffline, type View } from "./view.js";

/** Whether the known state of the environment is current, old, or old because the gateway can't be reached. */
export type Freshness = "present" | "old" | "offline";

/**
 * How long a state stays current, in milliseconds. The server asks at least every 33 s, and a slow answer can take 30
 * s. An older state was missed, for example during sleep.
 */
export const freshFor = 90_000;

/** @param now wall clock time in milliseconds */
export function freshness(view: View, now: number): Freshness {
  const isAged = age(view, now) > freshFor;
  if (view.confirmed && view.environment && !isAged) return "present";
  const missed = view.misses >= missesWhenOffline || (view.misses > 0 && view.environment && isAged);
  return missed && isUnreachable(view.problem?.code) ? "offline" : "old";
}

/** Returns when {@link freshness} changes over time, in milliseconds of the wall clock. Undefined if it doesn't. */
export function freshUntil(view: View, now: number): number | undefined {
  const end = Date.parse(view.environment?.observedAt ?? "") + freshFor + 1;
  return end > now && freshness(view, now) !== freshness(view, end) ? end : undefined;
}

/** In milliseconds. If the clock was set back, a state is as doubtful as if it was set forward. */
function age({ environment }: View, now: number): number {
  const elapsed = Math.abs(now - Date.parse(environment?.observedAt ?? ""));
  return Number.isNaN(elapsed) ? Number.POSITIVE_INFINITY : elapsed;
}
