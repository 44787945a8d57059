import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { App } from "../../app.js";
import type { NodePoolInfo } from "../../protocol.g.js";
import { naturalOrder } from "../../util/naturalOrder.js";
import { Signal } from "../../util/signal.js";
import { timesIn } from "../../util/times.js";
import { ListLoader } from "./listLoader.js";
import { nodePoolRow } from "./nodePoolRow.js";
import { rowItem } from "./rowItem.js";
import { nodePoolTooltip } from "./tooltips.js";
import type { Tree, TreeNode, ViewHandle } from "./treeNode.js";

class NodePoolNode implements TreeNode {
  readonly #pool: NodePoolInfo;

  constructor(pool: NodePoolInfo) {
    this.#pool = pool;
  }

  item(): vscode.TreeItem {
    return rowItem(this.#pool.nodePoolId, nodePoolRow(this.#pool));
  }

  tooltip(): string {
    return nodePoolTooltip(this.#pool);
  }

  children(): readonly TreeNode[] {
    return [];
  }
}

/** The account's node pools, as of the last list. */
export class NodePoolsTree implements Tree {
  readonly onChange = new Signal<void>();
  readonly #app: App;
  readonly #handle: ViewHandle;
  readonly #times = timesIn(vscode.env.language);
  readonly #subscriptions: readonly { dispose(): unknown }[];
  #pools: ReadonlyMap<string, NodePoolInfo> = new Map();
  #accountId: string | undefined;

  constructor(app: App, handle: ViewHandle) {
    this.#app = app;
    this.#handle = handle;
    this.#subscriptions = [
      new ListLoader(app, handle, () => this.#list()),
      app.store.onChange.listen(({ account }) => {
        if (account !== undefined && account?.accountId !== this.#accountId) this.#take([], undefined);
      }),
      app.store.onAction.listen(({ type }) => {
        if (type === "gateway") this.#take([], undefined);
      }),
    ];
  }

  poolOf(nodePoolId: string): NodePoolInfo | undefined {
    return this.#pools.get(nodePoolId);
  }

  roots(): readonly TreeNode[] {
    const pools = [...this.#pools.values()];
    pools.sort((one, other) => naturalOrder(one.nodePoolId, other.nodePoolId));
    return pools.map((pool) => new NodePoolNode(pool));
  }

  dispose(): void {
    for (const one of this.#subscriptions) one.dispose();
  }

  async #list(): Promise<void> {
    const { nodePools } = await this.#app.session.ask("listNodePools", {});
    this.#take(nodePools, this.#app.store.view.account?.accountId);
    this.#handle.view.description = l10n.t("as of {0}", this.#times.short(new Date().toISOString()));
    void vscode.commands.executeCommand("setContext", "companion.noNodePools", nodePools.length === 0);
  }

  #take(pools: readonly NodePoolInfo[], accountId: string | undefined): void {
    const isSame = JSON.stringify(pools) === JSON.stringify([...this.#pools.values()]);
    this.#accountId = accountId;
    if (isSame) return;
    this.#pools = new Map(pools.map((pool) => [pool.nodePoolId, pool]));
    this.#handle.view.description = "";
    this.#handle.redraw.fire(undefined);
    this.onChange.fire();
  }
}
