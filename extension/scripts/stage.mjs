// @ts-check
/** The folder that a package is made from. */
import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { inRoot, readJson, run } from "./common.mjs";
import { billOfMaterials } from "./sbom.mjs";

/** @import { Target } from "./targets.mjs" */

const stage = inRoot("out", "vsix");

/** The folder for the package's server. */
export const stagedServer = inRoot("out", "vsix", "server");

/** Copies everything but the server. The bundle must be built already. */
export function stageExtension() {
  rmSync(stage, { recursive: true, force: true });
  mkdirSync(stage, { recursive: true });
  const extension = inRoot("extension");
  const manifestTexts = readdirSync(extension).filter((name) => /^package\.nls(\.[\w-]+)?\.json$/.test(name));
  for (const name of ["dist", "l10n", "media", ...manifestTexts, "README.md", ".vscodeignore"])
    cpSync(`${extension}/${name}`, `${stage}/${name}`, { recursive: true });
  for (const name of ["LICENSE", "CHANGELOG.md"]) cpSync(inRoot(name), `${stage}/${name}`);

  // The released manifest leaves out what only the workspace needs.
  const {
    devDependencies: _1,
    dependencies: _2,
    scripts: _3,
    private: _4,
    ...manifest
  } = readJson(`${extension}/package.json`);
  writeFileSync(`${stage}/package.json`, `${JSON.stringify(manifest, null, 2)}\n`);
}

/**
 * Creates the package.
 * @param {Target} target
 * @param {string} path
 * @param {string} assets what NuGet restored for the server
 */
export function packStage({ name, rid }, path, assets) {
  writeFileSync(`${stage}/sbom.cdx.json`, billOfMaterials(assets, rid ? undefined : stagedServer));
  makeAlike();
  rmSync(path, { force: true });
  const target = rid ? ["--target", name] : [];
  run(
    "npx",
    ["vsce", "package", "--no-dependencies", "--allow-missing-repository", ...target, "--out", path],
    {
      cwd: stage,
      // Deterministic: all times are the commit's, in UTC.
      env: { ...process.env, SOURCE_DATE_EPOCH: String(commitTime()), TZ: "UTC" },
    },
  );
}

/**
 * Seconds since 1970: from the environment, or else from the commit, or else the earliest time that ZIP supports.
 */
function commitTime() {
  if (process.env.SOURCE_DATE_EPOCH) return process.env.SOURCE_DATE_EPOCH;
  const { stdout } = spawnSync("git", ["log", "-1", "--format=%ct"], { cwd: inRoot(), encoding: "utf8" });
  return Number(stdout?.trim()) || Date.UTC(1980, 0, 1) / 1000;
}

/** Gives every file one of two modes, regardless of umask or its package. */
function makeAlike() {
  for (const name of readdirSync(stage, { recursive: true, encoding: "utf8" })) {
    const path = `${stage}/${name}`;
    const isProgram = /^server[\\/]companion-server(\.exe)?$/.test(name);
    if (statSync(path).isFile()) chmodSync(path, isProgram ? 0o755 : 0o644);
  }
}
