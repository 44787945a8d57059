import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { PassThrough, type Readable } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import type { Program } from "../server/client.js";
import { serverEnvironment } from "../server/environment.js";

/** Time in milliseconds that the process has to exit after its stdin is closed. The server promises two seconds. */
const exitTimeout = 2_500;

/**
 * A server process. The language client gets only its streams: if it owned the process, it would lose track of it
 * when the connection closes first or when it's stopped during startup.
 */
export class ServerProcess {
  readonly #child: ChildProcessWithoutNullStreams;
  // Node discards output that nobody reads when the process exits, and the client might not be loaded by then.
  readonly stdout: Readable;
  readonly stderr: Readable;
  readonly #exited: Promise<[code: number | null, signal: string | null]>;
  #ending: Promise<void> | undefined;

  private constructor(child: ChildProcessWithoutNullStreams) {
    this.#child = child;
    this.stdout = child.stdout.pipe(new PassThrough());
    this.stderr = child.stderr.pipe(new PassThrough());
    this.#exited = new Promise((resolve) => child.once("exit", (...how) => resolve(how)));
    // The writer reports a broken pipe, and can also break after the connection is closed.
    for (const source of [child, child.stdin]) source.on("error", () => undefined);
  }

  /** Rejects if the system can't start the program. */
  static async start(program: Program): Promise<ServerProcess> {
    const args = [...program.args, "--stdio", "--clientProcessId", String(process.pid)];
    const env = serverEnvironment(process.env);
    const child = spawn(program.command, args, { cwd: program.cwd, env, windowsHide: true });
    await once(child, "spawn");
    return new ServerProcess(child);
  }

  get stdin() {
    return this.#child.stdin;
  }

  /** Called once, with the exit code or signal, also if it has already exited. */
  onExit(listener: (how: number | string) => void): void {
    void this.#exited.then(([code, signal]) => listener(code ?? signal ?? "unknown"));
  }

  /** Closes stdin and resolves when the process has exited. Kills it after a timeout. */
  end(): Promise<void> {
    this.#ending ??= this.#end();
    return this.#ending;
  }

  async #end(): Promise<void> {
    this.#child.stdin.end();
    const gaveUp = new AbortController();
    const tooLong = delay(exitTimeout, undefined, { signal: gaveUp.signal }).then(() => {
      this.#child.kill("SIGKILL");
      return this.#exited;
    });
    await Promise.race([this.#exited, tooLong]);
    gaveUp.abort();
    tooLong.catch(() => undefined);
  }
}
