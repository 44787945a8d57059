import { isUnreachable } from "../errors/rpcError.js";
import { missesWhenOffline, type View } from "./view.js";

/**
 * How well the known description of the environment stands for the present one: it does; it did once; or it did once, and
 * the gateway is out of reach.
 */
export type Freshness = "present" | "old" | "offline";

/**
 * Milliseconds after which a description is old, whatever else is known. The server asks every 33 s at the latest where
 * nothing moves, and a slow answer may take 30 s; what is older than that was missed, or slept through.
 */
export const freshFor = 90_000;

/** @param now milliseconds of the wall clock, which also dates the gateway's answers */
export function freshness(view: View, now: number): Freshness {
  const isAged = age(view, now) > freshFor;
  if (view.confirmed && view.environment && !isAged) return "present";
  const missed = view.misses >= missesWhenOffline || (view.misses > 0 && view.environment && isAged);
  return missed && isUnreachable(view.problem?.code) ? "offline" : "old";
}

/** When {@link freshness} changes by itself, in milliseconds of the wall clock; undefined where it does not. */
export function freshUntil(view: View, now: number): number | undefined {
  const end = Date.parse(view.environment?.observedAt ?? "") + freshFor + 1;
  return end > now && freshness(view, now) !== freshness(view, end) ? end : undefined;
}

/** In milliseconds. A clock that was set back makes a description as doubtful as one that was set forward. */
function age({ environment }: View, now: number): number {
  const elapsed = Math.abs(now - Date.parse(environment?.observedAt ?? ""));
  return Number.isNaN(elapsed) ? Number.POSITIVE_INFINITY : elapsed;
}
