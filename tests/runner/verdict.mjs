// @ts-check
/**
 * What a suite counts for.
 *
 * @typedef {object} Suite
 * @property {string} name
 * @property {number} passed
 * @property {number} failed
 * @property {string} [because] why more counts as failed than the suite says itself
 * @property {readonly string[]} [failures] the names of the tests that failed
 */

/**
 * A runner that failed without naming a test, a suite without a test, and one that reached its time limit count as one failure.
 * So does each skipped test where everything must run: the tool that it needs is missing there.
 * @param {string} name
 * @param {{ passed: number, failed: number, skipped: number, status: number, stopped: boolean }} counts
 * @param {boolean} mustRunAll
 * @returns {Suite}
 */
export function verdict(name, { passed, failed, skipped, status, stopped }, mustRunAll) {
  /** @type {[applies: boolean, failures: number, because: string][]} */
  const faults = [
    [stopped, 1, "it reached its time limit and was stopped"],
    [!stopped && status !== 0 && failed === 0, 1, `its runner failed (${status})`],
    [!stopped && status === 0 && passed + failed + skipped === 0, 1, "it ran no test"],
    [mustRunAll && skipped > 0, skipped, `${skipped} of its tests were skipped`],
  ];
  const found = faults.filter(([applies]) => applies);
  return {
    name,
    passed,
    failed: failed + found.reduce((sum, [, failures]) => sum + failures, 0),
    ...(found.length > 0 ? { because: found.map(([, , because]) => because).join("; ") } : {}),
  };
}

/**
 * The counts in the summary that an MSTest program prints.
 * @param {string} text
 */
export function mstestCounts(text) {
  /** @param {string} key */
  const count = (key) => Number(new RegExp(`^  ${key}: (\\d+)`, "m").exec(text)?.[1] ?? 0);
  return { passed: count("succeeded"), failed: count("failed"), skipped: count("skipped") };
}

/**
 * The names of the tests that an MSTest program prints as failed.
 * @param {string} text
 */
export function mstestFailures(text) {
  return [...text.matchAll(/^failed (.+?)(?: \([\w ]*s\))?$/gm)].map(([, name = ""]) => name);
}

/**
 * The counts in vitest's report. A file that could not be loaded has failed without a test.
 * @param {{ numPassedTests?: number, numFailedTests?: number, numPendingTests?: number, numTodoTests?: number }} report
 */
export function vitestCounts({
  numPassedTests = 0,
  numFailedTests = 0,
  numPendingTests = 0,
  numTodoTests = 0,
}) {
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests };
}
