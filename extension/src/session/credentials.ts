import { asRpcError, isRefusal } from "../errors/rpcError.js";
import type { SecretMask } from "../log/secretMask.js";
import type { AccountInfo, AccountSummary } from "../protocol.g.js";
import type { Server } from "../server/server.js";
import type { Store } from "../state/store.js";
import { Signal } from "../util/signal.js";
import { type AccountChoice, resolveFoundAccount } from "./foundAccount.js";
import type { KeyStore } from "./keyStore.js";
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
  /** Milliseconds of the wall clock. */
  now(): number;
}

/** A key that the gateway does not accept, or no more. */
export interface RefusedKey {
  /** The same in each window that has this key; tells nothing about it. */
  readonly id: string;
  /** The server's sentence. */
  readonly reason: string;
}

/** Who is signed in, in this window and in the others: each new server is given the key before anything else. */
export class Credentials {
  readonly onRefused = new Signal<RefusedKey>();
  /** The running server was given another key or account by a person, here or in another window. */
  readonly onChange = new Signal<void>();
  readonly #deps: CredentialsDeps;
  #handedOver: { readonly generation: number; readonly done: Promise<void> } | undefined;
  /** What the running server has from here. */
  #choice: KeyChoice | undefined;
  /** What a person does here, and what is followed from elsewhere, one after the other. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(deps: CredentialsDeps) {
    this.#deps = deps;
  }

  /** Names the key in use: the same in each window that has it. It tells nothing about the key. */
  get keyId(): string {
    return this.#choice?.kind === "stored" ? `${this.#choice.at}-${this.#choice.accountId}` : "found";
  }

  /** Gives the key to a server that has not had it. One that cannot be verified now is tried again later. */
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
   * Verifies a key, then keeps it. A key that is refused changes nothing.
   * @param accountId the account to use; needed where the key reaches several
   */
  async signIn(apiKey: string, accountId?: string): Promise<AccountInfo> {
    return this.#serialize(() => this.#signIn(apiKey, accountId));
  }

  /** Signs in with the key that the server finds by itself, after a sign-out had put it aside. */
  async signInWithFound(): Promise<AccountInfo> {
    return this.#serialize(() => this.#signInWithFound());
  }

  /** Goes over to another account, of the key in use or of another one that was entered for it. */
  async switchTo(accountId: string): Promise<AccountInfo> {
    return this.#serialize(() => this.#switchTo(accountId));
  }

  /**
   * The accounts that a key reaches.
   * @param apiKey one that is not in use yet; by default the one in use
   */
  async reached(apiKey?: string): Promise<readonly AccountSummary[]> {
    const { server, mask } = this.#deps;
    mask.add(apiKey ?? "");
    await server.ready();
    return (await server.request("listAccounts", { ...(apiKey && { apiKey }) })).accounts;
  }

  /** The ids of the accounts for which a key was entered. */
  async entered(): Promise<readonly string[]> {
    if (this.#choice?.kind !== "stored") return [];
    return ((await this.#deps.keys.read())?.keys ?? []).map(({ accountId }) => accountId);
  }

  /**
   * True where a person has signed in since in another window, and this one does not see the key: in a browser, a window
   * reads the secret storage when it is loaded.
   */
  async needsReload(): Promise<boolean> {
    const { keys, mark } = this.#deps;
    const { signedInAt = 0, signedOutAt = 0 } = mark.read();
    return signedInAt > signedOutAt && ((await keys.read())?.at ?? 0) < signedInAt;
  }

  /** Deletes the keys, and bars the one that the server found. All windows follow. */
  async signOut(): Promise<void> {
    return this.#serialize(() => this.#signOut());
  }

  /** A person signed in or out, perhaps in another window: this one follows. */
  async follow(): Promise<void> {
    this.showMark();
    await this.#serialize(() => this.#follow());
  }

  /** A running server met a key that is accepted no more. */
  refused(reason: string): void {
    if (!this.#deps.store.view.sandbox) this.onRefused.fire({ id: this.keyId, reason });
  }

  /** Shows what the windows agreed on, also while no server runs that could say so. */
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
    // The key before the mark: whoever follows the mark is to find it.
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
    const { keySource, keyOrigin } = store.view.account ?? {};
    const found = keySource === "environment" || keySource === "file" ? keyOrigin : undefined;
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

  async #serialize<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#queue.catch(() => undefined).then(work);
    this.#queue = mine;
    return mine;
  }

  /** The stored key first, where that is under way: what a person says now is to be the last that the server hears. */
  async #ensureHandedOver(): Promise<void> {
    await this.#deps.server.ready();
    await this.handOver().catch(() => undefined);
  }

  async #choose(): Promise<KeyChoice> {
    const { keys, mark, account } = this.#deps;
    return chooseKey(await keys.read(), mark.read(), account);
  }

  async #follow(): Promise<void> {
    const { server, store } = this.#deps;
    if (server.state !== "running" || store.view.sandbox) return;
    await this.#handedOver?.done.catch(() => undefined);
    const choice = await this.#choose();
    if (isSame(choice, this.#choice)) return;
    if (choice.kind === "none") return this.#clearKey();
    this.#handedOver = undefined;
    await this.handOver();
    this.onChange.fire();
  }

  async #sendKey(): Promise<void> {
    const { server, mask, account } = this.#deps;
    this.#choice = undefined;
    if (server.gateway?.sandbox) {
      this.#setAccount(await server.request("getAccount", {}));
      return;
    }
    const choice = await this.#choose();
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
