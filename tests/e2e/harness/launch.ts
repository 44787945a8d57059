import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";
import { signal } from "./processes.ts";

/** An installed code-server: the Node that runs it, and the script. */
export interface CodeServerInstall {
  readonly node: string;
  readonly entry: string;
}

/** A running code-server command, and its output so far. */
export interface Launched {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  /** The ID of the process and its process group. */
  readonly pid: number;
  output(): string;
}

/** Starts a code-server command in its own process group. If this process ends first, the whole group is killed. */
export async function launch(
  install: CodeServerInstall,
  args: readonly string[],
  options: { readonly env: NodeJS.ProcessEnv; readonly cwd: string },
): Promise<Launched> {
  const child = spawn(install.node, [install.entry, ...args], {
    ...options,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  await once(child, "spawn");
  const pid = child.pid as number;
  const killGroup = () => signal(-pid, "SIGKILL");
  process.once("exit", killGroup);
  child.once("exit", () => process.off("exit", killGroup));

  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => (output += text));
  }
  return { child, pid, output: () => output };
}

/** @throws {Error} with the command's output, if its exit code isn't 0 */
export async function succeeded({ child, output }: Launched): Promise<void> {
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`${child.spawnargs.join(" ")}: exit code ${code}\n${output()}`);
}

/**
 * Waits until a code-server is listening.
 * @param timeout milliseconds
 * @returns its address: `http://127.0.0.1:PORT`
 * @throws {Error} with the server's output, if it ends or times out; it's ended then
 */
export async function listening({ child, pid, output }: Launched, timeout: number): Promise<string> {
  const tooLate = AbortSignal.timeout(timeout);
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  for (;;) {
    const url = /HTTP server listening on (http:\/\/\S+?)\/?\s/.exec(output())?.[1];
    if (url !== undefined) return url;
    const more = once(child.stdout, "data", { signal: tooLate });
    await Promise.race([more, ended]).catch(() => undefined);
    if (child.exitCode !== null || child.signalCode !== null || tooLate.aborted) {
      signal(-pid, "SIGKILL");
      throw new Error(`code-server does not answer:\n${output()}`);
    }
  }
}
