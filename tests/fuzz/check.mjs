// @ts-check
import fc from "fast-check";

/** @import { Property } from "./properties/index.mjs" */

/** Milliseconds in which a failing case is made smaller. */
const shrinking = 60_000;

/**
 * Plays a property's cases of one seed. Stops at the end of the time between two cases, never within the shrinking of one that failed.
 * @param {Property} property
 * @param {{ seed: number, runs: number, path?: string | undefined, end?: number }} how `end` by performance.now()
 * @returns {Promise<{ runs: number, failure?: { report: string, path: string } }>}
 */
export async function check(property, { seed, runs, path, end = Number.POSITIVE_INFINITY }) {
  let [played, shrinkUntil] = [0, 0];
  const result = await fc.check(
    fc.asyncProperty(property.input, async (given) => {
      const now = performance.now();
      if (shrinkUntil > 0 ? now > shrinkUntil : now > end) return;
      played++;
      try {
        await property.play(given);
      } catch (error) {
        shrinkUntil ||= performance.now() + shrinking;
        throw error;
      }
    }),
    { seed, numRuns: runs, ...(path !== undefined && { path }) },
  );
  if (!result.failed) return { runs: played };
  const report = `${result.errorInstance}\n${await fc.asyncDefaultReportMessage(result)}`;
  return { runs: played, failure: { report, path: result.counterexamplePath ?? "" } };
}
