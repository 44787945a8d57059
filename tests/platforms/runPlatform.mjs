// @ts-check
/** Runs the server of another platform, its unit tests, and the black-box tests. */
import { inRoot, run } from "../../extension/scripts/common.mjs";
import { programName, publish } from "../../extension/scripts/flavors.mjs";
import { runMstest, runVitest } from "../runner/suites.mjs";
import { exceptions } from "./exceptions.mjs";
import { writeLauncher } from "./launcher.mjs";

/** @import { Suite } from "../runner/verdict.mjs" */
/** @import { Platform } from "./platforms.mjs" */

/**
 * @typedef {object} Wish
 * @property {readonly string[]} suites of `session`, `unit`, and `blackbox`
 * @property {number} [repeat] how many times the main session runs
 * @property {readonly string[]} [files] of the black-box tests; none means those of the platform
 */

/**
 * Builds what {@link runPlatform} runs.
 * @param {Platform} platform
 * @param {readonly string[]} suites
 */
export function buildPlatform({ rid, properties, unitTests }, suites) {
  const options = { flavor: /** @type {const} */ ("ready"), rid, properties };
  const built = publish(inRoot("server", "Companion.Server"), folderOf(rid), options);
  if ("reason" in built) throw new Error(`The server for ${rid} can't be built here: ${built.reason}.`);
  if (suites.includes("unit")) for (const project of Object.keys(unitTests)) publishTests(project, rid);
}

/**
 * Runs suites on a platform.
 * @param {Platform} platform
 * @param {Wish} wish
 * @returns {Promise<Suite[]>}
 */
export async function runPlatform(platform, { suites, repeat = 1, files = [] }) {
  const { rid, env, prepare } = platform;
  const server = `${folderOf(rid)}/${programName("companion-server", rid)}`;
  const { command, version, end } = await prepare();
  process.once("exit", end);
  const label = `${rid}, ${version}`;
  const launcher = `${folderOf(rid)}/${rid}-ready`; // the tests take the flavor from the name
  const launched = { ...env, COMPANION_SERVER_PATH: writeLauncher(launcher, [...command, server]) };
  /** @type {Suite[]} */
  const results = [];
  for (let n = 0; suites.includes("session") && n < repeat; n++) {
    const name = `main session, ${label}`;
    results.push((await runVitest("tests/platforms", { name, env: launched })).suite);
  }
  if (suites.includes("unit")) results.push(...(await runUnitTests(platform, command, label)));
  if (suites.includes("blackbox"))
    results.push(...(await runBlackBoxTests(platform, launched, label, files)));
  return results;
}

/**
 * The folder of a published server, with a space, as in many users' paths.
 * @param {string} rid
 */
function folderOf(rid) {
  return inRoot("out", "platforms", `${rid} server`);
}

/**
 * Runs the unit tests of what differs on a platform.
 * @param {Platform} platform
 * @param {string[]} command
 * @param {string} label
 */
async function runUnitTests({ rid, unitTests }, command, label) {
  const suites = [];
  for (const [project, filter] of Object.entries(unitTests)) {
    const program = `${testsFolder(project, rid)}/${programName(project, rid)}`;
    suites.push(await runMstest(`${project}, ${label}`, [...command, program], { filter }));
  }
  return suites;
}

/**
 * Runs the black-box tests, without those that can't hold on a platform.
 * @param {Platform} platform
 * @param {NodeJS.ProcessEnv} env
 * @param {string} label
 * @param {readonly string[]} files
 */
async function runBlackBoxTests({ rid, blackBoxFiles }, env, label, files) {
  const excepted = exceptions[rid] ?? [];
  const names = excepted.map(([name]) => name.replaceAll(/[.+*?^${}()|[\]\\]/g, "\\$&"));
  // All of them run on the same emulator, so more at once only wait longer.
  const args = [
    ...(files.length > 0 ? files : blackBoxFiles),
    "--maxWorkers=2",
    "--maxConcurrency=3",
    ...(names.length > 0 ? ["-t", `^(?!.*(${names.join("|")}))`] : []),
  ];
  const name = `black-box tests, ${label}`;
  const { suite, tests } = await runVitest("tests/blackbox", { name, args, env });
  const leftOut = tests.filter(({ status }) => status !== "passed" && status !== "failed");
  /** @type {Suite[]} */
  const suites = [suite];
  for (const [part, reason] of excepted) {
    const count = leftOut.filter(({ fullName }) => fullName.includes(part)).length;
    if (count > 0) console.log(`left out (${count}): "${part}": ${reason}`);
    else if (files.length === 0)
      suites.push({ name: `"${part}"`, passed: 0, failed: 1, because: "no test has this name" });
  }
  return suites;
}

/**
 * The folder of a published MSTest project.
 * @param {string} project
 * @param {string} rid
 */
function testsFolder(project, rid) {
  return inRoot("out", "platforms", `${project}-${rid}`);
}

/**
 * Publishes an MSTest project, which is a program, with its own runtime.
 * @param {string} project
 * @param {string} rid
 */
function publishTests(project, rid) {
  const folder = testsFolder(project, rid);
  const artifacts = inRoot("out", "platforms", "artifacts");
  // The lock files are for the flavors that are shipped.
  const unlocked = ["-p:RestorePackagesWithLockFile=false", `-p:NuGetLockFilePath=${artifacts}/none`];
  const kind = ["-r", rid, "--self-contained", `-p:ArtifactsPath=${artifacts}`, ...unlocked];
  run("dotnet", ["publish", inRoot("tests", project), "-o", folder, ...kind, "--nologo", "-v", "quiet"]);
}
