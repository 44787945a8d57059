import { setTimeout as delay } from "node:timers/promises";
import { inspect } from "node:util";

/** How long a step in VS Code can take on a slow machine, in milliseconds. */
export const stepTimeout = 30_000;

/** Interval between checks in milliseconds. */
const interval = 50;

/** A text to match. A string must match completely, a pattern can match a part. */
export type TextMatch = string | RegExp;

export function matches(text: string, match: TextMatch): boolean {
  return typeof match === "string" ? text === match : match.test(text);
}

/** The same for a locator's `hasText`, which would match a string partially. */
export function asPattern(match: TextMatch): RegExp {
  return typeof match === "string" ? new RegExp(`^\\s*${escaped(match)}\\s*$`) : match;
}

/** Escapes a text for a pattern. */
export function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}

/**
 * Reads a value repeatedly until it's accepted.
 * @param what what to wait for, for the error message
 * @param timeout milliseconds
 * @returns the accepted value
 * @throws {Error} with the last value, on a timeout
 */
export async function until<T>(
  what: string,
  read: () => Promise<T>,
  accepted: (value: T) => boolean,
  timeout = stepTimeout,
): Promise<T> {
  const deadline = performance.now() + timeout;
  for (;;) {
    const value = await read();
    if (accepted(value)) return value;
    if (performance.now() > deadline) {
      throw new Error(`${what}: not within ${timeout} ms; at last: ${inspect(value, { depth: 5 })}`);
    }
    await delay(interval);
  }
}
