import { asRpcError, isRefusal } from "../errors/rpcError.js";
import type { SecretMask } from "../log/secretMask.js";
import type { AccountInfo, AccountSummary } from "../protocol.g.js";
import type { Server } from "../server/server.js";
import { keyOriginOf } from "../state/keyOrigin.js";
import type { Store } from "../state/store.js";
import { SerialQueue } from "../util/serialQueue.js";
import { Signal } from "../util/signal.js";
import { type AccountChoice, resolveFoundAccount } from "./foundAccount.js";
import type { KeyStore, StoredKeys } from "./keyStore.js";
import {
  chooseKey,
  isSignedOutOnPurpose,
  type KeyChoice,
  nextMoment,
  type SignInMark,
} from "./signInMark.js";

export interface CredentialsDeps {
  readonly server: Server;
  readonly store: Store;
  readonly keys: KeyStore;
  readonly mark: { read(): SignInMark; write(mark: SignInMark): Promise<void> };
  readonly account: AccountChoice;
  readonly mask: SecretMask;
  /** Wall clock time in milliseconds. */
  now(): number;
}

/** A key that the gateway doesn't accept, or no longer accepts. */
export interface RefusedKey {
  /** Identifies the key in all windows without revealing it. */
  readonly id: string;
  /** The server's message. */
  readonly reason: string;
}

/**
 * Manages the sign-in of this window and keeps it in sync with the others. Each new server gets the key before
 * anything else.
 */
export class Credentials {
  readonly onRefused = new Signal<RefusedKey>();
  /** The user changed the key or account of the running server, here or in another window. */
  readonly onChange = new Signal<void>();
  readonly #deps: CredentialsDeps;
  #handedOver: { readonly generation: number; readonly done: Promise<void> } | undefined;
  /** The key that the running server got from this window. */
  #choice: KeyChoice | undefined;
  /** The stored keys for the server that's starting. */
  #prepared: Promise<StoredKeys | undefined> | undefined;
  /** Runs the user's actions and updates from other windows one at a time. */
  readonly #queue = new SerialQueue();

  constructor(deps: CredentialsDeps) {
    this.#deps = deps;
  }

  /** Identifies the key in all windows without revealing it. */
  get keyId(): string {
    return this.#choice?.kind === "stored" ? `${this.#choice.at}-${this.#choice.accountId}` : "found";
  }

