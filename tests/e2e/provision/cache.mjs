// @ts-check
import { existsSync, readdirSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/**
 * The folder that outlives checkouts: `COMPANION_E2E_CACHE`, else `companion-e2e` in the user's cache folder.
 * @returns {string} an absolute path; the folder need not exist
 */
export function cacheFolder() {
  const { COMPANION_E2E_CACHE, XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (COMPANION_E2E_CACHE) return COMPANION_E2E_CACHE;
  if (XDG_CACHE_HOME) return join(XDG_CACHE_HOME, "companion-e2e");
  if (process.platform === "win32" && LOCALAPPDATA) return join(LOCALAPPDATA, "companion-e2e");
  if (process.platform === "darwin") return join(homedir(), "Library", "Caches", "companion-e2e");
  return join(homedir(), ".cache", "companion-e2e");
}

/**
 * A name for this process's own half-done install. It takes its final name by one rename, so that what has the final
 * name is complete, and two processes that install at once do not meet.
 * @param {string} cache
 */
export function stagingFolder(cache) {
  return join(cache, `installing-${process.pid}`);
}

/**
 * Removes what interrupted installs left behind. Those of processes that still run are left alone.
 * @param {string} cache
 */
export function removeInterruptedInstalls(cache) {
  if (!existsSync(cache)) return;
  for (const name of readdirSync(cache)) {
    const pid = /^installing-(\d+)$/.exec(name)?.[1];
    if (pid === undefined || (Number(pid) !== process.pid && isAlive(Number(pid)))) continue;
    rmSync(join(cache, name), { recursive: true, force: true });
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, and is somebody else's.
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
  }
}
