// @ts-check
/**
 * npm run test:platforms: runs the server of other platforms on this machine, win-x64 under Wine and linux-arm64 under qemu: first the packages,
 * then the main session, the unit tests of what differs there, and the black-box tests. With `--install` or CI set, installs what it needs.
 * `--platform RID` selects a platform, and `--suite` selects `packages`, `session`, `unit`, or `blackbox`. `--repeat N` runs the main session N times,
 * and `--no-build` uses the existing build. File names select black-box tests.
 */
import { parseArgs } from "node:util";
import { inRoot, installPackages, run } from "../../extension/scripts/common.mjs";
import { hostRid, publish } from "../../extension/scripts/flavors.mjs";
import { installSystemPackages } from "../e2e/provision/systemPackages.mjs";
import { runMstest, runVitest, sumUp } from "../runner/suites.mjs";
import { verdict } from "../runner/verdict.mjs";
import { exceptions } from "./exceptions.mjs";
import { writeLauncher } from "./launcher.mjs";
import { packageNeeds, testPackages } from "./packages.mjs";
import { find, platforms } from "./platforms.mjs";

/** @import { Suite } from "../runner/verdict.mjs" */
/** @import { Platform } from "./platforms.mjs" */

const { values: options, positionals: files } = parseArgs({
  allowPositionals: true,
  options: {
    install: { type: "boolean", default: Boolean(process.env.CI) },
    platform: { type: "string", multiple: true },
    suite: { type: "string", multiple: true },
    repeat: { type: "string", default: "1" },
    build: { type: "boolean", default: true },
  },
  allowNegative: true,
});
const unknown = options.platform?.find((name) => !platforms.some(({ rid }) => rid === name));
if (unknown) throw new Error(`--platform takes ${platforms.map(({ rid }) => rid).join(", ")}.`);
const suiteNames = ["packages", "session", "unit", "blackbox"];
if (options.suite?.some((name) => !suiteNames.includes(name)))
  throw new Error(`--suite takes ${suiteNames.join(", ")}.`);
const chosen = platforms.filter(({ rid }) => options.platform?.includes(rid) ?? true);
if (hostRid() !== "linux-x64") throw new Error("This needs Linux on an x64 processor.");

installPackages();
await provide([...(isChosen("packages") ? packageNeeds : []), ...chosen.flatMap(({ needs }) => needs)]);
if (options.build)
  run("dotnet", ["build", inRoot("tests", "Companion.SandboxHost"), "--nologo", "-v", "quiet"]);

/** @type {Suite[]} */
const suites = [];
if (isChosen("packages")) suites.push(...(await testPackages(options)));
for (const platform of chosen) if (suiteNames.slice(1).some(isChosen)) await runPlatform(platform);

sumUp(suites);

/** @param {Platform} platform */
async function runPlatform(platform) {
  const { rid, env, prepare } = platform;
  const server = buildServer(platform);
  const { command, version, end } = await prepare();
  process.once("exit", end);
  const label = `${rid}, ${version}`;
  const launcher = `${folderOf(rid)}/${rid}-ready`; // the tests take the flavor from the name
  const launched = { ...env, COMPANION_SERVER_PATH: writeLauncher(launcher, [...command, server]) };
  for (let n = 0; isChosen("session") && n < Number(options.repeat); n++)
    await vitest("tests/platforms", `main session, ${label}`, launched, []);
  if (isChosen("unit")) await runUnitTests(platform, command, label);
  if (isChosen("blackbox")) await runBlackBoxTests(rid, launched, label);
}

/** @param {string} suite */
function isChosen(suite) {
  if (options.suite) return options.suite.includes(suite);
  if (files.length > 0) return suite === "blackbox";
  return suite !== "packages" || !options.platform; // the packages aren't only of these platforms
}

/**
 * The folder of a published server, with a space, as in many users' paths.
 * @param {string} rid
 */
function folderOf(rid) {
  return inRoot("out", "platforms", `${rid} server`);
}

/**
 * Publishes the server, and returns its program.
 * @param {Platform} platform
 */
