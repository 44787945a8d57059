// @ts-check
/** Runs suites, and sums up what they count for. */
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { inRoot } from "../../extension/scripts/common.mjs";
import { runLimited } from "./limited.mjs";
import { mstestCounts, mstestFailures, verdict, vitestCounts } from "./verdict.mjs";

/** @typedef {import("./verdict.mjs").Suite} Suite */
/** @typedef {{ status: string, fullName: string }} VitestTest */

/** The folder of the suites' reports. */
export const reports = inRoot("out", "test-reports");

/** @param {string} text */
export function heading(text) {
  console.log(`\n== ${text}`);
}

/** Twice what the longest suite takes on a slow machine: a test that waits forever ends the run, and nothing else does. */
export function limit() {
  return AbortSignal.timeout(60 * 60_000);
}

/**
 * Runs an MSTest program and reads the summary that it prints.
 * @param {string} name
 * @param {readonly string[]} command
 * @param {{ filter?: string | undefined, mustRunAll?: boolean }} [options]
 * @returns {Promise<Suite>}
 */
export async function runMstest(name, [program = "", ...before], { filter, mustRunAll = false } = {}) {
  heading(name);
  const args = filter ? ["--filter", filter] : [];
  const ended = await runLimited(program, [...before, "--progress", "off", "--no-ansi", ...args], {
    signal: limit(),
    onOutput: (text) => process.stdout.write(text),
  });
  const suite = verdict(name, { ...mstestCounts(ended.stdout), ...ended }, mustRunAll);
  return { ...suite, failures: mstestFailures(ended.stdout) };
}

/**
 * Runs the vitest suite of one workspace and reads its report.
 * @param {string} project
 * @param {{ name?: string, args?: readonly string[], env?: NodeJS.ProcessEnv | undefined, mustRunAll?: boolean }} [options] `args` for
 * vitest, such as files
 */
export async function runVitest(project, { name = project, args = [], env, mustRunAll = false } = {}) {
  heading(name);
  mkdirSync(reports, { recursive: true });
  const file = `${reports}/${name.replaceAll(/[^\w.-]+/g, "-")}.json`;
  rmSync(file, { force: true });
  const program = inRoot("node_modules", "vitest", "vitest.mjs");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  const ended = await runLimited(process.execPath, [program, "run", ...args, ...reporters], {
    signal: limit(),
    cwd: inRoot(project),
    env: { ...process.env, ...env },
  });
  const report = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : { testResults: [] };
  /** @type {VitestTest[]} */
  const tests = report.testResults.flatMap((/** @type {any} */ result) => result.assertionResults);
  const suite = verdict(name, { ...vitestCounts(report), ...ended }, mustRunAll);
  const failures = tests.filter(({ status }) => status === "failed").map(({ fullName }) => fullName);
  return { suite: { ...suite, failures }, tests };
}

/**
 * Prints each suite with the tests that failed, and one line that counts over all of them.
 * @param {readonly Suite[]} suites
 */
export function sumUp(suites) {
  heading("Suites");
  for (const { name, passed, failed, because, failures = [] } of suites) {
    console.log(`${name}: ${passed} passed, ${failed} failed${because ? ` (${because})` : ""}`);
    for (const failure of failures) console.log(`  failed: ${failure}`);
  }
  const passed = suites.reduce((sum, suite) => sum + suite.passed, 0);
  const failed = suites.reduce((sum, suite) => sum + suite.failed, 0);
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}
