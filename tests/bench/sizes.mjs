// @ts-check
/** Measures the size of servers in a package. */
import { readdirSync, readFileSync } from "node:fs";
import { deflateRawSync } from "node:zlib";
import { add } from "./measures.mjs";

/** @import { Samples } from "./measures.mjs" */
/** @import { Measured } from "./servers.mjs" */

/**
 * Returns the zipped size of a folder's files in bytes, without build files, which aren't packaged.
 * @param {string} folder
 */
export function zippedSize(folder) {
  return readdirSync(folder)
    .filter((name) => !(name.endsWith(".pdb") || (isPortable(folder) && !/\.(dll|json)$/.test(name))))
    .reduce((sum, name) => sum + deflateRawSync(readFileSync(`${folder}/${name}`)).length, 0);
}

/**
 * Measures the zipped size of each server in MB.
 * @param {readonly Measured[]} servers
 * @param {Samples} samples
 */
export function measureSize(servers, samples) {
  for (const { name, folder } of servers) if (folder) add(samples, "size", name, zippedSize(folder) / 1e6);
}

/** @param {string} folder */
const isPortable = (folder) => readdirSync(folder).some((name) => name.endsWith(".runtimeconfig.json"));
