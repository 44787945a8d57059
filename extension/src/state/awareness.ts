import { join } from "node:path";
import { Claims } from "../util/claims.js";
import { hashedName } from "../util/hashedName.js";
import { SharedFile } from "../util/sharedFile.js";
import type { Selection } from "./view.js";

type Environment = Pick<Selection, "accountId" | "environmentId">;

/** An environment at the time when its state was confirmed. */
type Seen = Environment & { readonly observedAt: string };

/** How long a change counts as in progress if its end isn't known, in milliseconds: the default time limit of a change. */
const longestChange = 1_800_000;

/**
 * Up to when the user knows about each environment's changes, because they made them or were told. It's in files that
 * all windows on this machine share, so that no window reports what another one did or reported.
 */
export class Awareness {
  readonly #storage: string;
  readonly #claims: Claims;
  readonly #log: (message: string) => void;

  /** @param storage the extension's storage, which doesn't have to exist */
  constructor(storage: string, log: (message: string) => void) {
    this.#storage = storage;
    this.#claims = new Claims(join(storage, "telling"));
    this.#log = log;
  }

  /** Whether the user knows about the changes since a state was confirmed. False if that isn't known. */
  covers(seen: Seen): boolean {
    return this.#until(seen) > Date.parse(seen.observedAt);
  }

  /** The user changes an environment. */
  async begin(environment: Environment): Promise<void> {
    await this.#set(environment, Date.now() + longestChange);
  }

  /**
   * The user has seen the outcome of their change.
   * @param observedAt when the state was last confirmed
   */
  async end(environment: Environment, observedAt = new Date().toISOString()): Promise<void> {
    await this.#set(environment, Date.parse(observedAt));
  }

  /** Tells the user what happened since a state was confirmed, unless they know it or another window tells them. */
  async tell(seen: Seen, show: () => void): Promise<void> {
    // The time makes the name new with each change, so a claim that a lost window didn't release doesn't last.
    const claim = `${keyOf(seen)}-${this.#until(seen)}`;
    if (!(await this.#claims.claim(claim))) return;
    try {
      if (this.covers(seen)) return; // another window was faster
      show();
      await this.#set(seen, Date.now());
    } finally {
      await this.#claims.release(claim);
    }
  }

  #until(environment: Environment): number {
    return Number(this.#file(environment).read() ?? 0);
  }

  async #set(environment: Environment, until: number): Promise<void> {
    const failed = (error: unknown) => this.#log(`Couldn't save what the user knows: ${error}`);
    await this.#file(environment).write(String(until)).catch(failed);
  }

  #file(environment: Environment): SharedFile {
    return new SharedFile(join(this.#storage, "known", keyOf(environment)));
  }
}

function keyOf({ accountId, environmentId }: Environment): string {
  return hashedName(`${accountId}/${environmentId}`);
}
