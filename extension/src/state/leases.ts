import type { EnvironmentInfo, LeaseInfo } from "../protocol.g.js";
import type { EnvironmentViews } from "./environmentViews.js";

/** How long before the end of a connection the remaining time is shown, in milliseconds. */
const countdownTime = 120_000;

/** The time that's left of a connection. */
export interface TimeLeft {
  /** Rounded up. */
  readonly seconds: number;
  /** When it's a second less, in milliseconds of the wall clock. */
  readonly until: number;
}

/** Whether Companion will still disconnect the environment at its end. */
export function isKept({ keptBy }: LeaseInfo): boolean {
  return keptBy.length > 0;
}

/** Whether the operating system starts a server at the end, even if VS Code isn't running. */
export function isKeptBySystem({ keptBy }: LeaseInfo): boolean {
  return keptBy.includes("system");
}

/**
 * Returns when Companion will disconnect an environment, in milliseconds of the wall clock. Undefined if it won't.
 */
export function endOf({ state, lease }: EnvironmentInfo): number | undefined {
  const end = state === "CONNECTED" && lease && isKept(lease) ? Date.parse(lease.until) : Number.NaN;
  return Number.isNaN(end) ? undefined : end;
}

/**
 * Returns the time that's left of a connection in its last two minutes.
 * @param now wall clock time in milliseconds
 */
export function timeLeft(environment: EnvironmentInfo, now: number): TimeLeft | undefined {
  const end = endOf(environment);
  if (end === undefined || end <= now || end - now > countdownTime) return undefined;
  const seconds = Math.ceil((end - now) / 1000);
  return { seconds, until: end - (seconds - 1) * 1000 };
}

/** Returns when {@link timeLeft} changes, in milliseconds of the wall clock. Undefined if it doesn't. */
export function leftUntil(environment: EnvironmentInfo, now: number): number | undefined {
  const end = endOf(environment);
  if (end === undefined || end <= now) return undefined;
  return timeLeft(environment, now)?.until ?? end - countdownTime;
}

/** Returns the environments that Companion will disconnect at their end, as far as they're known. */
export function endingEnvironments({ all }: Pick<EnvironmentViews, "all">): EnvironmentInfo[] {
  return all.flatMap(({ environment }) =>
    environment && endOf(environment) !== undefined ? [environment] : [],
  );
}
