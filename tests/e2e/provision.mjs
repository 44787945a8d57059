// @ts-check
/**
 * Finds what the end-to-end tests run in: code-server and Chromium. `node provision.mjs` installs what's missing
 * without asking, and `node provision.mjs --check` only checks. Exit code 0 if both exist, 1 if something is missing,
 * and 2 for an invalid argument.
 */
import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { findChromium } from "./provision/chromium.mjs";
import { findCodeServer, installCodeServer } from "./provision/codeServer.mjs";
import {
  chromiumPackages,
  installSystemPackages,
  missingBuildPackages,
} from "./provision/systemPackages.mjs";

/** @typedef {import("./provision/codeServer.mjs").CodeServer} CodeServer */
/** @typedef {{ codeServer: CodeServer, chromium: string }} Provisioned absolute paths */
/** @typedef {{ missing: string[] }} Missing one readable phrase for each thing that is not there */

/**
 * Finds, and if asked installs, code-server and Chromium. A finished install is found again in milliseconds.
 * @param {{ install: boolean, log: (line: string) => void }} options `install`: false only looks; `log`: told of each
 *   step of an installation, and nothing when nothing is installed
 * @returns {Promise<Provisioned | Missing>} never rejects: what could not be installed is in `missing`, with the reason
 */
export async function provision({ install, log }) {
  const problems = install ? await installMissing(log) : [];
  const codeServer = findCodeServer();
  const chromium = findChromium();
  if ("codeServer" in codeServer && "path" in chromium) {
    return { codeServer: codeServer.codeServer, chromium: chromium.path };
  }
  const missing = [codeServer, chromium].flatMap((found) => ("missing" in found ? [found.missing] : []));
  return { missing: [...missing, ...problems] };
}

/**
 * @param {(line: string) => void} log
 * @returns {Promise<string[]>} what went wrong
 */
async function installMissing(log) {
  const needsCodeServer = "missing" in findCodeServer();
  const needsChromium = "missing" in findChromium() && !process.env.COMPANION_CHROMIUM;
  const packages = [
    ...(needsChromium ? chromiumPackages : []),
    ...(needsCodeServer ? missingBuildPackages() : []),
  ];
  try {
    if (packages.length > 0) {
      log(`installing ${packages.join(", ")}`);
      await installSystemPackages(packages);
    }
    if (needsCodeServer) await installCodeServer(log);
    return [];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

/** @param {readonly string[]} args */
async function main(args) {
  const unknown = args.filter((arg) => arg !== "--check");
  if (unknown.length > 0) {
    console.error(`provision: unknown argument ${unknown[0]} (only --check is known)`);
    return 2;
  }
  const start = performance.now();
  const seconds = () => ((performance.now() - start) / 1000).toFixed(1).padStart(6);
  const result = await provision({
    install: !args.includes("--check"),
    log: (line) => console.log(`${seconds()} s  ${line}`),
  });
  if ("missing" in result) {
    for (const line of result.missing) console.error(`missing: ${line}`);
    return 1;
  }
  console.log(`code-server  ${result.codeServer.entry}`);
  console.log(`Chromium     ${result.chromium}`);
  return 0;
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  process.exitCode = await main(process.argv.slice(2));
}
