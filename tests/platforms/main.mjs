// @ts-check
/**
 * npm run test:platforms: runs the server of other platforms on this machine, win-x64 under Wine and linux-arm64 under qemu: the main
 * session, the unit tests of what differs there, and the black-box tests. Meanwhile, builds and tests the packages. With `--install` or CI set, installs what
 * it needs. `--platform RID` selects a platform, and `--suite` selects `packages`, `session`, `unit`, or `blackbox`. `--repeat N` runs the
 * main session N times, and `--no-build` uses the existing build. File names select black-box tests.
 */
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { inRoot, installPackages, run } from "../../extension/scripts/common.mjs";
import { hostRid } from "../../extension/scripts/flavors.mjs";
import { sumUp } from "../runner/suites.mjs";
import { packageNeeds } from "./packages.mjs";
import { platforms, provideTools } from "./platforms.mjs";
import { buildPlatform, runPlatform } from "./runPlatform.mjs";

/** @import { Suite } from "../runner/verdict.mjs" */

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
const needs = [
  ...(isChosen("packages") ? packageNeeds : []),
  ...chosen.flatMap((platform) => platform.needs),
];
const missing = await provideTools(needs, options.install);
if (missing.length > 0) {
  console.error(
    `missing: ${missing.join(", ")} (Debian: apt-get install ${missing.join(" ")}, or run this with --install)`,
  );
  process.exit(1);
}
if (options.build)
  run("dotnet", ["build", inRoot("tests", "Companion.SandboxHost"), "--nologo", "-v", "quiet"]);

const wish = { suites: suiteNames.filter(isChosen), repeat: Number(options.repeat), files };
const onPlatforms = wish.suites.some((name) => name !== "packages") ? chosen : [];
if (options.build) for (const platform of onPlatforms) buildPlatform(platform, wish.suites);
// Wine's processes mostly wait for each other, so the packages are built and tested meanwhile.
const packages = isChosen("packages") ? testPackagesApart() : [];
/** @type {Suite[]} */
const suites = [];
for (const platform of onPlatforms) {
  if (platform.isTranslated) await packages;
  suites.push(...(await runPlatform(platform, wish)));
}
suites.push(...(await packages));

sumUp(suites);

/**
 * Tests the packages on another thread, because building them blocks it.
 * @returns {Promise<Suite[]>}
 */
function testPackagesApart() {
  const worker = new Worker(new URL("packagesThread.mjs", import.meta.url), { workerData: options });
  return new Promise((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
    worker.once("exit", () => reject(new Error("The packages couldn't be tested.")));
  });
}

/** @param {string} suite */
function isChosen(suite) {
  if (options.suite) return options.suite.includes(suite);
  if (files.length > 0) return suite === "blackbox";
  return suite !== "packages" || !options.platform; // the packages aren't only of these platforms
}
