// @ts-check
/** Compresses a package again. Node.js's own zlib favors speed, and its output depends on the processor and the version. */
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const regularFile = 0o100000;
const unix = 3; // APPNOTE.TXT, 4.4.2
const time = new Date(1980, 0, 1); // the earliest that ZIP supports, so that equal files make equal packages

/**
 * Replaces a package with a smaller one that has the same files.
 * @param {string} path
 * @param {(name: string) => number} modeOf returns the permissions of a file
 */
export function repack(path, modeOf) {
  /** @type {typeof import("fflate")} */
  const { unzipSync, zipSync } = createRequire(import.meta.url)("fflate"); // it may have been installed only now
  const before = unzipSync(readFileSync(path));
  const files = Object.keys(before)
    .sort()
    .map((name) => {
      const attrs = ((regularFile | modeOf(name)) << 16) >>> 0;
      return [name, [before[name], { level: 9, os: unix, attrs, mtime: time }]];
    });
  writeFileSync(path, zipSync(Object.fromEntries(files)));
}
