// @ts-check
import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { inRoot } from "../../../extension/scripts/common.mjs";
import { run } from "../../e2e/provision/run.mjs";

/** @import { Runner } from "../platforms.mjs" */

/** @type {readonly (readonly [program: string, debianPackage: string])[]} */
export const muslNeeds = [["musl-gcc", "musl-tools"]];

/**
 * Debian has musl, but no C++ library for it: this machine's own is used, and glibc.c has what it needs of glibc.
 * @returns {Promise<Runner>}
 */
export async function prepareMusl() {
  const folder = inRoot("out", "platforms", "linux-musl-x64-libraries");
  mkdirSync(folder, { recursive: true });
  for (const name of ["libstdc++.so.6", "libgcc_s.so.1"])
    copyFileSync((await run("gcc", [`-print-file-name=${name}`])).trim(), join(folder, name));
  const source = inRoot("tests", "platforms", "musl", "glibc.c");
  const options = ["-shared", "-fPIC", "-O1", "-Wall", "-Werror"];
  await run("musl-gcc", [...options, "-o", join(folder, "ld-linux-x86-64.so.2"), source]);
  const version = /Version (\S+)/.exec(await run("sh", ["-c", "/lib/ld-musl-x86_64.so.1 2>&1 || true"]))?.[1];
  return { command: ["env", `LD_LIBRARY_PATH=${folder}`], version: `musl ${version}`, end: () => {} };
}
