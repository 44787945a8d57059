import type { TestProject } from "vitest/node";
import { systemPrograms } from "./support/systemPrograms.js";
import { ownTemporaryFolder } from "./support/temporaryFolder.js";

/**
 * Finds the programs that some tests need: `openssl`, and Debian's `squid-openssl`. Under `CI` on Linux, they're installed, and a failure to
 * do so fails the run. Otherwise, a message lists the missing ones, and the tests that need them are skipped. Also removes temporary files.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const isCI = !["", "0", "false"].includes(process.env.CI ?? "") && process.platform === "linux";
  const { found, missing } = await systemPrograms({ install: isCI });
  if (missing.length > 0) {
    if (isCI) throw new Error(`missing: ${missing.join(", ")}`);
    console.log(
      `tests that need ${missing.join(" and ")} are skipped (Debian: apt-get install openssl squid-openssl)`,
    );
  }
  project.provide("systemPrograms", found);
  return ownTemporaryFolder();
}

declare module "vitest" {
  interface ProvidedContext {
    systemPrograms: { readonly openssl?: string; readonly squid?: string };
  }
}
