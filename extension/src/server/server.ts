import * as l10n from "@vscode/l10n";
import { UserError } from "../errors/userError.js";
import type {
  EnvironmentChangedParams,
  GatewayInfo,
  InitializationOptions,
  InitializeResult,
  LeaseEndingParams,
  UnsettledChange,
} from "../protocol.g.js";
import { Deferred } from "../util/deferred.js";
import { Signal } from "../util/signal.js";
import type { Client, ClientHooks, Request } from "./client.js";
import type { RestartPolicy } from "./restartPolicy.js";
import { startError } from "./startError.js";

/**
 * `stopped`: not needed yet, or stopped on purpose. `restarting`: ended unexpectedly, or restarted by the user.
 * `failed`: couldn't be started, or crashed repeatedly and won't restart automatically.
 */
export type ServerState = "stopped" | "starting" | "running" | "restarting" | "failed";

export interface ServerDeps {
  /** Finds the program and creates a client for it. Throws a {@link UserError} if there's none. */
  createClient(hooks: ClientHooks): Promise<Client>;
  initializationOptions(): InitializationOptions;
  readonly policy: RestartPolicy;
  /** Monotonic time in milliseconds. */
  now(): number;
  /** Rejects when it's aborted. */
  delay(milliseconds: number, signal?: AbortSignal): Promise<void>;
  log(message: string): void;
}

/** Timeout for `initialize` in milliseconds. It's long because a debugger might hold the process. */
const startTimeout = 60_000;

/** The server process. Starts when it's first needed, and restarts after a crash within limits. */
export class Server {
  readonly onState = new Signal<ServerState>();
  /** It crashed repeatedly and won't restart automatically. */
  readonly onGaveUp = new Signal<UserError>();
  readonly onEnvironmentChanged = new Signal<EnvironmentChangedParams>();
  readonly onLeaseEnding = new Signal<LeaseEndingParams>();
  readonly #deps: ServerDeps;
  #state: ServerState = "stopped";
  #client: Client | undefined;
  #initialized: InitializeResult | undefined;
  #generation = 0;
  /** The start or restart in progress. */
  #pendingStart: Deferred | undefined;
  /** Whether {@link start} is waiting for a new client and reports its failure. */
  #launching = false;
  /** Whether a restart is scheduled after the connection was closed. */
  #waiting = false;

  constructor(deps: ServerDeps) {
    this.#deps = deps;
  }

  get state(): ServerState {
    return this.#state;
  }

  /** The gateway of the running server. */
  get gateway(): GatewayInfo | undefined {
    return this.#initialized?.gateway;
  }

  /** Changes that earlier processes started and didn't finish. */
  get unsettled(): readonly UnsettledChange[] {
    return this.#initialized?.unsettled ?? [];
  }

  /** Increases with each process. A new process knows nothing that an earlier one was told. */
  get generation(): number {
    return this.#generation;
  }

  /** Starts the server if it isn't running, or waits for the start in progress. */
  async ready(): Promise<void> {
    if (this.#state === "running") return;
    await (this.#pendingStart?.promise ?? this.#start("starting"));
  }

  /** Waits for a restart in progress without starting one. Throws if the server stays down. */
  async recovered(): Promise<void> {
    if (this.#pendingStart) await this.#pendingStart.promise;
    else if (this.#state !== "running") throw notRunning();
  }

  /** Sends a request to the running server. */
  readonly request: Request = async (method, params, options) => {
    if (this.#state !== "running" || !this.#client) throw notRunning();
    return this.#client.request(method, params, options);
  };

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

  /** Ends the process. It starts again when it's needed. */
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
      // Another start replaced this one, or the server ran and was lost, which closed() handles.
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
      leaseEnding: (params) => {
        if (isCurrent()) this.onLeaseEnding.fire(params);
      },
    };
  }

  /** @returns whether the policy allows another start, after its delay */
  async #restartAllowed(): Promise<boolean> {
    const delay = this.#deps.policy.closed(this.#deps.now());
    if (delay === undefined) {
      this.#giveUp();
      return false;
    }
    this.#deps.log(`The server ended unexpectedly. Restarting in ${delay} ms.`);
    this.#pendingStart ??= new Deferred();
    this.#setState("restarting");
    this.#waiting = true;
    await this.#deps.delay(delay);
    this.#waiting = false;
    return true;
  }

  #giveUp(): void {
    this.#deps.log("The server crashed repeatedly and won't restart automatically.");
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

  /** Detaches the client so that its events are ignored. */
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
