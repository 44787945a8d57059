import { randomUUID } from "node:crypto";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import type { LogOutputChannel } from "vscode";
import {
  CloseAction,
  ConnectionError,
  ErrorAction,
  LanguageClient,
  type LanguageClientOptions,
  ProgressType,
  ResponseError,
  RevealOutputChannelOn,
  State,
  type StreamInfo,
  WorkDoneProgress,
} from "vscode-languageclient/node";
import { connectionLost } from "../errors/rpcError.js";
import type {
  EnvironmentChangedParams,
  InitializeResult,
  LeaseEndingParams,
  Requests,
  ServerNotifications,
} from "../protocol.g.js";
import type { Client, ClientHooks, Method, Program, RequestOptions } from "../server/client.js";
import { OutputTail } from "./outputTail.js";
import { ServerProcess } from "./serverProcess.js";

/**
 * Creates a client for a process.
 * @param program what to start if the process must be replaced
 */
export function createClient(
  program: Program,
  process: ServerProcess,
  hooks: ClientHooks,
  log: LogOutputChannel,
): Client {
  return new CompanionClient(program, process, hooks, log);
}

/** A vscode-languageclient that only logs errors. Notifications are decided elsewhere. */
class QuietLanguageClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

class CompanionClient implements Client {
  readonly #client: LanguageClient;
  readonly #hooks: ClientHooks;
  readonly #log: LogOutputChannel;
  readonly #program: Program;
  /** The running or starting process. The next one waits until it has exited. */
  #process: Promise<ServerProcess>;
  #isConnected = false;
  #stopping = false;

  constructor(program: Program, process: ServerProcess, hooks: ClientHooks, log: LogOutputChannel) {
    this.#hooks = hooks;
    this.#log = log;
    this.#program = program;
    this.#process = Promise.resolve(process);
    const connect = () => this.#connect();
    this.#client = new QuietLanguageClient("companion", "Companion", connect, this.#options());
    const environmentChanged: keyof ServerNotifications = "environmentChanged";
    this.#client.onNotification(environmentChanged, (params: EnvironmentChangedParams) =>
      hooks.environmentChanged(params),
    );
    const leaseEnding: keyof ServerNotifications = "leaseEnding";
    this.#client.onNotification(leaseEnding, (params: LeaseEndingParams) => hooks.leaseEnding(params));
    this.#client.onDidChangeState(({ newState }) => this.#onState(newState));
  }

  async start(): Promise<void> {
    await this.#client.start();
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    // Rejects during startup, and if `shutdown` fails or times out. The process ends in any case.
    await this.#client.dispose().catch(() => undefined);
    await this.#endProcess();
  }

  async request<M extends Method>(
    method: M,
    params: Requests[M]["params"],
    { token, onProgress, onPart }: RequestOptions<M> = {},
  ): Promise<Requests[M]["result"]> {
    const workDoneToken = onProgress && randomUUID();
    const partialResultToken = onPart && randomUUID();
    const sent = {
      ...params,
      ...(workDoneToken && { workDoneToken }),
      ...(partialResultToken && { partialResultToken }),
    };
    const listeners = [
      workDoneToken && this.#client.onProgress(WorkDoneProgress.type, workDoneToken, onProgress),
      partialResultToken &&
        this.#client.onProgress(new ProgressType<Requests[M]["result"]>(), partialResultToken, onPart),
    ];
    try {
      // Don't pass an undefined token: the client would treat it as a second parameter and send an array.
      return await (token
        ? this.#client.sendRequest<Requests[M]["result"]>(method, sent, token)
        : this.#client.sendRequest<Requests[M]["result"]>(method, sent));
    } catch (error) {
      // ConnectionError has its own small codes, which would be mistaken for the gateway's.
      if (error instanceof ConnectionError) throw new ResponseError(connectionLost.inactive, error.message);
      throw error;
    } finally {
      for (const listener of listeners) if (listener) listener.dispose();
    }
  }

  #onState(state: State): void {
    if (state === State.Running) {
      this.#hooks.running(this.#client.initializeResult as unknown as InitializeResult);
    }
    if (state === State.StartFailed) void this.#endProcess().then(() => this.#hooks.restartFailed());
  }

  async #connect(): Promise<StreamInfo> {
    if (this.#stopping) throw new Error("The client has stopped.");
    if (this.#isConnected) this.#process = ServerProcess.start(this.#program);
    this.#isConnected = true;
    const process = await this.#process;
    process.onExit((how) => this.#log.info(`The server process exited: ${how}`));
    this.#readErrors(process.stderr);
    return { reader: process.stdout, writer: process.stdin, detached: true };
  }

  async #endProcess(): Promise<void> {
    const process = await this.#process.catch(() => undefined);
    await process?.end();
  }

  #options(): LanguageClientOptions {
    return {
      outputChannel: this.#log,
      traceOutputChannel: this.#log,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      initializationOptions: () => this.#hooks.initializationOptions(),
      initializationFailedHandler: () => false,
      errorHandler: {
        // A broken connection is closed next. Until then, messages can still arrive.
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: async () => {
          // The process might have closed only its stdout. End it before starting another one.
          const [again] = await Promise.all([this.#hooks.closed(), this.#endProcess()]);
          return { action: again ? CloseAction.Restart : CloseAction.DoNotRestart, handled: true };
        },
      },
    };
  }

  /** Regular output arrives as window/logMessage. stderr is for output when that doesn't work. */
  #readErrors(stream: Readable): void {
    const tail = new OutputTail();
    createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })
      .on("line", (line) => {
        tail.add(line);
        this.#log.trace(`stderr: ${line}`);
      })
      .on("close", () => {
        const lines = tail.take();
        if (!this.#stopping && lines.length > 0)
          this.#log.error(`The server's last output:\n${lines.join("\n")}`);
      });
  }
}
