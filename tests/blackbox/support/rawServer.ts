import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { bareEnvironment, serverPath } from "./programs.js";

/** A reply of the server. */
export interface Reply {
  readonly id: number | string | null;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string; readonly data?: unknown };
}

/** The real server process, with raw bytes as input. */
export class RawServer implements AsyncDisposable {
  readonly process: ChildProcessWithoutNullStreams;
  readonly exited: Promise<number | null>;
  readonly received: Reply[] = [];
  #rest = Buffer.alloc(0);

  constructor() {
    this.process = spawn(serverPath, ["--stdio"], { env: bareEnvironment() });
    this.exited = once(this.process, "exit").then(([code]) => code as number | null);
    this.process.stdin.on("error", () => undefined);
    this.process.stdout.on("data", (chunk: Buffer) => this.#take(chunk));
  }

  /** A frame with any body. */
  send(body: string | Buffer | object, headers = ""): void {
    const bytes =
      typeof body === "string"
        ? Buffer.from(body)
        : Buffer.isBuffer(body)
          ? body
          : Buffer.from(JSON.stringify(body));
    this.process.stdin.write(
      Buffer.concat([Buffer.from(`${headers}Content-Length: ${bytes.length}\r\n\r\n`), bytes]),
    );
  }

  /** All replies, once there are this many. */
  async replies(count: number): Promise<readonly Reply[]> {
    while (this.received.length < count)
      await Promise.race([
        once(this.process.stdout, "data"),
        once(this.process.stdout, "end").then(() =>
          Promise.reject(new Error("The server closed its output.")),
        ),
      ]);
    return this.received;
  }

  /** Opens a session with the sandbox and discards the response. */
  async initialize(): Promise<void> {
    this.send({
      jsonrpc: "2.0",
      id: "initialize",
      method: "initialize",
      params: { initializationOptions: { gatewayUrl: "sandbox" } },
    });
    await this.replies(1);
    this.received.length = 0;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.process.kill("SIGKILL");
    await this.exited;
  }

  #take(chunk: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    for (;;) {
      const header = this.#rest.indexOf("\r\n\r\n");
      const length = Number(
        /Content-Length: (\d+)/.exec(this.#rest.toString("latin1", 0, Math.max(header, 0)))?.[1],
      );
      if (header < 0 || this.#rest.length < header + 4 + length) return;
      const message = JSON.parse(this.#rest.toString("utf8", header + 4, header + 4 + length));
      if ("id" in message) this.received.push(message); // otherwise a notification
      this.#rest = this.#rest.subarray(header + 4 + length);
    }
  }
}
