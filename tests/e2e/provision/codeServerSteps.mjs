// @ts-check
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { npm } from "./npm.mjs";
import { run } from "./run.mjs";
import { builtInExtensions, codeServerVersion } from "./versions.mjs";

/**
 * The places inside an install.
 * @param {string} folder the install's folder
 * @param {string} nodePackage the name of the npm package that carries Node
 */
export function layout(folder, nodePackage) {
  const headers = join(folder, "node_modules", nodePackage);
  const codeServer = join(folder, "node_modules", "code-server");
  return {
    node: join(headers, "bin", "node"),
    /** The folder that has `include/node`. */
    headers,
    codeServer,
    entry: join(codeServer, "out", "node", "entry.js"),
  };
}

/**
 * Installs Node and code-server from npm into an empty folder and builds the native modules. The package's own
 * postinstall is not run: it insists on an npm that was itself started by Node 24. Its steps are.
 * @param {string} folder
 * @param {{ readonly name: string, readonly version: string }} nodePackage
 * @param {(line: string) => void} log
 * @throws {Error} when a step fails
 */
export async function installSteps(folder, nodePackage, log) {
  const { node, headers, codeServer, entry } = layout(folder, nodePackage.name);
  const toolchain = { node, headers };
  const withScripts = "--ignore-scripts=false";

  log(`downloading code-server ${codeServerVersion} and Node ${nodePackage.version}`);
  mkdirSync(folder, { recursive: true });
  const manifest = {
    private: true,
    dependencies: { "code-server": codeServerVersion, [nodePackage.name]: nodePackage.version },
    allowScripts: { argon2: true },
  };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest, null, 2));
  // The Node that downloads may be older than the one that code-server asks for.
  await npm(folder, ["install", "--ignore-scripts", "--engine-strict=false"]);
  await npm(folder, ["rebuild", "argon2", withScripts], toolchain);

  log("building VS Code's native modules");
  await npm(join(codeServer, "lib", "vscode"), ["install", "--omit=dev", withScripts], toolchain);

  const extensions = join(codeServer, "lib", "vscode", "extensions");
  for (const name of readdirSync(extensions))
    if (!builtInExtensions.includes(name)) rmSync(join(extensions, name), { recursive: true });

  const version = await run(node, [entry, "--version"], { env: { PATH: process.env.PATH, HOME: folder } });
  if (!version.includes(codeServerVersion)) throw new Error(`code-server --version said: ${version}`);
}
