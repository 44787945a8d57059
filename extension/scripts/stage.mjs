// @ts-check
/** The folder that a package is made of. */
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { inRoot, readJson, run } from "./common.mjs";

/** @import { Target } from "./targets.mjs" */

const stage = inRoot("out", "vsix");

/** Where the server of the package goes. */
export const stagedServer = inRoot("out", "vsix", "server");

/** Puts everything there but the server; the bundle is built already. */
export function stageExtension() {
  rmSync(stage, { recursive: true, force: true });
  mkdirSync(stage, { recursive: true });
  const extension = inRoot("extension");
  const manifestTexts = readdirSync(extension).filter((name) => /^package\.nls(\.[\w-]+)?\.json$/.test(name));
  for (const name of ["dist", "l10n", ...manifestTexts, "README.md", ".vscodeignore"])
    cpSync(`${extension}/${name}`, `${stage}/${name}`, { recursive: true });
  for (const name of ["LICENSE", "CHANGELOG.md"]) cpSync(inRoot(name), `${stage}/${name}`);

  // What only the workspace needs stays out of the manifest that is shipped.
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
 * Makes the package.
 * @param {Target} target
 * @param {string} path
 */
export function packStage({ name, rid }, path) {
  rmSync(path, { force: true });
  const target = rid ? ["--target", name] : [];
  run(
    "npx",
    ["vsce", "package", "--no-dependencies", "--allow-missing-repository", ...target, "--out", path],
    {
      cwd: stage,
    },
  );
}
