import { asRpcError, GoogleRpcCode, isServerLost } from "../errors/rpcError.js";
import type {
  EnvironmentChangedParams,
  EnvironmentInfo,
  Requests,
  WatchedEnvironment,
} from "../protocol.g.js";
import type { Method, Request, RequestOptions } from "../server/client.js";
import type { Server } from "../server/server.js";
import type { Store } from "../state/store.js";
import { isSelected, type Selection } from "../state/view.js";
import type { Credentials } from "./credentials.js";

export interface SessionDeps {
  readonly server: Server;
  readonly store: Store;
  readonly credentials: Credentials;
  /** Whether this window has the focus. */
  isFocused(): boolean;
  log(message: string): void;
}

/** The maximum number of environments that the server watches. */
const maxWatched = 1_000;

/** The methods that only read, so they can be repeated. The contract names them this way. */
const reads = /^(get|list|plan)[A-Z]/;

/**
 * Sends requests to the server. Each new process first gets the key and the environments to watch. Results update the
 * store.
 */
export class Session {
  readonly #deps: SessionDeps;
  /** Whether the running server still has to be told what to watch, because it doesn't have the key yet. */
  #watchPending = false;
  /** Whether watching is paused because nobody can see the window. */
  #paused = false;
  /** Environments to watch besides the selected one. */
  #others: readonly Selection[] = [];
  /** What the running server was told about this window. */
  #isInBackground = false;

  constructor(deps: SessionDeps) {
    this.#deps = deps;
    const { server, store, credentials } = deps;
    server.onState.listen((state) => {
      store.dispatch({ type: "server", state });
      credentials.showMark();
      if (state === "starting" || state === "restarting") credentials.prepare();
      if (state === "running") this.#inBackground(this.#sendKeyAndWatch());
    });
    server.onEnvironmentChanged.listen((params) => this.#environmentChanged(params));
    credentials.onChange.listen(() => this.#inBackground(this.#watch()));
  }

  /**
   * Sends a request, starting the server if needed. If the server is lost, reads are sent again, but changes never
   * are.
   */
  readonly ask: Request = async (method, params, options) => {
    try {
      return await this.#ask(method, params, options);
    } catch (error) {
      if (!isServerLost(error) || !reads.test(method)) throw error;
      await this.#deps.server.recovered();
      return this.#ask(method, params, options);
    }
  };

  /** Makes sure that the server is running and has the key. */
  async ensureReady(): Promise<void> {
    await this.#deps.server.ready();
    await this.#deps.credentials.handOver();
    if (this.#watchPending) this.#inBackground(this.#watch());
  }

  /** Selects another environment for this workspace, or none. */
  select(environment: EnvironmentInfo | undefined): void {
    this.#deps.store.dispatch({ type: "selected", environment });
    if (this.#deps.server.state === "running") this.#inBackground(this.#watch());
  }

  /** Watches these environments besides the selected one, instead of the previous ones. */
  watchOthers(environments: readonly Selection[]): void {
    const idsOf = (all: readonly Selection[]) => all.map(({ environmentId }) => environmentId).join(" ");
    if (idsOf(environments) === idsOf(this.#others)) return;
    this.#others = environments;
    if (this.#deps.server.state === "running") this.#inBackground(this.#watch());
  }

  /** Stops watching until {@link resumeWatching}. */
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

  /** Tells the server when this window gains or loses the focus, if it's watching something. */
  focusChanged(): void {
    const { server, isFocused } = this.#deps;
    const isNews = this.#watched().length > 0 && !this.#paused && this.#isInBackground === isFocused();
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

  async #sendKeyAndWatch(): Promise<void> {
    this.#watchPending = true;
    await this.#deps.credentials.handOver();
    if (this.#watchPending) await this.#watch();
  }

  async #watch(): Promise<void> {
    this.#watchPending = false;
    const { server, store, isFocused } = this.#deps;
    if (store.view.account === null) return;
    const inBackground = !isFocused();
    this.#isInBackground = inBackground;
    const environments = this.#paused ? [] : this.#watched();
    await server.request(
      "watchEnvironments",
      inBackground ? { environments, inBackground } : { environments },
    );
  }

  /** The selected environment, and others of the account in use. */
  #watched(): WatchedEnvironment[] {
    const { selection, account } = this.#deps.store.view;
    const others = this.#others.filter(
      (one) => one.accountId === account?.accountId && !isSelected(this.#deps.store.view, one),
    );
    return [...(selection ? [selection] : []), ...others]
      .slice(0, maxWatched)
      .map(({ environmentId, accountId }) => ({ environmentId, accountId }));
  }

  #environmentChanged(params: EnvironmentChangedParams): void {
    const { environment, problem } = params;
    if (problem?.code === GoogleRpcCode.Unauthenticated) this.#deps.credentials.refused(problem.message);
    if (environment && !problem) this.#deps.store.dispatch({ type: "seen", environment });
    else this.#deps.store.dispatch({ type: "problem", ...params });
  }

  /** Adds updates of the store to the handler for partial results. */
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
    if ("environment" in result) this.#deps.store.dispatch({ type: "seen", environment: result.environment });
    if ("nodePools" in result) this.#deps.store.nodePoolsListed(result.nodePools);
    if (!("environments" in result)) return;
    for (const environment of result.environments) this.#deps.store.dispatch({ type: "seen", environment });
  }

  #inBackground(work: Promise<void>): void {
    work.catch((error: unknown) => this.#deps.log(error instanceof Error ? error.message : String(error)));
  }
}
