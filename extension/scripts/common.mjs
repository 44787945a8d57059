// @ts-check
/**
 * Utilities for all scripts of the workspace. Uses only Node's own modules, because it runs before anything is
 * installed.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The root folder of the project. */
export const root = fileURLToPath(new URL("../../", import.meta.url));

/** @param {...string} path */
export const inRoot = (...path) => join(root, ...path);

/** @param {string} path */
export const readJson = (path) => JSON.parse(readFileSync(path, "utf8"));

/** The version of everything that's built. */
export const version = () => String(readJson(inRoot("extension", "package.json")).version);

/**
 * Runs a program with its output, and ends this process with its exit code if it fails.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 */
export function run(command, args, options = {}) {
  const status = tryRun(command, args, options);
  if (status === 0) return;
  console.error(`\n${command} ${args.join(" ")} failed (${status}).`);
  process.exit(1);
}

/**
 * Runs a program with its output, and returns its exit code.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 */
export function tryRun(command, args, { cwd = root, env = process.env } = {}) {
  // On Windows, npm and npx are scripts that need a shell.
  const shell = process.platform === "win32" && ["npm", "npx"].includes(command);
  const { status, error } = spawnSync(command, args, { cwd, env, stdio: "inherit", shell });
  if (error) console.error(`${command} couldn't be started: ${error.message}`);
  return status ?? 1;
}

/** Installs the npm packages, unless that's already done for this lock file. */
export function installPackages() {
  const lock = createHash("sha256")
    .update(readFileSync(inRoot("package-lock.json")))
    .digest("hex");
  const stamp = inRoot("node_modules", ".companion-lock");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock) return;
  console.log("Installing npm packages …");
  run("npm", ["ci", "--no-audit", "--no-fund"]);
  writeFileSync(stamp, lock);
}
