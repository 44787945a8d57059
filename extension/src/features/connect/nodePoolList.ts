import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { App } from "../../app.js";
import { DeadEnd, deadEndOf } from "../../errors/deadEnd.js";
import { explain } from "../../errors/explain.js";
import type { EnvironmentInfo, ListNodePoolsResult, NodePoolInfo } from "../../protocol.g.js";
import type { Selection } from "../../state/view.js";
import { loadPages } from "../../ui/pages.js";
import type { Line, Show } from "../../ui/pick.js";
import { LoadedNodePools } from "./loadedNodePools.js";
import { firstChoice, type NodePoolGroup, needsUsage, nodePoolLine, withoutUsage } from "./nodePools.js";
import { UsageQueue } from "./usageQueue.js";

/**
 * Milliseconds after the first page in which the others of a usual account arrive. Node pools don't move once they're
 * shown, so only those that are there by then are in order.
 */
const patience = 100;

/**
 * The node pools for an environment. They're shown with what the list says about them. The usage of those that the
 * user looks at is filled in when it arrives.
 */
export class NodePoolList {
  readonly #app: App;
  readonly #chosen: Selection;
  readonly #pools = new LoadedNodePools();
  #environment: EnvironmentInfo | undefined;
  #first: NodePoolInfo | undefined;
  #usage: UsageQueue | undefined;

  constructor(app: App, chosen: Selection) {
    this.#app = app;
    this.#chosen = chosen;
  }

  /** The environment as it was when the list was loaded. */
  get environment(): EnvironmentInfo {
    if (!this.#environment) throw new Error("The list isn't loaded.");
    return this.#environment;
  }

  /** Whether to start with a node pool. */
  isFirst({ nodePoolId }: NodePoolInfo): boolean {
    this.#first ??= firstChoice(this.#groups(), this.#lastId);
    return nodePoolId === this.#first?.nodePoolId;
  }

  async load(show: Show<NodePoolInfo>, token: vscode.CancellationToken): Promise<void> {
    const { accountId, environmentId } = this.#chosen;
    const environment = this.#app.session.ask("getEnvironment", { accountId, environmentId }, { token });
    environment.catch(() => undefined); // reported below, unless the list itself failed before
    let loaded = false;
    const draw = () => {
      const soFar = l10n.t("Choose a node pool ({0} loaded so far)", this.#pools.count);
      show(this.#lines(), loaded ? undefined : soFar);
    };
    this.#usage = new UsageQueue(async (pool) => {
      if (token.isCancellationRequested) return;
      await this.#readUsage(pool, token);
      draw();
    });
    await loadPages<ListNodePoolsResult>({
      ask: (onPart) => this.#app.session.ask("listNodePools", { accountId }, { token, onPart }),
      add: ({ nodePools }) => this.#pools.add(nodePools),
      begin: async () => {
        this.#environment = await environment;
      },
      patience,
      show: () => {
        if (this.#pools.shouldRedraw) draw();
      },
    }).catch((error: unknown) => {
      throw deadEndOf(error) ?? error;
    });
    if (this.#pools.count === 0) {
      throw new DeadEnd(
        l10n.t("The account {0} has no node pools.", accountId),
        l10n.t("Ask the account's owner for one, or use another account."),
        ["switchAccount", "diagnose"],
      );
    }
    loaded = true;
    draw();
    this.#usage.add(withoutUsage(this.#groups()));
  }

  /** The user looks at a node pool. */
  look(pool: NodePoolInfo): void {
    if (needsUsage(this.latest(pool))) this.#usage?.addFirst(pool);
  }

  /** The node pool with its usage, if it has arrived. */
  latest(pool: NodePoolInfo): NodePoolInfo {
    return this.#pools.latest(pool);
  }

  async #readUsage(
    { nodePoolId, maxNodeCount }: NodePoolInfo,
    token: vscode.CancellationToken,
  ): Promise<void> {
    const { accountId } = this.#chosen;
    const params = { accountId, nodePoolId, ...(maxNodeCount !== undefined && { maxNodeCount }) };
    try {
      this.#pools.setUsage(nodePoolId, await this.#app.session.ask("getNodePoolUsage", params, { token }));
    } catch (error) {
      if (token.isCancellationRequested) return;
      this.#pools.setUsage(nodePoolId, undefined);
      this.#app.log.info(`Couldn't read the usage of ${nodePoolId}: ${explain(error).message}`);
    }
  }

  /** The ID of the node pool that the environment was last connected to. */
  get #lastId(): string | undefined {
    return (
      this.#app.memory.lastConnection(this.#chosen)?.nodePoolId ?? this.#environment?.connection?.nodePoolId
    );
  }

  #groups(): readonly NodePoolGroup[] {
    return this.#environment ? this.#pools.show(this.#environment, this.#lastId) : [];
  }

  #lines(): Line<NodePoolInfo>[] {
    const connection = this.#environment?.connection;
    return this.#groups().flatMap(({ heading, pools }): Line<NodePoolInfo>[] => [
      { label: heading, kind: vscode.QuickPickItemKind.Separator },
      ...pools.map((pool) => {
        const { icon, ...line } = nodePoolLine(pool, connection, this.#pools.isUnavailable(pool));
        return { ...line, id: pool.nodePoolId, iconPath: new vscode.ThemeIcon(icon), value: pool };
      }),
    ]);
  }
}
