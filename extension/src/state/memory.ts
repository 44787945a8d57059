import type { AcceptedRisks, ConnectionParams, EnvironmentInfo } from "../protocol.g.js";
import type { Disposable } from "../util/signal.js";
import { type EndChoice, sameEnd } from "./ends.js";
import { type FolderChoice, isSameSelection } from "./folderChoice.js";
import type { PlannedDisconnect } from "./plannedDisconnect.js";
import type { Store } from "./store.js";
import type { Selection } from "./view.js";

/** VS Code's Memento. */
export interface Memento {
  get<T>(key: string): T | undefined;
  update(key: string, value: unknown): PromiseLike<void>;
}

/** How an environment was last connected from here, and the risks that the user accepted then. */
export interface LastConnection extends ConnectionParams {
  readonly acceptedRisks?: AcceptedRisks;
  readonly end: EndChoice;
}

/** A connection without an end has the default one, so it follows the setting. */
type KeptConnection = Omit<LastConnection, "end"> & Partial<Pick<LastConnection, "end">>;

interface Remembered {
  readonly selection: Selection;
  readonly environment?: EnvironmentInfo | undefined;
  readonly plannedDisconnect?: PlannedDisconnect | undefined;
}

/** This folder's choice, shared with other windows. */
export interface ChoiceFile {
  read(): FolderChoice | undefined;
  change(part: FolderChoice, otherwise: FolderChoice): Promise<void>;
}

/** The maximum number of environments for which the last connection is kept. */
const maxConnections = 50;

const accountKey = "account";

/**
 * State that outlives the window. For each folder, it keeps the user's choices and the environment's last known
 * state; for each user, the last connection of each environment. The sandbox has separate state.
 */
export class Memory {
  readonly #file: ChoiceFile;
  readonly #workspace: Memento;
  readonly #person: Memento;
  readonly #defaultEnd: () => EndChoice;
  readonly #log: (message: string) => void;
  /** This window's choice. Choices from other windows apply after a reload. */
  #choice: FolderChoice;

  constructor(
    file: ChoiceFile,
    workspace: Memento,
    person: Memento,
    defaultEnd: () => EndChoice,
    log: (message: string) => void,
  ) {
    this.#file = file;
    this.#workspace = workspace;
    this.#person = person;
    this.#defaultEnd = defaultEnd;
    this.#log = log;
    this.#choice = file.read() ?? this.#migratedChoice();
  }

  get choice(): FolderChoice {
    return this.#choice;
  }

  /** The latest choice for this folder, possibly from another window. */
  get chosenLast(): FolderChoice {
    return this.#file.read() ?? this.#choice;
  }

  get sandbox(): boolean {
    return this.#choice.sandbox ?? false;
  }

  async setSandbox(sandbox: boolean): Promise<void> {
    await this.#change({ sandbox });
  }

  /**
   * This folder's account: the one that it was switched to, or its environment's, or the last one that was used.
   */
  get account(): string | undefined {
    return (
      this.#choice.account ?? this.#choice.environment?.accountId ?? this.#person.get<string>(accountKey)
    );
  }

  async setAccount(account: string | undefined): Promise<void> {
    await this.#change({ account });
    await this.#person.update(accountKey, account);
  }

  /** Restores the last known state into the store, as outdated. */
  restore(store: Store): void {
    const sandbox = this.sandbox;
    const selection = this.#choice[choiceOf(sandbox)];
    const seen = this.#workspace.get<Remembered>(seenKey(sandbox)) ?? this.#migratedState(sandbox);
    const isSeen = selection && seen && isSameSelection(seen.selection, selection);
    store.dispatch({
      type: "gateway",
      sandbox,
      selection: isSeen ? seen.selection : selection,
      remembered: isSeen ? seen.environment : undefined,
      plannedDisconnect: isSeen && seen.plannedDisconnect ? { isUnwatched: true } : undefined,
    });
  }

  /** Saves changes of the store. */
  follow(store: Store): Disposable {
    let kept: Remembered | undefined;
    return store.onChange.listen(({ selection, environment, plannedDisconnect, sandbox }) => {
      const isKept =
        kept?.selection === selection &&
        kept?.environment === environment &&
        kept?.plannedDisconnect === plannedDisconnect;
      if (isKept) return;
      kept = selection && { selection, environment, plannedDisconnect };
      void this.#workspace.update(seenKey(sandbox), kept);
      const name = choiceOf(sandbox);
      if (!isSameSelection(this.#choice[name], selection)) void this.#change({ [name]: selection });
    });
  }

  lastConnection(environment: Selection): LastConnection | undefined {
    const kept = this.#connections()[connectionKey(this.sandbox, environment)];
    return kept && { ...kept, end: kept.end ?? this.#defaultEnd() };
  }

  /** The end of an environment's last connect, or else the default. */
  endOf(environment: Selection): EndChoice {
    return this.lastConnection(environment)?.end ?? this.#defaultEnd();
  }

  /** Returns the environments of an account that were connected from here, the latest first. */
  recentEnvironments(accountId: string): string[] {
    const prefix = connectionKey(this.sandbox, { accountId, environmentId: "" });
    return Object.keys(this.#connections())
      .filter((key) => key.startsWith(prefix))
      .map((key) => key.slice(prefix.length));
  }

  async setLastConnection(environment: Selection, last: LastConnection): Promise<void> {
    const key = connectionKey(this.sandbox, environment);
    const { [key]: _, ...others } = this.#connections();
    const { end, ...rest } = last;
    const kept: KeptConnection = sameEnd(end, this.#defaultEnd()) ? rest : last;
    const newest = [[key, kept] as const, ...Object.entries(others)].slice(0, maxConnections);
    await this.#person
      .update("connections", Object.fromEntries(newest))
      .then(undefined, (error: unknown) => this.#couldNotSave("connection", error));
  }

  #connections(): Record<string, KeptConnection> {
    return this.#person.get<Record<string, KeptConnection>>("connections") ?? {};
  }

  /** Applies to this window at once, even if it can't be saved. */
  async #change(part: FolderChoice): Promise<void> {
    const before = this.#choice;
    this.#choice = { ...before, ...part };
    await this.#file.change(part, before).catch((error: unknown) => this.#couldNotSave("selection", error));
  }

  #couldNotSave(what: string, error: unknown): void {
    this.#log(`Couldn't save the ${what}: ${error instanceof Error ? error.message : String(error)}`);
  }

  /** The choice from workspaceState, where version 0.1.0 kept it. These keys are no longer written. */
  #migratedChoice(): FolderChoice {
    return {
      sandbox: this.#workspace.get<boolean>("sandbox"),
      account: this.#workspace.get<string>("account"),
      environment: this.#migratedState(false)?.selection,
      sandboxEnvironment: this.#migratedState(true)?.selection,
    };
  }

  #migratedState(sandbox: boolean): Remembered | undefined {
    return this.#workspace.get<Remembered>(sandbox ? "environment.sandbox" : "environment");
  }
}

function choiceOf(sandbox: boolean): "sandboxEnvironment" | "environment" {
  return sandbox ? "sandboxEnvironment" : "environment";
}

function seenKey(sandbox: boolean): string {
  return sandbox ? "seen.sandbox" : "seen";
}

function connectionKey(sandbox: boolean, { accountId, environmentId }: Selection): string {
  return [sandbox ? "sandbox" : "gateway", accountId, environmentId].join("/");
}
