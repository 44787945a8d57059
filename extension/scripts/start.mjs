// @ts-check
/**
 * npm start: the main job on the sandbox, without an account. In VS Code where there is one and a display; else one true session
 * with the server in this terminal.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { bundleExtension, publishServer, serverPath } from "./build.mjs";
import { inRoot, installPackages, run } from "./common.mjs";

installPackages();
publishServer();

const editor = hasDisplay() ? findEditor() : undefined;
if (editor) {
  bundleExtension();
  startIn(editor);
} else {
  const { playSession } = await import("./session.mjs");
  process.exit(await playSession(serverPath("portable")));
}

function hasDisplay() {
  if (process.env.CI) return false;
  return process.platform !== "linux" || Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);
}

/** The first VS Code that answers. On Windows the commands are scripts, which only a shell starts. */
function findEditor() {
  const shell = process.platform === "win32";
  return ["code", "codium", "cursor"].find(
    (name) => spawnSync(name, ["--version"], { shell, stdio: "ignore" }).status === 0,
  );
}

/** @param {string} name */
function startIn(name) {
  // Folders of its own: a window that is open already would not see the server's path.
  const userData = inRoot("out", "start", "user-data");
  mkdirSync(userData, { recursive: true });
  console.log(`Opening ${name}. There: F1, "Companion: Try the Sandbox", then "Companion: Connect…".`);
  run(
    name,
    [
      "--new-window",
      "--user-data-dir",
      userData,
      "--extensions-dir",
      inRoot("out", "start", "extensions"),
      "--extensionDevelopmentPath",
      inRoot("extension"),
    ],
    { env: { ...process.env, COMPANION_SERVER_PATH: serverPath("portable") } },
  );
}
