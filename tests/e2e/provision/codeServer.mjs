// @ts-check
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder, removeInterruptedInstalls, stagingFolder } from "./cache.mjs";
import { installSteps, layout } from "./codeServerSteps.mjs";
import { builtInExtensions, codeServerVersion, nodePackages } from "./versions.mjs";

/** @typedef {{ node: string, entry: string }} CodeServer the Node to run it by, and the script to run */

const platform = `${process.platform}-${process.arch}`;
const stampName = "complete.json";

/**
 * Looks for a finished install of exactly what's pinned.
 * @returns {{ codeServer: CodeServer } | { missing: string }}
 */
export function findCodeServer() {
  const target = installTarget();
  if (target === undefined) return { missing: `code-server (there is none for ${platform})` };
  const { node, entry } = layout(target.folder, target.nodePackage.name);
  const complete = existsSync(node) && existsSync(entry) && readStamp(target.folder) === target.stamp;
  return complete ? { codeServer: { node, entry } } : { missing: `code-server ${codeServerVersion}` };
}

/**
 * Installs code-server into the cache folder, from npm, in a few minutes.
 * @param {(line: string) => void} log told of each step
 * @throws {Error} when a step fails; then nothing stands under the install's final name
 */
export async function installCodeServer(log) {
  const target = installTarget();
  if (target === undefined) throw new Error(`there is no code-server for ${platform}`);

  const cache = cacheFolder();
  removeInterruptedInstalls(cache);
  const staging = stagingFolder(cache);
  try {
    await installSteps(staging, target.nodePackage, log);
    writeFileSync(join(staging, stampName), target.stamp);
    rmSync(target.folder, { recursive: true, force: true });
    renameSync(staging, target.folder);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

function installTarget() {
  const nodePackage = nodePackages[platform];
  if (nodePackage === undefined) return undefined;
  const versions = { codeServer: codeServerVersion, builtInExtensions, node: nodePackage.version, platform };
  const name = `code-server-${versions.codeServer}-node-${versions.node}-${platform}`;
  return { nodePackage, stamp: JSON.stringify(versions), folder: join(cacheFolder(), name) };
}

/** @param {string} folder */
function readStamp(folder) {
  const stamp = join(folder, stampName);
  return existsSync(stamp) ? readFileSync(stamp, "utf8") : undefined;
}
