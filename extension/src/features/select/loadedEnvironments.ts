import type { EnvironmentInfo } from "../../protocol.g.js";
import { hasDoubled } from "../../ui/pages.js";
import { isCreator } from "./environments.js";

/** The maximum number of recent environments to request separately if the first page doesn't have them. */
const maxAsked = 3;

/** The sections of the list, in order. */
const sections = ["connected", "recent", "mine", "others"] as const;

export type Section = (typeof sections)[number];

export interface SectionOfEnvironments {
  readonly section: Section;
  readonly environments: readonly EnvironmentInfo[];
}

/** What the environment is for. */
export interface Purpose {
  /** Returns why an environment can't be chosen, or undefined if it can. */
  refusal?(environment: EnvironmentInfo): string | undefined;
  /** Whether an environment is worth starting with if the user hasn't chosen any before. */
  isLikely?(environment: EnvironmentInfo): boolean;
}

/** What tells which environments the user probably wants. */
export interface User {
  /** IDs of recent environments, the latest first. */
  readonly recentIds: readonly string[];
  /** The user's email address, if the gateway reports it. */
  readonly email?: string | undefined;
}

/**
 * Collects the environments of an account while pages arrive. Items keep their place once they're shown, and new ones
 * are added at the end. Recent environments must be loaded before the list is shown.
 */
export class LoadedEnvironments {
  readonly #recentIds: readonly string[];
  readonly #email: string | undefined;
  readonly #known = new Map<string, EnvironmentInfo>();
  #sections: readonly SectionOfEnvironments[] = [];
  #shown = 0;

  constructor({ recentIds, email }: User) {
    this.#recentIds = [...new Set(recentIds)];
    this.#email = email;
  }

  get count(): number {
    return this.#known.size;
  }

  /** Whether enough environments have arrived to redraw the list. */
  get shouldRedraw(): boolean {
    return hasDoubled(this.count, this.#shown);
  }

  /** The latest of the recent environments that haven't arrived. */
  get missing(): readonly string[] {
    return this.#recentIds.slice(0, maxAsked).filter((id) => !this.#known.has(id));
  }

  /** Returns the environment to start with: the latest one that can be chosen, or else a likely one. */
  first({ refusal, isLikely = () => true }: Purpose): EnvironmentInfo | undefined {
    const canBeChosen = (environment: EnvironmentInfo) => refusal?.(environment) === undefined;
    const all = this.#sections.flatMap(({ environments }) => environments);
    return this.#recent().find(canBeChosen) ?? all.find((one) => canBeChosen(one) && isLikely(one));
  }

  /** Adds a page. Ignores environments that already arrived, for example when the list was restarted. */
  add(page: readonly EnvironmentInfo[]): void {
    for (const environment of page) {
      if (!this.#known.has(environment.environmentId))
        this.#known.set(environment.environmentId, environment);
    }
  }

  /** Returns the environments to show, in order: in each section, the recent ones, the user's, and the others. */
  show(): readonly SectionOfEnvironments[] {
    if (this.#shown === 0) this.#sections = this.#arranged();
    const placed = new Set(this.#sections.flatMap(({ environments }) => environments));
    const late = this.#arranged()
      .flatMap(({ environments }) => environments)
      .filter((environment) => !placed.has(environment));
    this.#sections = this.#sections.map((one) =>
      one.section === "others" ? { ...one, environments: [...one.environments, ...late] } : one,
    );
    this.#shown = this.count;
    return this.#sections.filter(({ environments }) => environments.length > 0);
  }

  #arranged(): readonly SectionOfEnvironments[] {
    const recent = new Set(this.#recent());
    const mine = new Set(this.#mine());
    const ordered = [...new Set([...recent, ...mine, ...this.#known.values()])];
    const sectionOf = (environment: EnvironmentInfo): Section => {
      if (environment.state === "CONNECTED") return "connected";
      return recent.has(environment) ? "recent" : mine.has(environment) ? "mine" : "others";
    };
    return sections.map((section) => ({
      section,
      environments: ordered.filter((environment) => sectionOf(environment) === section),
    }));
  }

  /** The recent environments that have arrived, the latest first. */
  #recent(): EnvironmentInfo[] {
    return this.#recentIds.flatMap((id) => this.#known.get(id) ?? []);
  }

  #mine(): EnvironmentInfo[] {
    return [...this.#known.values()].filter((environment) => isCreator(this.#email, environment));
  }
}
