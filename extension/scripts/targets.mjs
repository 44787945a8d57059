// @ts-check
/** The packages: what vsce calls a platform, and what .NET calls it. */

/** @import { Flavor } from "./flavors.mjs" */

/**
 * @typedef {object} Target
 * @property {string} name as vsce and the Marketplace call it; `universal` is every platform that has no package of its own
 * @property {string | undefined} rid as .NET calls it
 */

/** @type {readonly Target[]} */
export const targets = [
  { name: "linux-x64", rid: "linux-x64" },
  { name: "linux-arm64", rid: "linux-arm64" },
  { name: "alpine-x64", rid: "linux-musl-x64" },
  { name: "alpine-arm64", rid: "linux-musl-arm64" },
  { name: "darwin-x64", rid: "osx-x64" },
  { name: "darwin-arm64", rid: "osx-arm64" },
  { name: "win32-x64", rid: "win-x64" },
  { name: "win32-arm64", rid: "win-arm64" },
  { name: "universal", rid: undefined },
];

/**
 * The most bytes of the server in a package, zipped: what it has, and a few percent. The goals, which two of them miss, are in
 * tests/bench/goals.mjs.
 * @type {Readonly<Record<Flavor, number>>}
 */
export const serverBudget = { native: 7_500_000, ready: 15_600_000, portable: 2_700_000 };
