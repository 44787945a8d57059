import type { CancellationToken } from "vscode";
import type {
  EnvironmentChangedParams,
  InitializationOptions,
  InitializeResult,
  Requests,
  WorkDoneProgress,
} from "../protocol.g.js";

/** The methods that the extension calls itself; the language client sends the others. */
export type Method = Exclude<keyof Requests, "initialize" | "shutdown">;

export interface RequestOptions<M extends Method = Method> {
  readonly token?: CancellationToken | undefined;
  /** Told the stages of a change. Its presence asks the server for them. */
  readonly onProgress?: ((progress: WorkDoneProgress) => void) | undefined;
  /** Told the parts of a list as they come; the answer then has none. Its presence asks the server for them. */
  readonly onPart?: ((part: Requests[M]["result"]) => void) | undefined;
}

/** How a request is sent: the types of params and result follow from the method. */
export type Request = <M extends Method>(
  method: M,
  params: Requests[M]["params"],
  options?: RequestOptions<M>,
) => Promise<Requests[M]["result"]>;

/** A program and how it is started. */
export interface Program {
  readonly command: string;
  /** Arguments before the server's own. */
  readonly args: readonly string[];
  /** Working directory: never a folder of the workspace. */
  readonly cwd: string;
}

/** What the client asks of the one who made it. */
export interface ClientHooks {
  /** Asked at each start of the process. */
  initializationOptions(): InitializationOptions;
  /** The server has answered `initialize`: at the first start and after each restart. */
  running(result: InitializeResult): void;
  /** The process ended unasked. True starts it again, as soon as that is answered. */
  closed(): Promise<boolean>;
  /** A restart failed before there was a connection that could close. */
  restartFailed(): void;
  environmentChanged(params: EnvironmentChangedParams): void;
}

/** One language client: a process, and after its end the one that takes its place. */
export interface Client {
  /** Resolves once `initialize` is answered. */
  start(): Promise<void>;
  /** Ends the process, in order where it listens, by force where not. Never throws. */
  stop(): Promise<void>;
  readonly request: Request;
}
