import type { ConnectionParams, EnvironmentInfo } from "../protocol.g.js";
import type { Disposable } from "../util/signal.js";
import type { Store } from "./store.js";
import type { Selection } from "./view.js";

/** VS Code's Memento. */
export interface Memento {
  get<T>(key: string): T | undefined;
  update(key: string, value: unknown): PromiseLike<void>;
}

/** How an environment was last connected from here. */
export interface LastConnection extends ConnectionParams {
  readonly accepted?: Accepted;
}

/** What the person knew and accepted then: it is no news the next time. */
export interface Accepted {
  /** The node pool had to grow for it. */
  readonly grows?: boolean;
  /** The zones of the volume and of the node pool, where they were two. */
  readonly zones?: { readonly volume: string; readonly pool: string };
  /** The role was among those that the account lists. */
  readonly roleListed?: boolean;
}

interface Remembered {
  readonly selection: Selection;
  readonly environment?: EnvironmentInfo | undefined;
}

/** How many environments' last connections are kept. */
const mostConnections = 50;

const sandboxKey = "sandbox";
const accountKey = "account";

/**
 * What outlives the window: per workspace which environment it is about and whether it is in the sandbox, per person how
 * an environment was last connected. The sandbox has its own, so that nothing of it is taken for real.
 */
export class Memory {
  readonly #workspace: Memento;
  readonly #person: Memento;

  constructor(workspace: Memento, person: Memento) {
    this.#workspace = workspace;
    this.#person = person;
  }

  get sandbox(): boolean {
    return this.#workspace.get<boolean>(sandboxKey) ?? false;
  }

  async setSandbox(sandbox: boolean): Promise<void> {
    await this.#workspace.update(sandboxKey, sandbox);
  }

  /** The account that this workspace is about: the one that it was switched to, else its environment's, else the latest here. */
  get account(): string | undefined {
    return (
      this.#workspace.get<string>(accountKey) ??
      this.#workspace.get<Remembered>(environmentKey(false))?.selection.accountId ??
      this.#person.get<string>(accountKey)
    );
  }

  async setAccount(accountId: string | undefined): Promise<void> {
    await this.#workspace.update(accountKey, accountId);
    await this.#person.update(accountKey, accountId);
  }

  /** Puts what was known last into the store, where it counts as old. */
  restore(store: Store): void {
    const sandbox = this.sandbox;
    const { selection, environment } = this.#workspace.get<Remembered>(environmentKey(sandbox)) ?? {};
    store.dispatch({ type: "gateway", sandbox, selection, remembered: environment });
  }

  /** Keeps what the store knows from now on. */
  follow(store: Store): Disposable {
    let kept: Remembered | undefined;
    return store.onChange.listen(({ selection, environment, sandbox }) => {
      if (kept?.selection === selection && kept?.environment === environment) return;
      kept = selection && { selection, environment };
      void this.#workspace.update(environmentKey(sandbox), kept);
    });
  }

  lastConnection(environment: Selection): LastConnection | undefined {
    return this.#connections()[connectionKey(this.sandbox, environment)];
  }

  /** The environments of an account that were connected from here, the latest first. */
  recentEnvironments(accountId: string): string[] {
    const prefix = connectionKey(this.sandbox, { accountId, environmentId: "" });
    return Object.keys(this.#connections())
      .filter((key) => key.startsWith(prefix))
      .map((key) => key.slice(prefix.length));
  }

  async setLastConnection(environment: Selection, last: LastConnection): Promise<void> {
    const key = connectionKey(this.sandbox, environment);
    const { [key]: _, ...others } = this.#connections();
    const newest = [[key, last] as const, ...Object.entries(others)].slice(0, mostConnections);
    await this.#person.update("connections", Object.fromEntries(newest));
  }

  #connections(): Record<string, LastConnection> {
    return this.#person.get<Record<string, LastConnection>>("connections") ?? {};
  }
}

function environmentKey(sandbox: boolean): string {
  return sandbox ? "environment.sandbox" : "environment";
}

function connectionKey(sandbox: boolean, { accountId, environmentId }: Selection): string {
  return [sandbox ? "sandbox" : "gateway", accountId, environmentId].join("/");
}
