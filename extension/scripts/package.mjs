// @ts-check
/** npm run package: the portable VSIX, whose server runs on an installed .NET 10, in out/. */
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { bundleExtension } from "./build.mjs";
import { inRoot, installPackages, readJson, run, version } from "./common.mjs";
import { publish } from "./flavors.mjs";

const stage = inRoot("out", "vsix");

/** Where the package is. */
export const vsixPath = () => inRoot("out", `companion-${version()}.vsix`);

/** Builds the package and answers its path. */
export function packageExtension() {
  rmSync(stage, { recursive: true, force: true });
  mkdirSync(stage, { recursive: true });
  bundleExtension();
  publish(inRoot("server", "Companion.Server"), inRoot("out", "vsix", "server"), {
    properties: ["-p:UseAppHost=false", "-p:DebugType=none"],
  });

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

  const target = vsixPath();
  rmSync(target, { force: true });
  run("npx", ["vsce", "package", "--no-dependencies", "--allow-missing-repository", "--out", target], {
    cwd: stage,
  });
  return target;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  installPackages();
  console.log(
    `\n${basename(packageExtension())} is in out/. Its server needs .NET 10 on the machine that it is installed on;`,
  );
  console.log("where there is none, the extension says so and links to its download.");
}
