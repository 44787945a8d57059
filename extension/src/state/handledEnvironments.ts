import { Deferred } from "../util/deferred.js";
import type { Selection } from "./view.js";

type Environment = Pick<Selection, "accountId" | "environmentId">;

/** Environments whose changes are being handled. Whoever handles one also reports its outcome. */
export class HandledEnvironments {
  readonly #groups = new Set<readonly Environment[]>();
  #nextEnd = new Deferred();

  has({ accountId, environmentId }: Environment): boolean {
    return [...this.#groups]
      .flat()
      .some((one) => one.environmentId === environmentId && one.accountId === accountId);
  }

  async run(environments: readonly Environment[], work: () => Promise<void>): Promise<void> {
    const group = [...environments]; // a copy, because the same environments can be handled twice
    this.#groups.add(group);
    try {
      await work();
    } finally {
      this.#groups.delete(group);
      this.#nextEnd.resolve();
      this.#nextEnd = new Deferred();
    }
  }

  /** Waits until nobody handles an environment. */
  async free(environment: Environment): Promise<void> {
    while (this.has(environment)) await this.#nextEnd.promise;
  }
}
