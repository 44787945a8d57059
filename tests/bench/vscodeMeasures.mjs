// @ts-check
/** Measures the extension in a real VS Code, with the package for this platform. */
import { existsSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { bundleExtension } from "../../extension/scripts/build.mjs";
import { inRoot } from "../../extension/scripts/common.mjs";
import { hostRid } from "../../extension/scripts/flavors.mjs";
import { packageTarget, vsixPath } from "../../extension/scripts/package.mjs";
import { targets } from "../../extension/scripts/targets.mjs";
import { packageFixture } from "../e2e/harness/fixtures.mjs";
import { provision } from "../e2e/provision.mjs";
import { startGateway } from "./gatewayMeasures.mjs";
import { beforeInVSCode, inVSCode, unchangingInVSCode } from "./goals.mjs";
import { add } from "./measures.mjs";

/** @import { Samples } from "./measures.mjs" */

/**
 * Measures what the user waits for in milliseconds.
 * @param {{ build: boolean, rounds: number, before?: string | undefined }} options whether to build the package first; the package to compare
 * it with
 * @param {Samples} samples
 * @returns {Promise<string | undefined>} why it can't be measured here
 */
export async function measureVSCode(options, samples) {
  const machine = await provision({ install: Boolean(process.env.CI), log: console.log });
  if ("missing" in machine) return `missing: ${machine.missing.join("; ")} (node tests/e2e/provision.mjs)`;
  const vsix = vsixOfThisPlatform(options.build);
  if (!vsix) return "no package is built (npm run package)";
  const { measureInVSCode, measureViews, ownTemporaryFolder } = await harness();
  const removeTemporaryFolder = await ownTemporaryFolder();
  const gateway = await startGateway(50);
  try {
    const started = packageFixture("started");
    const packages = { [inVSCode]: vsix, ...(options.before && { [beforeInVSCode]: options.before }) };
    const subjects = Object.entries(packages).map(([name, vsix]) => ({
      name,
      vsix,
      started,
      gatewayUrl: gateway.url,
    }));
    for (const [name, rounds] of await measureInVSCode(machine, subjects, options.rounds))
      for (const [figure, value] of rounds.flatMap((round) => [...round])) add(samples, figure, name, value);
    const accounts = { "acme-1000-changing": inVSCode, "acme-1000": unchangingInVSCode };
    const views = await measureViews(
      machine,
      { vsix, gatewayUrl: gateway.url },
      Object.keys(accounts),
      Math.ceil(options.rounds / 5),
    );
    for (const [accountId, name] of Object.entries(accounts))
      for (const { frame, cpu } of views.get(accountId) ?? []) {
        add(samples, "view frame p95", name, frame);
        add(samples, "view CPU", name, cpu);
      }
  } finally {
    gateway.stop();
    await removeTemporaryFolder();
  }
  return undefined;
}

/**
 * Returns the package that VS Code would choose on this machine: for its platform, or else the portable one.
 * @param {boolean} build
 */
function vsixOfThisPlatform(build) {
  const candidates = targets.filter(({ rid }) => !rid || rid === hostRid());
  if (build) {
    bundleExtension();
    for (const target of candidates) {
      const built = packageTarget(target);
      if ("path" in built) return built.path;
    }
    return undefined;
  }
  return candidates.map(({ name }) => vsixPath(name)).find(existsSync);
}

/**
 * Bundles the harness of the end-to-end tests, because Node.js 20 can't run TypeScript.
 * @returns {Promise<typeof import("./vscode.ts")>}
 */
async function harness() {
  const outfile = inRoot("out", "bench", "vscode.mjs");
  const entryPoints = [inRoot("tests", "bench", "vscode.ts")];
  await build({
    entryPoints,
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
  });
  return import(pathToFileURL(outfile).href);
}