  /** Reads the stored keys while a server starts, because VS Code can take as long to return a secret. */
  prepare(): void {
    if (this.#deps.store.view.sandbox) return;
    this.#prepared = this.#deps.keys.read();
    this.#prepared.catch(() => undefined); // handOver() reports it
  }

  /** Gives the key to a new server. If it can't be verified now, the next call tries again. */
  async handOver(): Promise<void> {
    const { generation } = this.#deps.server;
    if (this.#handedOver?.generation !== generation) {
      this.#handedOver = { generation, done: this.#sendKey() };
    }
    const attempt = this.#handedOver;
    try {
      await attempt.done;
    } catch (error) {
      if (this.#handedOver === attempt) this.#handedOver = undefined;
      throw error;
    }
  }

  /**
   * Verifies a key, and stores it if it's accepted.
   * @param accountId required if the key has access to several accounts
   */
  async signIn(apiKey: string, accountId?: string): Promise<AccountInfo> {
    return this.#queue.run(() => this.#signIn(apiKey, accountId));
  }

  /** Signs in with the key that the server finds, after a sign-out. */
  async signInWithFound(): Promise<AccountInfo> {
    return this.#queue.run(() => this.#signInWithFound());
  }

  /** Switches to another account, using the current key or one that was entered for that account. */
  async switchTo(accountId: string): Promise<AccountInfo> {
    return this.#queue.run(() => this.#switchTo(accountId));
  }

  /**
   * Returns the accounts that a key has access to.
   * @param apiKey a new key; by default, the current one
   */
  async reached(apiKey?: string): Promise<readonly AccountSummary[]> {
    const { server, mask } = this.#deps;
    mask.add(apiKey ?? "");
    await server.ready();
    return (await server.request("listAccounts", { ...(apiKey && { apiKey }) })).accounts;
  }

  /** Returns the IDs of the accounts that have their own key. */
  async entered(): Promise<readonly string[]> {
    if (this.#choice?.kind !== "stored") return [];
    return ((await this.#deps.keys.read())?.keys ?? []).map(({ accountId }) => accountId);
  }

  /**
   * Whether the user signed in from another window, but this one can't see the key. In a browser, a window reads the
   * secret storage only when it's loaded.
   */
  async needsReload(): Promise<boolean> {
    const { keys, mark } = this.#deps;
    const { signedInAt = 0, signedOutAt = 0 } = mark.read();
    return signedInAt > signedOutAt && ((await keys.read())?.at ?? 0) < signedInAt;
  }

  /** Deletes the keys, and stops using the one that the server found. All windows follow. */
  async signOut(): Promise<void> {
    return this.#queue.run(() => this.#signOut());
  }

  /** The user signed in or out, possibly in another window. Applies this here. */
  async follow(): Promise<void> {
    this.#prepared = undefined;
    this.showMark();
    await this.#queue.run(() => this.#follow());
  }

  /** The gateway no longer accepts the key of a running server. */
  refused(reason: string): void {
    if (!this.#deps.store.view.sandbox) this.onRefused.fire({ id: this.keyId, reason });
  }

  /** Returns what this window signs in with. */
  async choose(stored = this.#deps.keys.read()): Promise<KeyChoice> {
    const { mark, account } = this.#deps;
    return chooseKey(await stored, mark.read(), account);
  }

  /** Shows the shared sign-in state, even if no server is running. */
  showMark(): void {
    const { store, mark, server } = this.#deps;
    const { sandbox, account } = store.view;
    if (sandbox) return;
    const signedOut = isSignedOutOnPurpose(mark.read());
    if (signedOut && account === undefined) store.dispatch({ type: "account", account: null });
    if (!signedOut && account === null && server.state !== "running") {
      store.dispatch({ type: "account", account: undefined });
    }
  }

  async #signIn(apiKey: string, accountId?: string): Promise<AccountInfo> {
    const { server, keys, mark, mask, now } = this.#deps;
    mask.add(apiKey);
    await this.#ensureHandedOver();
    const account = await server.request("signIn", { apiKey, ...(accountId && { accountId }) });
    const at = nextMoment(mark.read(), now());
    const key = { accountId: account.accountId, apiKey };
    this.#use({ kind: "stored", at, ...key }, account);
    // Store the key before the mark, so that a window that reads the mark finds it.
    await keys.add(key, at, mark.read().signedOutAt);
    await mark.write({ ...mark.read(), signedInAt: at });
    await this.#deps.account.prefer(account.accountId);
    return account;
  }

  async #signInWithFound(): Promise<AccountInfo> {
    const { server, mark, now } = this.#deps;
    await this.#ensureHandedOver();
    const account = await server.request("signIn", {});
    this.#use({ kind: "found" }, account);
    const before = mark.read();
    await mark.write({ ...before, signedInAt: nextMoment(before, now()) });
    return account;
  }

  async #switchTo(accountId: string): Promise<AccountInfo> {
    const { server, keys, mask } = this.#deps;
    await this.#ensureHandedOver();
    const stored = this.#choice?.kind === "stored" ? await keys.read() : undefined;
    const key = stored?.keys.find((one) => one.accountId === accountId);
    mask.add(key?.apiKey ?? "");
    const account = await server.request("signIn", { accountId, ...(key && { apiKey: key.apiKey }) });
    if (this.#choice?.kind === "stored") {
      const used = { accountId, apiKey: key?.apiKey ?? this.#choice.apiKey };
      const at = stored?.at ?? this.#choice.at;
      this.#use({ kind: "stored", at, ...used }, account);
      await keys.add(used, at);
    } else {
      this.#use({ kind: "found" }, account);
    }
    await this.#deps.account.prefer(accountId);
    return account;
  }

  async #signOut(): Promise<void> {
    const { keys, mark, store } = this.#deps;
    const found = keyOriginOf(store.view.account);
    const before = mark.read();
    await mark.write({
      ...before,
      signedOutAt: nextMoment(before, this.#deps.now()),
      foundIn: found ?? before.foundIn,
    });
    await keys.delete();
    await this.#deps.account.prefer(undefined);
    await this.#clearKey();
  }

  /** Lets a pending handover finish, so that the user's action is the last one that the server gets. */
  async #ensureHandedOver(): Promise<void> {
    await this.#deps.server.ready();
    await this.handOver().catch(() => undefined);
  }

  async #follow(): Promise<void> {
    const { server, store } = this.#deps;
    if (server.state !== "running" || store.view.sandbox) return;
    await this.#handedOver?.done.catch(() => undefined);
    const choice = await this.choose();
    if (isSame(choice, this.#choice)) return;
    if (choice.kind === "none") return this.#clearKey();
    this.#handedOver = undefined;
    await this.handOver();
    this.onChange.fire();
  }

  async #sendKey(): Promise<void> {
    const { server, mask, account } = this.#deps;
    const prepared = this.#prepared;
    this.#prepared = undefined;
    this.#choice = undefined;
    if (server.gateway?.sandbox) {
      this.#setAccount(await server.request("getAccount", {}));
      return;
    }
    const choice = await this.choose(prepared);
    this.#choice = choice;
    try {
      switch (choice.kind) {
        case "none":
          await server.request("signOut", {});
          this.#setAccount(null);
          break;
        case "stored": {
          const { apiKey, accountId } = choice;
          mask.add(apiKey);
          this.#setAccount(await server.request("signIn", { apiKey, accountId }));
          break;
        }
        case "found":
          this.#setAccount(await resolveFoundAccount(server.request, account));
      }
    } catch (error) {
      if (!isRefusal(error)) throw error;
      this.#setAccount(null);
      this.refused(asRpcError(error)?.message ?? "");
    }
  }

  #use(choice: KeyChoice, account: AccountInfo): void {
    this.#choice = choice;
    this.#handedOver = { generation: this.#deps.server.generation, done: Promise.resolve() };
    this.#setAccount(account);
    this.onChange.fire();
  }

  #setAccount(account: AccountInfo | null): void {
    this.#deps.store.dispatch({ type: "account", account });
  }

  async #clearKey(): Promise<void> {
    const { server } = this.#deps;
    this.#choice = { kind: "none" };
    if (server.state === "running") {
      await server.request("signOut", {});
      this.#handedOver = { generation: server.generation, done: Promise.resolve() };
    }
    if (!this.#deps.store.view.sandbox) this.#setAccount(null);
  }
}

function isSame(one: KeyChoice, other: KeyChoice | undefined): boolean {
  if (one.kind !== "stored" || other?.kind !== "stored") return one.kind === other?.kind;
  return one.apiKey === other.apiKey && one.accountId === other.accountId;
}
