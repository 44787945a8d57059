import { asRpcError, GoogleRpcCode, isServerLost } from "../errors/rpcError.js";
import type { EnvironmentChangedParams, EnvironmentInfo, Requests } from "../protocol.g.js";
import type { Method, Request, RequestOptions } from "../server/client.js";
import type { Server } from "../server/server.js";
import type { Store } from "../state/store.js";
import type { Credentials } from "./credentials.js";

export interface SessionDeps {
  readonly server: Server;
  readonly store: Store;
  readonly credentials: Credentials;
  /** True while a person looks at this window. */
  isFocused(): boolean;
  log(message: string): void;
}

/** What only asks, and so may be asked once more. */
const questions: readonly Method[] = [
  "listEnvironments",
  "getEnvironment",
  "listNodePools",
  "listRoles",
  "getAccount",
];

/**
 * The conversation with the server: each new process is given the key and told what to watch before anything else is
 * asked of it, and what it answers becomes known to the store.
 */
export class Session {
  readonly #deps: SessionDeps;
  /** True while the running server has not been told what to watch, as it cannot be given the key yet. */
  #watchPending = false;
  /** True while nobody can see what would be watched. */
  #paused = false;
  /** What the running server was told about this window. */
  #isInBackground = false;

  constructor(deps: SessionDeps) {
    this.#deps = deps;
    const { server, store, credentials } = deps;
    server.onState.listen((state) => {
      store.dispatch({ type: "server", state });
      credentials.showMark();
      if (state === "running") this.#inBackground(this.#sendKeyAndWatch());
    });
    server.onEnvironmentChanged.listen((params) => this.#environmentChanged(params));
    credentials.onChange.listen(() => this.#inBackground(this.#watch()));
  }

  /**
   * Asks the server, which is started where it does not run. A question whose server is lost is asked once more; a
   * change is sent once and never again.
   */
  readonly ask: Request = async (method, params, options) => {
    try {
      return await this.#ask(method, params, options);
    } catch (error) {
      if (!isServerLost(error) || !questions.includes(method)) throw error;
      await this.#deps.server.recovered();
      return this.#ask(method, params, options);
    }
  };

  /** Sees to it that a server runs and has been given the key. */
  async ensureReady(): Promise<void> {
    await this.#deps.server.ready();
    await this.#deps.credentials.handOver();
    if (this.#watchPending) this.#inBackground(this.#watch());
  }

  /** Makes this workspace be about another environment, or none. */
  select(environment: EnvironmentInfo | undefined): void {
    this.#deps.store.dispatch({ type: "selected", environment });
    if (this.#deps.server.state === "running") this.#inBackground(this.#watch());
  }

  /** Watches nothing until {@link resumeWatching}. */
  pauseWatching(): void {
    this.#pause(true);
  }

  resumeWatching(): void {
    this.#pause(false);
  }

  #pause(paused: boolean): void {
    if (this.#paused === paused) return;
    this.#paused = paused;
    if (this.#deps.server.state === "running") this.#inBackground(this.#watch());
  }

  /** Tells the server when a person begins or ceases to look at this window, where it watches something. */
  focusChanged(): void {
    const { server, store, isFocused } = this.#deps;
    const isNews =
      store.view.selection !== undefined && !this.#paused && this.#isInBackground === isFocused();
    if (isNews && !this.#watchPending && server.state === "running") this.#inBackground(this.#watch());
  }

  async #ask<M extends Method>(
    method: M,
    params: Requests[M]["params"],
    options?: RequestOptions<M>,
  ): Promise<Requests[M]["result"]> {
    await this.ensureReady();
    try {
      const result = await this.#deps.server.request(method, params, this.#withStoreUpdates(options));
      this.#updateStore(result);
      return result;
    } catch (error) {
      const environment = asRpcError(error)?.data?.environment;
      if (environment) this.#deps.store.dispatch({ type: "recalled", environment });
      throw error;
    }
  }

  /** A new process: hand over the key, then watch. */
  async #sendKeyAndWatch(): Promise<void> {
    this.#watchPending = true;
    await this.#deps.credentials.handOver();
    if (this.#watchPending) await this.#watch();
  }

  async #watch(): Promise<void> {
    this.#watchPending = false;
    const { server, store, isFocused } = this.#deps;
    const { selection, account } = store.view;
    if (account === null) return;
    const inBackground = !isFocused();
    this.#isInBackground = inBackground;
    const environments =
      selection && !this.#paused
        ? [{ environmentId: selection.environmentId, accountId: selection.accountId }]
        : [];
    await server.request(
      "watchEnvironments",
      inBackground ? { environments, inBackground } : { environments },
    );
  }

  #environmentChanged(params: EnvironmentChangedParams): void {
    const { environment, problem } = params;
    if (problem?.code === GoogleRpcCode.Unauthenticated) this.#deps.credentials.refused(problem.message);
    if (environment && !problem) this.#deps.store.dispatch({ type: "seen", environment });
    else this.#deps.store.dispatch({ type: "problem", ...params });
  }

  /** The same options, where what comes in parts becomes known part by part. */
  #withStoreUpdates<M extends Method>(options: RequestOptions<M> | undefined): RequestOptions<M> | undefined {
    const { onPart } = options ?? {};
    if (!onPart) return options;
    const updateAndForward = (part: Requests[M]["result"]) => {
      this.#updateStore(part);
      onPart(part);
    };
    return { ...options, onPart: updateAndForward };
  }

  #updateStore(result: Requests[Method]["result"]): void {
    if (result === null) return;
    if ("environmentId" in result) this.#deps.store.dispatch({ type: "seen", environment: result });
    if (!("environments" in result)) return;
    for (const environment of result.environments) this.#deps.store.dispatch({ type: "seen", environment });
  }

  #inBackground(work: Promise<void>): void {
    work.catch((error: unknown) => this.#deps.log(error instanceof Error ? error.message : String(error)));
  }
}
