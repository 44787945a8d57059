import type { CancellationToken } from "vscode";
import type {
  EnvironmentChangedParams,
  InitializationOptions,
  InitializeResult,
  LeaseEndingParams,
  Requests,
  WorkDoneProgress,
} from "../protocol.g.js";

/** The methods that the extension calls. The language client sends the others. */
export type Method = Exclude<keyof Requests, "initialize" | "shutdown">;

export interface RequestOptions<M extends Method = Method> {
  readonly token?: CancellationToken | undefined;
  /** Called for the stages of a change. The server reports them only if this is set. */
  readonly onProgress?: ((progress: WorkDoneProgress) => void) | undefined;
  /**
   * Called for the parts of a list when they arrive. The response is then empty. The server sends parts only if this
   * is set.
   */
  readonly onPart?: ((part: Requests[M]["result"]) => void) | undefined;
}

/** Sends a request. The method determines the types of params and result. */
export type Request = <M extends Method>(
  method: M,
  params: Requests[M]["params"],
  options?: RequestOptions<M>,
) => Promise<Requests[M]["result"]>;

/** A program and how to start it. */
export interface Program {
  readonly command: string;
  /** Arguments before the server's own. */
  readonly args: readonly string[];
  /** Working directory. Never a folder of the workspace. */
  readonly cwd: string;
}

/** Callbacks of a client. */
export interface ClientHooks {
  /** Called at each start of the process. */
  initializationOptions(): InitializationOptions;
  /** The server has responded to `initialize`, at the first start or after a restart. */
  running(result: InitializeResult): void;
  /** The process ended unexpectedly. Resolve to true to restart it. */
  closed(): Promise<boolean>;
  /** A restart failed before there was a connection. */
  restartFailed(): void;
  environmentChanged(params: EnvironmentChangedParams): void;
  leaseEnding(params: LeaseEndingParams): void;
}

/** A language client with its process, and the process that replaces it after a crash. */
export interface Client {
  /** Resolves when `initialize` has completed. */
  start(): Promise<void>;
  /** Shuts the process down, or kills it if it doesn't respond. Never throws. */
  stop(): Promise<void>;
  readonly request: Request;
}
