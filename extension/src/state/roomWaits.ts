import type { ConnectionParams, EnvironmentInfo } from "../protocol.g.js";
import { Signal } from "../util/signal.js";
import type { EndChoice } from "./ends.js";
import { isSameSelection } from "./folderChoice.js";
import type { Memento } from "./memory.js";
import type { Selection } from "./view.js";

/** A connect that's sent once its node pool has room. */
export interface RoomWait {
  readonly id: string;
  readonly sandbox: boolean;
  /** The environment as it was when the waiting began. */
  readonly environment: EnvironmentInfo;
  readonly connection: ConnectionParams;
  readonly end: EndChoice;
  /** When the waiting ends, in RFC 3339. */
  readonly until: string;
}

const key = "roomWaits";

/**
 * Whether there's time left to wait.
 * @param now wall clock time in milliseconds
 */
export function hasTimeLeft({ until }: RoomWait, now: number): boolean {
  return Date.parse(until) > now;
}

/** Keeps what this workspace waits for, so that it can be offered again after VS Code was closed. */
export class RoomWaits {
  /** The user wants to stop waiting. The value is the ID of the wait. */
  readonly onStop = new Signal<string>();
  readonly #memento: Memento;
  readonly #log: (message: string) => void;

  constructor(memento: Memento, log: (message: string) => void) {
    this.#memento = memento;
    this.#log = log;
  }

  get all(): readonly RoomWait[] {
    return this.#memento.get<RoomWait[]>(key) ?? [];
  }

  /** The wait of an environment, in the sandbox or not. */
  find(environment: Selection, sandbox: boolean): RoomWait | undefined {
    return this.all.find((one) => one.sandbox === sandbox && isSameSelection(one.environment, environment));
  }

  /** Keeps a wait instead of an earlier one for the same environment. */
  keep(wait: RoomWait): void {
    const replaced = this.find(wait.environment, wait.sandbox);
    this.#save([...this.all.filter(({ id }) => id !== replaced?.id), wait]);
  }

  drop(id: string): void {
    const others = this.all.filter((one) => one.id !== id);
    if (others.length < this.all.length) this.#save(others);
  }

  #save(waits: readonly RoomWait[]): void {
    this.#memento
      .update(key, waits)
      .then(undefined, (error: unknown) => this.#log(`Couldn't save what waits for room: ${error}`));
  }
}
