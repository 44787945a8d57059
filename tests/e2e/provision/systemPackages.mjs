// @ts-check
import { existsSync } from "node:fs";
import { onPath, run } from "./run.mjs";

/**
 * What code-server's native modules are built with: how to see that it is there, and the Debian package that brings it.
 * @type {readonly { readonly package: string, readonly isThere: () => boolean }[]}
 */
const buildNeeds = [
  { package: "python3", isThere: () => onPath("python3") !== undefined },
  { package: "make", isThere: () => onPath("make") !== undefined },
  { package: "g++", isThere: () => onPath("g++", "c++", "clang++") !== undefined },
  {
    package: "libkrb5-dev",
    // macOS brings Kerberos as a framework.
    isThere: () => process.platform === "darwin" || existsSync("/usr/include/gssapi/gssapi.h"),
  },
];

/** Chromium, and a font: without one a page is drawn with empty boxes. */
export const chromiumPackages = ["chromium", "fonts-liberation"];

/** @returns {string[]} the Debian packages that a build of code-server's native modules still lacks here */
export function missingBuildPackages() {
  return buildNeeds.filter((need) => !need.isThere()).map((need) => need.package);
}

/**
 * Installs Debian packages, as root or by a sudo that does not ask.
 * @param {readonly string[]} packages
 * @throws {Error} when there is no apt-get, no right to use it, or it fails
 */
export async function installSystemPackages(packages) {
  const aptGet = onPath("apt-get");
  if (aptGet === undefined) {
    throw new Error(`there is no apt-get to install this with, do it by hand: ${packages.join(", ")}`);
  }
  const asRoot = await rootPrefix();
  if (asRoot === undefined) throw new Error(`run first: sudo apt-get install ${packages.join(" ")}`);
  // Another apt-get may hold the lock on a machine that has just booted.
  const quiet = ["DEBIAN_FRONTEND=noninteractive", aptGet, "-q", "-y", "-o", "DPkg::Lock::Timeout=300"];
  const [command, ...args] = [...asRoot, "env", ...quiet];
  await run(command, [...args, "update"]);
  await run(command, [...args, "install", "--no-install-recommends", ...packages]);
}

/** @returns {Promise<[] | [string, string] | undefined>} what to put before a command to run it as root, if anything can */
async function rootPrefix() {
  if (process.getuid?.() === 0) return [];
  return run("sudo", ["-n", "true"]).then(
    () => ["sudo", "-n"],
    () => undefined,
  );
}
