// @ts-check
/** How large a server is in a package. */
import { readdirSync, readFileSync } from "node:fs";
import { deflateRawSync } from "node:zlib";
import { add } from "./measures.mjs";

/** @import { Samples } from "./measures.mjs" */
/** @import { Measured } from "./servers.mjs" */

/**
 * Bytes of a folder's files as a zip has them. What only the machine that builds needs is not counted, as it is not packed.
 * @param {string} folder
 */
export function zippedSize(folder) {
  return readdirSync(folder)
    .filter((name) => !(name.endsWith(".pdb") || (isPortable(folder) && !/\.(dll|json)$/.test(name))))
    .reduce((sum, name) => sum + deflateRawSync(readFileSync(`${folder}/${name}`)).length, 0);
}

/**
 * MB of each server, zipped.
 * @param {readonly Measured[]} servers
 * @param {Samples} samples
 */
export function measureSize(servers, samples) {
  for (const { name, folder } of servers) if (folder) add(samples, "size", name, zippedSize(folder) / 1e6);
}

/** @param {string} folder */
const isPortable = (folder) => readdirSync(folder).some((name) => name.endsWith(".runtimeconfig.json"));
