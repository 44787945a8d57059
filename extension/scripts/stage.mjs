// @ts-check
/** The folder that a package is made from. */
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { inRoot, readJson, run } from "./common.mjs";
import { repack } from "./repack.mjs";
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
  rmSync(path, { force: true });
  const target = rid ? ["--target", name] : [];
  run(
    "npx",
    ["vsce", "package", "--no-dependencies", "--allow-missing-repository", ...target, "--out", path],
    { cwd: stage, env: { ...process.env, SOURCE_DATE_EPOCH: "315532800" } }, // so that vsce sorts the files
  );
  repack(path, (file) => (/\/server\/companion(-server(\.exe)?)?$/.test(file) ? 0o755 : 0o644));
}
