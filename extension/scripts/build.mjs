// @ts-check
/** npm run build: the server for this machine in out/server, and the extension's bundle in extension/dist. */
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { inRoot, installPackages, run } from "./common.mjs";

/**
 * Publishes the server into a folder.
 * @param {string} folder
 * @param {string[]} options of dotnet publish
 */
export function publishServer(folder, options = []) {
  rmSync(folder, { recursive: true, force: true });
  run("dotnet", [
    "publish",
    inRoot("server", "Companion.Server"),
    "-c",
    "Release",
    "-o",
    folder,
    "--nologo",
    "-v",
    "quiet",
    ...options,
  ]);
}

/** Bundles the extension as it is shipped. */
export const bundleExtension = () =>
  run(process.execPath, [inRoot("extension", "esbuild.mjs"), "--production"], { cwd: inRoot("extension") });

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  installPackages();
  publishServer(inRoot("out", "server"));
  bundleExtension();
  console.log(`The server is ${inRoot("out", "server", "companion-server")}.`);
}
