import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import {
  createMessageConnection,
  type MessageConnection,
  ResponseError,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-jsonrpc/node";
import type {
  EnvironmentChangedParams,
  ErrorData,
  InitializationOptions,
  InitializeResult,
  LeaseEndingParams,
  LogMessageParams,
  ProgressParams,
  Requests,
  WorkDoneProgress,
} from "../../../extension/src/protocol.g.js";
import { bareEnvironment, clientProcess, serverPath } from "./programs.js";

type Page = Exclude<ProgressParams["value"], WorkDoneProgress>;

/** How a request failed. */
export interface Failure {
  readonly code: number;
  readonly message: string;
  readonly data: ErrorData | undefined;
}

/** The real server process, with npm's vscode-jsonrpc at the other end of its pipes. */
export class Server implements AsyncDisposable {
  readonly stderr: string[] = [];
  readonly log: LogMessageParams[] = [];
  /** Received notifications about environments. */
  readonly progress: { readonly token: number | string; readonly value: WorkDoneProgress }[] = [];
  /** Received parts of lists. */
  readonly parts: { readonly token: number | string; readonly value: Page }[] = [];
  readonly changes: EnvironmentChangedParams[] = [];
  readonly endings: LeaseEndingParams[] = [];
  readonly exited: Promise<number | null>;
  readonly #closed: Promise<unknown[]>;

  private constructor(
    readonly process: ChildProcessWithoutNullStreams,
    readonly connection: MessageConnection,
  ) {
    this.exited = once(process, "exit").then(([code]) => code as number | null);
    this.#closed = once(process, "close");
    process.stderr.on("data", (chunk) => this.stderr.push(String(chunk)));
    connection.onNotification("window/logMessage", (line: LogMessageParams) => void this.log.push(line));
    connection.onNotification("$/progress", ({ token, value }: ProgressParams) => {
      if ("kind" in value) this.progress.push({ token, value });
      else this.parts.push({ token, value });
    });
    connection.onNotification(
      "environmentChanged",
      (change: EnvironmentChangedParams) => void this.changes.push(change),
    );
    connection.onNotification("leaseEnding", (ending: LeaseEndingParams) => void this.endings.push(ending));
    connection.listen();
  }

  /**
   * Starts the process, without `initialize`.
   * @param shell What a shell does to become the server, which is `"$0" "$@"` there; nothing for no shell.
   */
  static spawn(env: NodeJS.ProcessEnv = {}, args: readonly string[] = ["--stdio"], shell?: string): Server {
    const [program, ...rest] = shell ? ["/bin/sh", "-c", shell, serverPath, ...args] : [serverPath, ...args];
    const child = spawn(program, rest, { env: { ...bareEnvironment(), ...env } });
    const connection = createMessageConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    return new Server(child, connection);
  }

  /** Starts the process and opens the session. */
  static async open(
    options: InitializationOptions,
    env: NodeJS.ProcessEnv = {},
    shell?: string,
  ): Promise<Server> {
    const server = Server.spawn(env, undefined, shell);
    await server.initialize(options);
    return server;
  }

  initialize(options: InitializationOptions = { gatewayUrl: "sandbox" }): Promise<InitializeResult> {
    return this.request("initialize", {
      ...clientProcess,
      clientInfo: { name: "Visual Studio Code", version: "1.139.1" },
      initializationOptions: options,
    });
  }

  request<M extends keyof Requests>(
    method: M,
    params: Requests[M]["params"],
  ): Promise<Requests[M]["result"]> {
    const answer = this.#send(method, params) as Promise<Requests[M]["result"]>;
    answer.catch(() => {}); // a test that ends the server needn't wait for it
    return answer;
  }

  #send(method: string, params: unknown): Promise<unknown> {
    return Promise.race([this.connection.sendRequest(method, params), this.#noAnswer(method)]);
  }

  /** Fails once the server has ended, and what it had written is read. */
  async #noAnswer(method: string): Promise<never> {
    const [code, signal] = await this.#closed;
    await delay(100);
    throw new Error(
      `The server has ended (${code ?? signal}) without answering ${method}: ${this.stderr.join("")}`,
    );
  }

  /** Sends a request with any params and returns its error. */
  async failure(method: string, params: unknown): Promise<Failure> {
    try {
      await this.#send(method, params);
    } catch (error) {
      if (!(error instanceof ResponseError)) throw error;
      return { code: error.code, message: error.message, data: error.data as ErrorData | undefined };
    }
    throw new Error(`${method} was expected to fail.`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.process.kill("SIGKILL");
    await this.exited;
    this.connection.dispose();
  }
}
