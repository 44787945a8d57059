import type { EnvironmentInfo } from "../../protocol.g.js";

/** The maximum number of recent environments to request separately if the first page doesn't have them. */
const maxAsked = 3;

/**
 * Collects the environments of an account while pages arrive. Items keep their place once they're shown, and new ones
 * are added at the end. Recent environments come first, so they must be loaded before the list is shown.
 */
export class LoadedEnvironments {
  readonly #recentIds: readonly string[];
  readonly #known = new Map<string, EnvironmentInfo>();
  #recent: readonly EnvironmentInfo[] = [];
  #shown = 0;

  /** @param recentIds IDs of recent environments, the latest first */
  constructor(recentIds: readonly string[]) {
    this.#recentIds = [...new Set(recentIds)];
  }

  get count(): number {
    return this.#known.size;
  }

  /** Whether enough environments have arrived to redraw the list. Doubling keeps the number of redraws small. */
  get shouldRedraw(): boolean {
    return this.#shown > 0 && this.count >= 2 * this.#shown;
  }

  /** The latest of the recent environments that haven't arrived. */
  get missing(): readonly string[] {
    return this.#recentIds.slice(0, maxAsked).filter((id) => !this.#known.has(id));
  }

  /** Adds a page. Ignores environments that already arrived, for example when the list was restarted. */
  add(page: readonly EnvironmentInfo[]): void {
    for (const environment of page) {
      if (!this.#known.has(environment.environmentId))
        this.#known.set(environment.environmentId, environment);
    }
  }

  /** Returns the environments to show, in order. */
  show(): { readonly recent: readonly EnvironmentInfo[]; readonly others: readonly EnvironmentInfo[] } {
    if (this.#shown === 0) {
      this.#recent = this.#recentIds.flatMap((id) => this.#known.get(id) ?? []);
    }
    this.#shown = this.count;
    const recent = new Set(this.#recent);
    return { recent: this.#recent, others: [...this.#known.values()].filter((one) => !recent.has(one)) };
  }
}