function buildServer({ rid, properties }) {
  const folder = folderOf(rid);
  if (options.build) {
    const built = publish(inRoot("server", "Companion.Server"), folder, { flavor: "ready", rid, properties });
    if ("reason" in built) throw new Error(`The server for ${rid} can't be built here: ${built.reason}.`);
  }
  return programIn(folder, "companion-server", rid);
}

/**
 * Runs the unit tests of what differs on a platform.
 * @param {Platform} platform
 * @param {string[]} command
 * @param {string} label
 */
async function runUnitTests({ rid, unitTests }, command, label) {
  for (const [project, filter] of Object.entries(unitTests)) {
    const counts = await runMstest([...command, publishTests(project, rid)], [`--filter=${filter}`]);
    suites.push(verdict(`${project}, ${label}`, counts, false));
  }
}

/**
 * Runs the black-box tests, without those that can't hold on a platform.
 * @param {string} rid
 * @param {NodeJS.ProcessEnv} env
 * @param {string} label
 */
async function runBlackBoxTests(rid, env, label) {
  const excepted = exceptions[rid] ?? [];
  const names = excepted.map(([name]) => name.replaceAll(/[.+*?^${}()|[\]\\]/g, "\\$&"));
  // All of them run on the same emulator, so more at once only wait longer.
  const args = [
    ...files,
    "--maxWorkers=2",
    "--maxConcurrency=3",
    ...(names.length > 0 ? ["-t", `^(?!.*(${names.join("|")}))`] : []),
  ];
  const leftOut = await vitest("tests/blackbox", `black-box tests, ${label}`, env, args);
  for (const [name, reason] of excepted) {
    const count = leftOut.filter((test) => test.includes(name)).length;
    if (count > 0) console.log(`left out (${count}): "${name}": ${reason}`);
    else if (files.length === 0)
      suites.push({ name: `"${name}"`, passed: 0, failed: 1, because: "no test has this name" });
  }
}

/**
 * Publishes an MSTest project, which is a program, with its own runtime.
 * @param {string} project
 * @param {string} rid
 * @returns {string} the program
 */
function publishTests(project, rid) {
  const folder = inRoot("out", "platforms", `${project}-${rid}`);
  const artifacts = inRoot("out", "platforms", "artifacts");
  // The lock files are for the flavors that are shipped.
  const unlocked = ["-p:RestorePackagesWithLockFile=false", `-p:NuGetLockFilePath=${artifacts}/none`];
  const kind = ["-r", rid, "--self-contained", `-p:ArtifactsPath=${artifacts}`, ...unlocked];
  if (options.build)
    run("dotnet", ["publish", inRoot("tests", project), "-o", folder, ...kind, "--nologo", "-v", "quiet"]);
  return programIn(folder, project, rid);
}

/**
 * @param {string} folder
 * @param {string} name
 * @param {string} rid
 */
function programIn(folder, name, rid) {
  return `${folder}/${name}${rid.startsWith("win") ? ".exe" : ""}`;
}

/**
 * Runs a vitest suite, and returns the full names of the tests that were skipped.
 * @param {string} project
 * @param {string} name
 * @param {NodeJS.ProcessEnv} env
 * @param {string[]} args
 * @returns {Promise<string[]>}
 */
async function vitest(project, name, env, args) {
  const { counts, tests } = await runVitest(project, { name, args, env });
  suites.push(verdict(name, counts, false));
  return tests
    .filter(({ status }) => status !== "passed" && status !== "failed")
    .map(({ fullName }) => fullName);
}

/**
 * Installs the missing programs, or says which they are.
 * @param {readonly (readonly [program: string, debianPackage: string])[]} needs
 */
async function provide(needs) {
  const missing = () => [...new Set(needs.filter(([program]) => !find(program)).map(([, name]) => name))];
  if (missing().length > 0 && options.install) await installSystemPackages(missing());
  if (missing().length === 0) return;
  console.error(
    `missing: ${missing().join(", ")} (Debian: apt-get install ${missing().join(" ")}, or run this with --install)`,
  );
  process.exit(1);
}
