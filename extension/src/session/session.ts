import { asRpcError, isRefusal, isServerLost } from "../errors/rpcError.js";
import type { SecretMask } from "../log/secretMask.js";
import type { AccountInfo, EnvironmentChangedParams, EnvironmentInfo, Requests } from "../protocol.g.js";
import type { Method, Request, RequestOptions } from "../server/client.js";
import type { Server } from "../server/server.js";
import type { Store } from "../state/store.js";
import { Signal } from "../util/signal.js";
import type { KeyStore } from "./keyStore.js";

export interface SessionDeps {
  readonly server: Server;
  readonly store: Store;
  readonly keys: KeyStore;
  readonly mask: SecretMask;
  log(message: string): void;
}

/** What only asks, and so may be asked once more. */
const questions: readonly Method[] = ["listEnvironments", "getEnvironment", "listNodePools", "getAccount"];

/**
 * The conversation with the server: each new process is given the key and told what to watch before anything else is
 * asked of it, and what it answers becomes known to the store.
 */
export class Session {
  /** The stored key was refused; the server's sentence. */
  readonly onKeyRefused = new Signal<string>();
  readonly #deps: SessionDeps;
  #handedOver: { readonly generation: number; readonly done: Promise<void> } | undefined;
  /** The key that the running server has from here. */
  #key: string | undefined;

  constructor(deps: SessionDeps) {
    this.#deps = deps;
    const { server, store } = deps;
    server.onState.listen((state) => {
      store.dispatch({ type: "server", state });
      if (state === "running") this.#inBackground(this.#introduceAndWatch());
    });
    server.onEnvironmentChanged.listen((params) => this.#environmentChanged(params));
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
  async begin(): Promise<void> {
    await this.#deps.server.ready();
    await this.#handOver();
  }

  /** Verifies a key, then keeps it. A key that is refused changes nothing. */
  async signIn(apiKey: string): Promise<AccountInfo> {
    const { server, store, keys, mask } = this.#deps;
    mask.add(apiKey);
    await server.ready();
    // The stored key first, where that is under way: the new one is to be the last that the server hears.
    await this.#handOver().catch(() => undefined);
    const account = await server.request("signIn", { apiKey });
    this.#key = apiKey;
    this.#handedOver = { generation: server.generation, done: Promise.resolve() };
    await keys.set(apiKey);
    store.dispatch({ type: "account", account });
    this.#inBackground(this.#watch());
    return account;
  }

  /** Deletes the stored key, and lets a running server forget the one it has. */
  async signOut(): Promise<void> {
    this.#key = undefined;
    await this.#deps.keys.delete();
    await this.#forget();
  }

  /** The stored key was changed, perhaps by another window: this one follows. */
  async keyChanged(): Promise<void> {
    const { server, store, keys } = this.#deps;
    const key = await keys.get();
    if (server.state !== "running" || store.view.sandbox || key === this.#key) return;
    if (key === undefined) return this.#forget();
    this.#handedOver = undefined;
    await this.#introduceAndWatch();
  }

  /** Makes this workspace be about another environment, or none. */
  select(environment: EnvironmentInfo | undefined): void {
    this.#deps.store.dispatch({ type: "selected", environment });
    if (this.#deps.server.state === "running") this.#inBackground(this.#watch());
  }

  async #ask<M extends Method>(
    method: M,
    params: Requests[M]["params"],
    options?: RequestOptions,
  ): Promise<Requests[M]["result"]> {
    await this.begin();
    try {
      const result = await this.#deps.server.request(method, params, options);
      this.#learn(result);
      return result;
    } catch (error) {
      const environment = asRpcError(error)?.data?.environment;
      if (environment) this.#deps.store.dispatch({ type: "recalled", environment });
      throw error;
    }
  }

  /** A new process, or a new key: hand over the key, then watch. */
  async #introduceAndWatch(): Promise<void> {
    await this.#handOver();
    await this.#watch();
  }

  /** Gives the stored key to a process that has not had it. One that cannot be verified now is tried again later. */
  async #handOver(): Promise<void> {
    const { generation } = this.#deps.server;
    if (this.#handedOver?.generation !== generation) {
      this.#key = undefined;
      this.#handedOver = { generation, done: this.#introduce() };
    }
    const attempt = this.#handedOver;
    try {
      await attempt.done;
    } catch (error) {
      if (this.#handedOver === attempt) this.#handedOver = undefined;
      throw error;
    }
  }

  async #introduce(): Promise<void> {
    const { server, store, keys, mask } = this.#deps;
    const apiKey = server.gateway?.sandbox ? undefined : await keys.get();
    if (apiKey === undefined) return this.#askForAccount();
    mask.add(apiKey);
    try {
      const account = await server.request("signIn", { apiKey });
      this.#key = apiKey;
      store.dispatch({ type: "account", account });
    } catch (error) {
      if (!isRefusal(error)) throw error;
      this.onKeyRefused.fire(asRpcError(error)?.message ?? "");
      await this.#askForAccount();
    }
  }

  async #askForAccount(): Promise<void> {
    const { server, store } = this.#deps;
    try {
      store.dispatch({ type: "account", account: await server.request("getAccount", {}) });
    } catch (error) {
      if (!isRefusal(error)) throw error;
      store.dispatch({ type: "account", account: null });
    }
  }

  async #forget(): Promise<void> {
    const { server, store } = this.#deps;
    this.#key = undefined;
    if (server.state !== "running") return;
    await server.request("signOut", {});
    this.#handedOver = { generation: server.generation, done: Promise.resolve() };
    store.dispatch({ type: "account", account: null });
  }

  async #watch(): Promise<void> {
    const { server, store } = this.#deps;
    const { selection, account } = store.view;
    if (account === null) return;
    const environment = selection
      ? { environmentId: selection.environmentId, accountId: selection.accountId }
      : { environmentId: null };
    await server.request("watchEnvironment", environment);
  }

  #environmentChanged(params: EnvironmentChangedParams): void {
    const { environment, problem } = params;
    if (environment && !problem) this.#deps.store.dispatch({ type: "seen", environment });
    else this.#deps.store.dispatch({ type: "problem", ...params });
  }

  #learn(result: Requests[Method]["result"]): void {
    if (result === null) return;
    if ("environmentId" in result) this.#deps.store.dispatch({ type: "seen", environment: result });
    if (!("environments" in result)) return;
    for (const environment of result.environments) this.#deps.store.dispatch({ type: "seen", environment });
  }

  #inBackground(work: Promise<void>): void {
    work.catch((error: unknown) => this.#deps.log(error instanceof Error ? error.message : String(error)));
  }
}
