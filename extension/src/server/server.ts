import * as l10n from "@vscode/l10n";
import { UserError } from "../errors/userError.js";
import type {
  EnvironmentChangedParams,
  GatewayInfo,
  InitializationOptions,
  InitializeResult,
  UnsettledChange,
} from "../protocol.g.js";
import { Deferred } from "../util/deferred.js";
import { Signal } from "../util/signal.js";
import type { Client, ClientHooks, Request } from "./client.js";
import type { RestartPolicy } from "./restartPolicy.js";
import { startError } from "./startError.js";

/**
 * `stopped`: not needed yet, or stopped on purpose. `restarting`: it ended unasked, or a person restarts it.
 * `failed`: it could not be started, or ended so often that it is left down until a person asks for it.
 */
export type ServerState = "stopped" | "starting" | "running" | "restarting" | "failed";

export interface ServerDeps {
  /** Finds the program and makes a client for it. Throws a {@link UserError} where there is none. */
  createClient(hooks: ClientHooks): Promise<Client>;
  initializationOptions(): InitializationOptions;
  readonly policy: RestartPolicy;
  /** Milliseconds of a clock that only goes forward. */
  now(): number;
  /** Rejects when it is aborted. */
  delay(milliseconds: number, signal?: AbortSignal): Promise<void>;
  log(message: string): void;
}

/** Milliseconds for a process to answer `initialize`; a debugger may hold it for a while. */
const startTimeout = 60_000;

/** The server process: started on first need, started again after a crash within bounds. */
export class Server {
  readonly onState = new Signal<ServerState>();
  /** It ended again and again, unasked, and is left down. */
  readonly onGaveUp = new Signal<UserError>();
  readonly onEnvironmentChanged = new Signal<EnvironmentChangedParams>();
  readonly #deps: ServerDeps;
  #state: ServerState = "stopped";
  #client: Client | undefined;
  #initialized: InitializeResult | undefined;
  #generation = 0;
  /** The start or restart under way. */
  #pendingStart: Deferred | undefined;
  /** True while {@link start} waits for a new client, which reports a failure by itself. */
  #launching = false;
  /** True while a closed connection waits for its restart. */
  #waiting = false;

  constructor(deps: ServerDeps) {
    this.#deps = deps;
  }

  get state(): ServerState {
    return this.#state;
  }

  /** The gateway that the running server talks to. */
  get gateway(): GatewayInfo | undefined {
    return this.#initialized?.gateway;
  }

  /** What processes before the running one had begun when they died. */
  get unsettled(): readonly UnsettledChange[] {
    return this.#initialized?.unsettled ?? [];
  }

  /** Grows with each process: what was said to an earlier one is not known to this one. */
  get generation(): number {
    return this.#generation;
  }

  /** Starts the server where it does not run, or waits for the start under way. */
  async ready(): Promise<void> {
    if (this.#state === "running") return;
    await (this.#pendingStart?.promise ?? this.#start("starting"));
  }

  /** Waits for a restart under way, and starts nothing itself. Throws where the server stays down. */
  async recovered(): Promise<void> {
    if (this.#pendingStart) await this.#pendingStart.promise;
    else if (this.#state !== "running") throw notRunning();
  }

  /** Sends a request to the server that runs now. */
  readonly request: Request = async (method, params, options) => {
    if (this.#state !== "running" || !this.#client) throw notRunning();
    return this.#client.request(method, params, options);
  };

  /** Ends the process and starts another. */
  async restart(): Promise<void> {
    const earlier = this.#pendingStart;
    const started = this.#start("restarting");
    if (earlier)
      started.then(
        () => earlier.resolve(),
        (error) => earlier.reject(error),
      );
    await started;
  }

  /** Ends the process. It starts again on the next need. */
  async stop(): Promise<void> {
    const old = this.#detachClient();
    this.#settle("stopped", notRunning());
    await old?.stop();
  }

  async #start(state: "starting" | "restarting"): Promise<void> {
    const old = this.#detachClient();
    const coming = new Deferred();
    this.#pendingStart = coming;
    this.#launching = true;
    this.#deps.policy.reset();
    this.#setState(state);
    let client: Client | undefined;
    try {
      await old?.stop();
      client = await this.#deps.createClient(
        this.#hooks(() => client !== undefined && client === this.#client),
      );
      if (this.#pendingStart !== coming) throw notRunning();
      this.#client = client;
      await this.#withTimeout(client.start());
    } catch (error) {
      if (this.#pendingStart === coming) {
        const reason = error instanceof UserError ? error : startError(error);
        this.#detachClient();
        this.#settle("failed", reason);
        await client?.stop();
        throw reason;
      }
      // Another start has taken its place, or it ran and was lost since, which closed() sees to.
      if (client !== this.#client) await client?.stop();
      await this.recovered();
    }
  }

  #hooks(isCurrent: () => boolean): ClientHooks {
    return {
      initializationOptions: () => this.#deps.initializationOptions(),
      running: (result) => {
        if (!isCurrent()) return;
        this.#generation++;
        this.#initialized = result;
        this.#deps.policy.started(this.#deps.now());
        this.#settle("running");
      },
      closed: async () => isCurrent() && !this.#launching && (await this.#restartAllowed()) && isCurrent(),
      restartFailed: () => {
        if (isCurrent() && !this.#launching && !this.#waiting) this.#giveUp();
      },
      environmentChanged: (params) => {
        if (isCurrent()) this.onEnvironmentChanged.fire(params);
      },
    };
  }

  /** @returns after the delay, whether the policy allows another start */
  async #restartAllowed(): Promise<boolean> {
    const delay = this.#deps.policy.closed(this.#deps.now());
    if (delay === undefined) {
      this.#giveUp();
      return false;
    }
    this.#deps.log(`The server ended unasked; it starts again in ${delay} ms.`);
    this.#pendingStart ??= new Deferred();
    this.#setState("restarting");
    this.#waiting = true;
    await this.#deps.delay(delay);
    this.#waiting = false;
    return true;
  }

  #giveUp(): void {
    this.#deps.log("The server is left down after it failed again and again.");
    this.#detachClient();
    const message = l10n.t(
      "Companion's server crashed repeatedly and won't restart automatically. See the log for details.",
    );
    const reason = new UserError(message, ["restartServer", "showLog"]);
    this.#settle("failed", reason);
    this.onGaveUp.fire(reason);
  }

  async #withTimeout(start: Promise<void>): Promise<void> {
    const done = new AbortController();
    const tooLate = this.#deps.delay(startTimeout, done.signal).then(() => {
      throw new UserError(l10n.t("Companion's server isn't responding. See the log for its output."), [
        "restartServer",
        "showLog",
      ]);
    });
    try {
      await Promise.race([start, tooLate]);
    } finally {
      done.abort();
    }
  }

  /** Takes the client away, so that nothing it says counts any more. */
  #detachClient(): Client | undefined {
    const client = this.#client;
    this.#client = undefined;
    return client;
  }

  #settle(state: "running" | "stopped" | "failed", reason?: UserError): void {
    const coming = this.#pendingStart;
    this.#pendingStart = undefined;
    this.#launching = false;
    if (state !== "running") this.#initialized = undefined;
    this.#setState(state);
    if (reason) coming?.reject(reason);
    else coming?.resolve();
  }

  #setState(state: ServerState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.onState.fire(state);
  }
}

function notRunning(): UserError {
  return new UserError(l10n.t("Companion's server isn't running. See the log for details."), [
    "restartServer",
    "showLog",
  ]);
}
