import type { Selection } from "./view.js";

type Environment = Pick<Selection, "accountId" | "environmentId">;

/** The environments that somebody sees to: who does tells what became of a change of theirs, and nobody else. */
export class HandledEnvironments {
  readonly #groups = new Set<readonly Environment[]>();

  has({ accountId, environmentId }: Environment): boolean {
    return [...this.#groups]
      .flat()
      .some((one) => one.environmentId === environmentId && one.accountId === accountId);
  }

  async run(environments: readonly Environment[], work: () => Promise<void>): Promise<void> {
    const group = [...environments]; // its own, as the same environments may be seen to twice
    this.#groups.add(group);
    try {
      await work();
    } finally {
      this.#groups.delete(group);
    }
  }
}
