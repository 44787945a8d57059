// @ts-check
import { join } from "node:path";
import { isExecutable, onPath } from "./run.mjs";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

/**
 * Looks for a Chromium or Chrome: `COMPANION_CHROMIUM`, then PATH, then where installers put it. A
 * `COMPANION_CHROMIUM` that names nothing executable is not passed over: it is a mistake to be told.
 * @returns {{ path: string } | { missing: string }}
 */
export function findChromium() {
  const chosen = process.env.COMPANION_CHROMIUM;
  if (chosen) {
    return isExecutable(chosen)
      ? { path: chosen }
      : { missing: `Chromium: COMPANION_CHROMIUM is ${chosen}, which is not an executable file` };
  }
  const extension = process.platform === "win32" ? ".exe" : "";
  const found = onPath(...names.map((name) => name + extension)) ?? usualPlaces().find(isExecutable);
  return found
    ? { path: found }
    : { missing: "Chromium (or set COMPANION_CHROMIUM to a Chromium or Chrome)" };
}

/** @returns {string[]} */
function usualPlaces() {
  if (process.platform === "darwin") {
    const home = process.env.HOME ?? "";
    return ["Chromium", "Google Chrome"].flatMap((name) =>
      ["/Applications", join(home, "Applications")].map((folder) =>
        join(folder, `${name}.app`, "Contents", "MacOS", name),
      ),
    );
  }
  if (process.platform === "win32") {
    const { ProgramFiles, LOCALAPPDATA } = process.env;
    const roots = [ProgramFiles, process.env["ProgramFiles(x86)"], LOCALAPPDATA].filter(
      (root) => root !== undefined,
    );
    return ["Chromium", join("Google", "Chrome")].flatMap((name) =>
      roots.map((root) => join(root, name, "Application", "chrome.exe")),
    );
  }
  return [];
}
