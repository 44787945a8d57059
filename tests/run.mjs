// @ts-check
/** npm test: every suite, and one line that counts over all of them. */
import { readdirSync, rmSync } from "node:fs";
import { inRoot, installPackages, run } from "../extension/scripts/common.mjs";
import { runLimited } from "./runner/limited.mjs";
import { heading, limit, reports, runMstest, runVitest, sumUp } from "./runner/suites.mjs";
import { verdict } from "./runner/verdict.mjs";

/** @typedef {import("./runner/verdict.mjs").Suite} Suite */

installPackages();
const { bundleExtension, serverPath } = await import("../extension/scripts/build.mjs");
const { hostRid } = await import("../extension/scripts/flavors.mjs");
const { packageTarget } = await import("../extension/scripts/package.mjs");
const { targets } = await import("../extension/scripts/targets.mjs");
const { flavoredServers } = await import("./bench/servers.mjs");
const { provision } = await import("./e2e/provision.mjs");
const { platforms, provideTools } = await import("./platforms/platforms.mjs");
const { buildPlatform, runPlatform } = await import("./platforms/runPlatform.mjs");

rmSync(reports, { recursive: true, force: true });

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
  "tests/runner",
  "tests/platforms",
  "tests/clients",
])
  run("npx", ["tsc", "-p", inRoot(project)]);

heading("Build");
run("dotnet", ["build", inRoot("Companion.sln"), "--nologo", "-v", "quiet"]);
const built = flavoredServers({ build: true }).map(({ flavor }) => flavor);
bundleExtension();
for (const target of targets.filter(({ rid }) => !rid || rid === hostRid())) packageTarget(target);

/** In CI on Linux everything is there that a test needs. Elsewhere, a test may be skipped. */
const mustRunAll = Boolean(process.env.CI) && process.platform === "linux";

/**
 * The black-box tests that run on every flavor: how the process starts and ends, its memory, TLS, and JSON. The rest run on the last one,
 * which is the native server where it can be built: it has the least in common with the code that the other suites run.
 */
const flavorDependent = [
  "startup",
  "lifecycle",
  "limits",
  "refusals",
  "certificates",
  "networks",
  "changes",
  "mcp",
];

/** @type {Suite[]} */
const suites = [];
for (const project of readdirSync(inRoot("tests")).filter((name) => name.endsWith(".Tests")))
  suites.push(await mstest(project));
for (const project of ["tests/runner", "protocol", "extension", "tests/package", "tests/bench"])
  suites.push(await vitest(project));
// Mostly one processor's work, while the next suites mostly wait.
const provided = process.argv.includes("--without-editor") ? undefined : provideEditor();
for (const flavor of built)
  suites.push(
    await vitest("tests/blackbox", {
      name: flavor,
      env: { COMPANION_SERVER_PATH: serverPath(flavor) },
      files: flavor === built.at(-1) ? [] : flavorDependent,
    }),
  );
suites.push(await vitest("tests/fuzz"));
heading("The package once more, from another folder");
const reproduced = await runLimited(process.execPath, [inRoot("tests", "reproducible.mjs")], {
  signal: limit(),
});
const isReproduced = reproduced.status === 0;
suites.push(
  verdict(
    "reproducible package",
    { passed: isReproduced ? 1 : 0, failed: 0, skipped: 0, ...reproduced },
    mustRunAll,
  ),
);
const editor = await provided; // before the next installation
await onOtherPlatforms();
if (editor) await inRealEditor(editor);
else console.log("\nThe tests in a real VS Code are left out, as asked.");

sumUp(suites);

/** The main session on other platforms, where Wine and qemu are there. For the rest, see tests/platforms. */
async function onOtherPlatforms() {
  if (hostRid() !== "linux-x64") return;
  for (const platform of platforms) {
    const missing = await provideTools(platform.needs, Boolean(process.env.CI));
    if (missing.length > 0)
      console.log(`\nThe main session on ${platform.rid} is left out: ${missing.join(", ")} missing.`);
    else {
      buildPlatform(platform, ["session"]);
      suites.push(...(await runPlatform(platform, { suites: ["session"] })));
    }
  }
}

/** Looks for code-server and Chromium, and installs them in CI. */
function provideEditor() {
  const ci = Boolean(process.env.CI);
  return provision({ install: ci, log: (/** @type {string} */ line) => console.log(line) });
}

/**
 * The tests in a real VS Code, where there is one to be had; with CI set, not having one is a failure.
 * @param {Awaited<ReturnType<typeof provision>>} found
 */
async function inRealEditor(found) {
  if (!("missing" in found)) {
    suites.push(await vitest("tests/e2e"));
    return;
  }
  const missing = found.missing.join(", ");
  console.log(
    `\nThe tests in a real VS Code are left out: ${missing} missing (node tests/e2e/provision.mjs installs it).`,
  );
  if (process.env.CI) suites.push({ name: "tests/e2e", passed: 0, failed: 1 });
}

/**
 * Runs one MSTest project.
 * @param {string} name
 * @returns {Promise<Suite>}
 */
async function mstest(name) {
  const program = inRoot("out", "dotnet", "bin", name, "debug", `${name}.dll`);
  // Under Wine, tests/platforms runs those that are only for Windows.
  const filter = process.platform === "win32" ? undefined : "TestCategory!=Windows";
  return runMstest(name, ["dotnet", program], { filter, mustRunAll });
}

/**
 * Runs the vitest suite of one workspace.
 * @param {string} project
 * @param {{ name: string, env: NodeJS.ProcessEnv, files: readonly string[] }} [variant] what the suite is run on, where it is run on
 * several, and which of its files; none means all
 * @returns {Promise<Suite>}
 */
async function vitest(project, variant) {
  const name = variant ? `${project}, ${variant.name}` : project;
  const { suite } = await runVitest(project, {
    name,
    args: variant?.files ?? [],
    env: variant?.env,
    mustRunAll,
  });
  return suite;
}
