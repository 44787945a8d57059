// @ts-check
/**
 * npm start: connects an environment in the sandbox, without an account. Opens VS Code if it's installed and there's a display.
 * Otherwise, runs a session with the server in the terminal.
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
  const { runSession } = await import("./session.mjs");
  process.exit(await runSession(serverPath("portable")));
}

function hasDisplay() {
  if (process.env.CI) return false;
  return process.platform !== "linux" || Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);
}

/** Returns the first editor that runs. On Windows, the commands are scripts that need a shell. */
function findEditor() {
  const shell = process.platform === "win32";
  return ["code", "codium", "cursor"].find(
    (name) => spawnSync(name, ["--version"], { shell, stdio: "ignore" }).status === 0,
  );
}

/** @param {string} name */
function startIn(name) {
  // Separate folders, because an open window wouldn't get the server's path.
  const userData = inRoot("out", "start", "user-data");
  mkdirSync(userData, { recursive: true });
  console.log(
    `Opening ${name}. Press F1 and run "Companion: Try the Sandbox", and then "Companion: Connect".`,
  );
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
