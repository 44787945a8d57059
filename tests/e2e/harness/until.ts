import { setTimeout as delay } from "node:timers/promises";
import { inspect } from "node:util";

/** Milliseconds that a step in VS Code may take on a slow machine. */
export const stepTimeout = 30_000;

/** Milliseconds between two looks. */
const interval = 50;

/** A text: a string is the whole of it, a pattern may match a part. */
export type TextMatch = string | RegExp;

export function matches(text: string, match: TextMatch): boolean {
  return typeof match === "string" ? text === match : match.test(text);
}

/** The same for a locator's `hasText`, which would take a string for a part. */
export function asPattern(match: TextMatch): RegExp {
  return typeof match === "string" ? new RegExp(`^\\s*${escaped(match)}\\s*$`) : match;
}

/** A text as a part of a pattern. */
export function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}

/**
 * Reads again and again until what was read is accepted.
 * @param what what is waited for, for the error
 * @param timeout milliseconds
 * @returns the value that was accepted
 * @throws {Error} with the last value, when the time is over
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
