// @ts-check
/** npm test: every suite, and one line that counts over all of them. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { inRoot, installPackages, run, tryRun } from "../extension/scripts/common.mjs";

/** @typedef {{ name: string, passed: number, failed: number }} Suite */

installPackages();
const { bundleExtension, serverPath } = await import("../extension/scripts/build.mjs");
const { flavors, hostRid } = await import("../extension/scripts/flavors.mjs");
const { packageTarget } = await import("../extension/scripts/package.mjs");
const { targets } = await import("../extension/scripts/targets.mjs");
const { flavoredServers } = await import("./bench/servers.mjs");
const { provision } = await import("./e2e/provision.mjs");

const reports = inRoot("out", "test-reports");
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

heading("Format, lint and types");
run("npx", ["biome", "check", "."]);
for (const project of [
  "protocol",
  "extension",
  "tests/blackbox",
  "tests/e2e",
  "tests/fuzz",
  "tests/package",
  "tests/bench",
])
  run("npx", ["tsc", "-p", inRoot(project)]);

heading("Build");
run("dotnet", ["build", inRoot("Companion.sln"), "--nologo", "-v", "quiet"]);
const servers = flavoredServers({ build: true });
const built = flavors.filter((flavor) => servers.some(({ name }) => name === `companion ${flavor}`));
bundleExtension();
for (const target of targets.filter(({ rid }) => !rid || rid === hostRid())) packageTarget(target);

/** @type {Suite[]} */
const suites = [];
for (const project of readdirSync(inRoot("tests")).filter((name) => name.endsWith(".Tests")))
  suites.push(mstest(project));
for (const project of ["protocol", "extension", "tests/package", "tests/bench"]) suites.push(vitest(project));
for (const flavor of built)
  suites.push(vitest("tests/blackbox", { name: flavor, env: { COMPANION_SERVER_PATH: serverPath(flavor) } }));
suites.push(vitest("tests/fuzz"));
heading("The package once more, from another folder");
suites.push(
  verdict("reproducible package", 1, 0, tryRun(process.execPath, [inRoot("tests", "reproducible.mjs")])),
);
if (process.argv.includes("--without-editor"))
  console.log("\nThe tests in a real VS Code are left out, as asked.");
else await inRealEditor();

heading("Suites");
for (const { name, passed, failed } of suites) console.log(`${name}: ${passed} passed, ${failed} failed`);
const empty = suites.filter((suite) => suite.passed + suite.failed === 0);
for (const { name } of empty) console.log(`${name} ran no test, which counts as a failure.`);
const passed = suites.reduce((sum, suite) => sum + suite.passed, 0);
const failed = suites.reduce((sum, suite) => sum + suite.failed, 0) + empty.length;
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

/** The tests in a real VS Code, where there is one to be had; with CI set, not having one is a failure. */
async function inRealEditor() {
  const ci = Boolean(process.env.CI);
  const found = await provision({ install: ci, log: (/** @type {string} */ line) => console.log(line) });
  if (!("missing" in found)) {
    suites.push(vitest("tests/e2e"));
    return;
  }
  const missing = found.missing.join(", ");
  console.log(
    `\nThe tests in a real VS Code are left out: ${missing} missing (node tests/e2e/provision.mjs installs it).`,
  );
  if (ci) suites.push({ name: "tests/e2e", passed: 0, failed: 1 });
}

/** @param {string} text */
function heading(text) {
  console.log(`\n== ${text}`);
}

/**
 * Runs one MSTest project and reads the summary that it prints.
 * @param {string} name
 * @returns {Suite}
 */
function mstest(name) {
  heading(name);
  const program = inRoot("out", "dotnet", "bin", name, "debug", `${name}.dll`);
  const { stdout, status } = spawnSync("dotnet", [program, "--progress", "off", "--no-ansi"], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  console.log(stdout);
  /** @param {string} key */
  const count = (key) => Number(new RegExp(`^  ${key}: (\\d+)`, "m").exec(stdout)?.[1] ?? 0);
  return verdict(name, count("succeeded"), count("failed"), status ?? 1);
}

/**
 * Runs the vitest suite of one workspace and reads its report.
 * @param {string} project
 * @param {{ name: string, env: NodeJS.ProcessEnv }} [variant] what the suite is run on, where it is run on several
 * @returns {Suite}
 */
function vitest(project, variant) {
  const name = variant ? `${project}, ${variant.name}` : project;
  heading(name);
  const file = inRoot("out", "test-reports", `${name.replaceAll(/[/, ]+/g, "-")}.json`);
  const status = tryRun(
    "npx",
    ["vitest", "run", "--reporter=default", "--reporter=json", `--outputFile.json=${file}`],
    { cwd: inRoot(project), env: { ...process.env, ...variant?.env } },
  );
  const report = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  return verdict(name, report.numPassedTests ?? 0, report.numFailedTests ?? 0, status);
}

/**
 * A runner that failed without naming a test (it crashed, say) counts as one failure.
 * @param {string} name
 * @param {number} passed
 * @param {number} failed
 * @param {number} status
 * @returns {Suite}
 */
function verdict(name, passed, failed, status) {
  return { name, passed, failed: status !== 0 ? Math.max(failed, 1) : failed };
}
