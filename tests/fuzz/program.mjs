// @ts-check
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const exe = process.platform === "win32" ? ".exe" : "";

/** The server as `npm run build` leaves it, or the one that the environment names. */
export function builtServer() {
  const path =
    process.env.COMPANION_SERVER_PATH ??
    fileURLToPath(new URL(`../../out/server/companion-server${exe}`, import.meta.url));
  if (!existsSync(path)) throw new Error(`${path} is not there: npm run build makes it.`);
  return path;
}

/** An empty home folder, and what removes it again. */
export function temporaryHome() {
  const home = mkdtempSync(join(tmpdir(), "companion-fuzz-"));
  return { home, remove: () => rmSync(home, { recursive: true, force: true }) };
}
