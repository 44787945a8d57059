import type { EnvironmentInfo } from "../../protocol.g.js";

/** How many of the latest environments are asked for by themselves, where the first page does not have them. */
const maxAsked = 3;

/**
 * The environments of an account while their pages arrive. Once shown, each keeps its place and later ones come behind it;
 * those used last stand on top, so they have to be there when the showing begins.
 */
export class LoadedEnvironments {
  readonly #recentIds: readonly string[];
  readonly #known = new Map<string, EnvironmentInfo>();
  #recent: readonly EnvironmentInfo[] = [];
  #shown = 0;

  /** @param recentIds ids of those used last, the latest first */
  constructor(recentIds: readonly string[]) {
    this.#recentIds = [...new Set(recentIds)];
  }

  get count(): number {
    return this.#known.size;
  }

  /** True when so many are new that the list is worth drawing anew: it is drawn a few times for any number of pages. */
  get shouldRedraw(): boolean {
    return this.#shown > 0 && this.count >= 2 * this.#shown;
  }

  /** The latest of those used last that have not arrived. */
  get missing(): readonly string[] {
    return this.#recentIds.slice(0, maxAsked).filter((id) => !this.#known.has(id));
  }

  /** A page; what it repeats, as after a list that was begun anew, is left as it was. */
  add(page: readonly EnvironmentInfo[]): void {
    for (const environment of page) {
      if (!this.#known.has(environment.environmentId))
        this.#known.set(environment.environmentId, environment);
    }
  }

  /** What is to be shown now, in its order. */
  show(): { readonly recent: readonly EnvironmentInfo[]; readonly others: readonly EnvironmentInfo[] } {
    if (this.#shown === 0) {
      this.#recent = this.#recentIds.flatMap((id) => this.#known.get(id) ?? []);
    }
    this.#shown = this.count;
    const recent = new Set(this.#recent);
    return { recent: this.#recent, others: [...this.#known.values()].filter((one) => !recent.has(one)) };
  }
}
