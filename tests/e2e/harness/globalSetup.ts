import type { TestProject } from "vitest/node";
import { ownTemporaryFolder } from "../../blackbox/support/temporaryFolder.js";
import { provision } from "../provision.mjs";

/**
 * Runs once before all tests to find code-server and Chromium. With `CI`, installs what's missing, and fails if that
 * fails. Otherwise, prints what's missing, and the tests are skipped.
 */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const isCI = !["", "0", "false"].includes(process.env.CI ?? "");
  const result = await provision({ install: isCI, log: (line) => console.log(`end-to-end tests: ${line}`) });
  if (!("missing" in result)) {
    project.provide("machine", result);
    return ownTemporaryFolder();
  }
  const missing = result.missing.join("; ");
  if (isCI) throw new Error(`end-to-end tests cannot run; missing: ${missing}`);
  console.log(`end-to-end tests skipped; missing: ${missing}. To install: node tests/e2e/provision.mjs`);
  project.provide("machine", null);
  return undefined;
}
