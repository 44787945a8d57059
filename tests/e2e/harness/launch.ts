import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";
import { signal } from "./processes.ts";

/** An installed code-server: the Node that runs it, and the script to run. */
export interface CodeServerInstall {
  readonly node: string;
  readonly entry: string;
}

/** A code-server command that was started, and what it has written to stdout and stderr so far. */
export interface Launched {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  /** Its process id, which is also that of its process group. */
  readonly pid: number;
  output(): string;
}

/**
 * Starts a code-server command as the leader of a process group of its own. When this process ends first, by whatever
 * way it can still notice, the whole group is killed.
 */
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

/** @throws {Error} with the command's output, unless it exits with 0 */
export async function succeeded({ child, output }: Launched): Promise<void> {
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`${child.spawnargs.join(" ")}: exit code ${code}\n${output()}`);
}

/**
 * Waits until a code-server says that it listens.
 * @param timeout milliseconds
 * @returns where: `http://127.0.0.1:PORT`
 * @throws {Error} with the server's output, when it ends or the time is over before; it is ended then
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
