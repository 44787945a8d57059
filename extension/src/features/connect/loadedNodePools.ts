import * as l10n from "@vscode/l10n";
import type { EnvironmentInfo, NodePoolInfo, NodePoolUsage } from "../../protocol.g.js";
import { hasDoubled } from "../../ui/pages.js";
import { type NodePoolGroup, nodePoolGroups } from "./nodePools.js";

/** The node pools of an account while pages and their usage arrive. Node pools keep their place once they're shown. */
export class LoadedNodePools {
  readonly #known = new Map<string, NodePoolInfo>();
  readonly #unavailable = new Set<string>();
  #groups: readonly NodePoolGroup[] = [];
  #shown = 0;

  get count(): number {
    return this.#known.size;
  }

  /** Whether enough node pools have arrived to redraw the list. */
  get shouldRedraw(): boolean {
    return hasDoubled(this.count, this.#shown);
  }

  /** Adds a page. Ignores node pools that already arrived, for example when the list was restarted. */
  add(page: readonly NodePoolInfo[]): void {
    for (const pool of page) if (!this.#known.has(pool.nodePoolId)) this.#known.set(pool.nodePoolId, pool);
  }

  /** @param usage undefined if it was requested and isn't available */
  setUsage(nodePoolId: string, usage: NodePoolUsage | undefined): void {
    const pool = this.#known.get(nodePoolId);
    if (pool && usage) this.#known.set(nodePoolId, { ...pool, ...usage });
    if (usage?.freeRanks === undefined) this.#unavailable.add(nodePoolId);
  }

  /** Whether the usage was requested in vain. */
  isUnavailable({ nodePoolId }: NodePoolInfo): boolean {
    return this.#unavailable.has(nodePoolId);
  }

  latest(pool: NodePoolInfo): NodePoolInfo {
    return this.#known.get(pool.nodePoolId) ?? pool;
  }

  /**
   * Returns the node pools to show, in order.
   * @param lastId the ID of the node pool that the environment was last connected to
   */
  show(environment: EnvironmentInfo, lastId: string | undefined): readonly NodePoolGroup[] {
    const arrived = [...this.#known.values()].slice(this.#shown);
    if (arrived.length > 0) this.#append(nodePoolGroups(arrived, environment, lastId));
    this.#shown = this.count;
    return this.#groups.map(({ heading, pools }) => ({
      heading,
      pools: pools.map((pool) => this.latest(pool)),
    }));
  }

  #append(groups: readonly NodePoolGroup[]): void {
    if (this.#groups.length === 0) {
      this.#groups = groups;
      return;
    }
    const more = { heading: l10n.t("More"), pools: groups.flatMap(({ pools }) => pools) };
    const last = this.#groups.at(-1);
    if (last?.heading !== more.heading) this.#groups = [...this.#groups, more];
    else this.#groups = [...this.#groups.slice(0, -1), { ...more, pools: [...last.pools, ...more.pools] }];
  }
}
