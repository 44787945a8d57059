// @ts-check
/** Builds the packages that can be built here, unpacks each, and checks and starts the server in it as far as its platform allows. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundleExtension } from "../../extension/scripts/build.mjs";
import { isNative, programName } from "../../extension/scripts/flavors.mjs";
import { packageTarget, vsixPath } from "../../extension/scripts/package.mjs";
import { targets } from "../../extension/scripts/targets.mjs";
import { run } from "../e2e/provision/run.mjs";
import { heading, runVitest } from "../runner/suites.mjs";
import { writeLauncher } from "./launcher.mjs";
import { muslNeeds, prepareMusl } from "./musl/musl.mjs";
import { platforms } from "./platforms.mjs";

/** @import { Target } from "../../extension/scripts/targets.mjs" */
/** @import { Suite } from "../runner/verdict.mjs" */
/** @import { Runner } from "./platforms.mjs" */

/** @typedef {() => Promise<Runner>} Prepare */

/**
 * What runs a package's server here, or why nothing does.
 * @type {Readonly<Record<string, Prepare | string>>}
 */
const runners = {
  universal: async () => ({ command: ["dotnet"], version: ".NET", end: () => {} }),
  "linux-x64": async () => ({ command: [], version: "this machine", end: () => {} }),
  "linux-arm64": runnerOf("linux-arm64"),
  "alpine-x64": prepareMusl,
  "alpine-arm64": "nothing is prepared for it",
  "win32-x64": runnerOf("win-x64"),
  "win32-arm64": "Wine runs only programs for the machine's own processor",
  "darwin-x64": "nothing here runs programs for macOS",
  "darwin-arm64": "nothing here runs programs for macOS",
};

/**
 * What a server prints if it can't start as it's run here, and why it can't.
 * @type {Readonly<Record<string, readonly [output: string, reason: string]>>}
 */
const knownFailures = {
  "win32-x64": [
    "Failed to load System.Private.CoreLib.dll",
    "Wine doesn't find the core library in a single file",
  ],
};

/** @type {Readonly<Record<string, string>>} */
const withoutSession = { "alpine-x64": "Debian has no OpenSSL for musl" };

/** @type {readonly (readonly [program: string, debianPackage: string])[]} */
export const packageNeeds = [["unzip", "unzip"], ...muslNeeds, ...platforms.flatMap(({ needs }) => needs)];

/**
 * @param {{ build: boolean }} options without `build`, uses the packages that are there
 * @returns {Promise<Suite[]>}
 */
export async function testPackages({ build }) {
  if (build) bundleExtension();
  /** @type {Suite[]} */
  const suites = [];
  /** @type {string[]} */
  const lines = [];
  for (const target of targets) {
    const result = build ? packageTarget(target) : existing(target);
    if ("path" in result) {
      const tested = await testPackage(target, result.path);
      suites.push(...tested.suites);
      lines.push(`${target.name}: ${tested.how}`);
    } else lines.push(`${target.name}: not built here: ${result.reason}`);
  }
  heading("Packages");
  console.log(lines.join("\n"));
  return suites;
}

/**
 * @param {Target} target
 * @returns {{ path: string } | { reason: string }}
 */
function existing({ name }) {
  const path = vsixPath(name);
  return existsSync(path) ? { path } : { reason: "there's none, and --no-build was given" };
}

/**
 * @param {Target} target
 * @param {string} path
 * @returns {Promise<{ suites: Suite[], how: string }>}
 */
async function testPackage({ name, rid }, path) {
  const folder = mkdtempSync(join(tmpdir(), "companion package "));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  await run("unzip", ["-q", path, "extension/server/*", "-d", folder]);
  const file = rid ? programName("companion-server", rid) : "companion-server.dll";
  const program = join(folder, "extension", "server", file);
  const flavor = !rid ? "portable" : isNative(statSync(program).size) ? "native" : "ready";
  const env = {
    COMPANION_PACKAGE: name,
    COMPANION_PACKAGE_FLAVOR: flavor,
    COMPANION_PACKAGE_PROGRAM: program,
  };
  const suites = rid ? [await suite("packages", `program in ${name}`, "program.test.ts", env)] : [];
  const runner = runners[name] ?? "nothing here runs it";
  if (typeof runner === "string") return { suites, how: `${flavor}, not started: ${runner}` };

  const { command, version, end } = await runner();
  process.once("exit", end);
  const started = command.length > 0 ? writeLauncher(join(folder, "start"), [...command, program]) : program;
  const known = knownFailures[name];
  if (known && spawnSync(started, ["--version"], { encoding: "utf8" }).stderr.includes(known[0]))
    return { suites, how: `${flavor}, doesn't start with ${version}: ${known[1]}` };
  const launched = { ...env, COMPANION_SERVER_PATH: started };
  suites.push(await suite("packages", `start of ${name}, ${version}`, "start.test.ts", launched));
  const how = `${flavor}, started with ${version}`;
  const reason = withoutSession[name];
  if (reason) return { suites, how: `${how}, without the main session: ${reason}` };
  suites.push(await suite("", `main session of ${name}, ${version}`, "session.test.ts", launched));
  return { suites, how };
}

/**
 * @param {string} rid
 * @returns {Prepare | string}
 */
function runnerOf(rid) {
  return platforms.find((platform) => platform.rid === rid)?.prepare ?? "nothing is prepared for it";
}

/**
 * @param {string} folder
 * @param {string} name
 * @param {string} file
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Suite>}
 */
async function suite(folder, name, file, env) {
  const options = { name, args: [file], env, mustRunAll: true };
  return (await runVitest(join("tests", "platforms", folder), options)).suite;
}
