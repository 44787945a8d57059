// @ts-check
/**
 * npm run test:platforms: runs the server of other platforms on this machine, win-x64 under Wine and linux-arm64 under qemu: first the
 * packages, then the main session, the unit tests of what differs there, and the black-box tests. With `--install` or CI set, installs what
 * it needs. `--platform RID` selects a platform, and `--suite` selects `packages`, `session`, `unit`, or `blackbox`. `--repeat N` runs the
 * main session N times, and `--no-build` uses the existing build. File names select black-box tests.
 */
import { parseArgs } from "node:util";
import { inRoot, installPackages, run } from "../../extension/scripts/common.mjs";
import { hostRid } from "../../extension/scripts/flavors.mjs";
import { sumUp } from "../runner/suites.mjs";
import { packageNeeds, testPackages } from "./packages.mjs";
import { platforms, provideTools } from "./platforms.mjs";
import { runPlatform } from "./runPlatform.mjs";

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

/** @type {Suite[]} */
const suites = [];
if (isChosen("packages")) suites.push(...(await testPackages(options)));
const wish = {
  suites: suiteNames.filter(isChosen),
  build: options.build,
  repeat: Number(options.repeat),
  files,
};
if (wish.suites.some((name) => name !== "packages"))
  for (const platform of chosen) suites.push(...(await runPlatform(platform, wish)));

sumUp(suites);

/** @param {string} suite */
function isChosen(suite) {
  if (options.suite) return options.suite.includes(suite);
  if (files.length > 0) return suite === "blackbox";
  return suite !== "packages" || !options.platform; // the packages aren't only of these platforms
}
