// @ts-check
import { spawn, spawnSync } from "node:child_process";

/** @typedef {{ status: number, stdout: string, stopped: boolean }} Ended */

/**
 * Runs a program to its end, or until the signal aborts: then it is killed with every process that it started.
 * @param {string} command
 * @param {string[]} args
 * @param {{ signal: AbortSignal, cwd?: string, env?: NodeJS.ProcessEnv, onOutput?: (text: string) => void, isQuiet?: boolean }} options with
 *   `onOutput` the output is read; without it, it is shown, unless `isQuiet` is set
 * @returns {Promise<Ended>}
 */
export async function runLimited(command, args, { signal, cwd, env, onOutput, isQuiet = false }) {
  const isWindows = process.platform === "win32";
  const shown = isQuiet ? "ignore" : "inherit";
  // A process group of its own on POSIX: one signal reaches all of it, and none of it is left behind.
  const child = spawn(command, args, {
    cwd,
    env,
    detached: !isWindows,
    stdio: ["ignore", onOutput ? "pipe" : shown, shown],
  });
  const kill = () => {
    if (child.pid === undefined) return;
    if (isWindows) spawnSync("taskkill", ["/pid", String(child.pid), "/t", "/f"]);
    else
      try {
        process.kill(-child.pid, "SIGKILL");
      } catch {
        // All of it has ended in the meantime.
      }
  };
  const interrupted = () => {
    kill();
    process.exit(130);
  };
  let stdout = "";
  child.stdout?.setEncoding("utf8").on("data", (text) => {
    stdout += text;
    onOutput?.(text);
  });
  signal.addEventListener("abort", kill, { once: true });
  process.once("SIGINT", interrupted).once("SIGTERM", interrupted);
  try {
    const status = await new Promise((resolve) => {
      child.once("error", (error) => {
        console.error(`${command} could not be started: ${error.message}`);
        resolve(1);
      });
      child.once("close", (code) => resolve(code ?? 1));
    });
    return { status, stdout, stopped: signal.aborted };
  } finally {
    signal.removeEventListener("abort", kill);
    process.off("SIGINT", interrupted).off("SIGTERM", interrupted);
  }
}
