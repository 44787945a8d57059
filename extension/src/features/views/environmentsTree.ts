import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { App } from "../../app.js";
import type { ListEnvironmentsResult, NodePoolInfo } from "../../protocol.g.js";
import { isSelected } from "../../state/view.js";
import { Batch } from "../../util/batch.js";
import { naturalOrder } from "../../util/naturalOrder.js";
import { timesIn } from "../../util/times.js";
import { badgeOf } from "./badge.js";
import { EnvironmentNode } from "./environmentNode.js";
import { environmentRow } from "./environmentRow.js";
import { changingOf, type GroupName, groupNames, groupOf, groupTitle, type User, userOf } from "./groups.js";
import { ListLoader } from "./listLoader.js";
import type { Tree, TreeNode, ViewHandle } from "./treeNode.js";

/** How long changes are collected before the view is redrawn, in milliseconds. */
const redrawDelay = 500;
/** How many rows of a group VS Code draws separately, each of which lays out the view again. */
const mostRowsAlone = 20;
/** How often rows are checked for states that have become outdated, in milliseconds. */
const agingInterval = 10_000;

/** A group of environments. Its identity lasts, so that VS Code can redraw it. */
class GroupNode implements TreeNode {
  readonly #tree: EnvironmentsTree;
  readonly name: GroupName;

  constructor(tree: EnvironmentsTree, name: GroupName) {
    this.#tree = tree;
    this.name = name;
  }

  item(): vscode.TreeItem {
    const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
    const title = groupTitle(this.name, this.#tree.user);
    const count = this.children().length;
    const isOnly = this.#tree.roots().length === 1;
    const item = new vscode.TreeItem(title, this.name === "others" && !isOnly ? Collapsed : Expanded);
    const label =
      count === 1 ? l10n.t("{0}, 1 environment", title) : l10n.t("{0}, {1} environments", title, count);
    return Object.assign(item, {
      id: this.name,
      description: String(count),
      contextValue: "group",
      accessibilityInformation: { label },
    });
  }

  children(): readonly EnvironmentNode[] {
    return this.#tree.rowsIn(this.name);
  }
}

/** The account's environments in groups. Redraws only what has changed, at most twice a second. */
export class EnvironmentsTree implements Tree {
  readonly #app: App;
  readonly #handle: ViewHandle;
  readonly #poolOf: (nodePoolId: string) => NodePoolInfo | undefined;
  readonly #rows = new Map<string, EnvironmentNode>();
  readonly #groups = groupNames.map((name) => new GroupNode(this, name));
  readonly #times = timesIn(vscode.env.language);
  readonly #batch = new Batch<string | undefined>(redrawDelay, (changed) => this.#update(changed));
  readonly #subscriptions: readonly { dispose(): unknown }[];
  #user: User = { email: undefined, used: new Set() };

  constructor(app: App, handle: ViewHandle, poolOf: (nodePoolId: string) => NodePoolInfo | undefined) {
    this.#app = app;
    this.#handle = handle;
    this.#poolOf = poolOf;
    const aging = setInterval(() => this.redrawAll(), agingInterval);
    this.#subscriptions = [
      this.#batch,
      app.environments.onChange.listen((id) => this.#batch.add(id)),
      handle.view.onDidChangeVisibility(() => this.#update(new Set([undefined]))),
      new ListLoader(app, handle, () => this.#list()),
      new vscode.Disposable(() => clearInterval(aging)),
    ];
    this.#update(new Set([undefined]));
  }

  get user(): User {
    return this.#user;
  }

  roots(): readonly GroupNode[] {
    const used = new Set([...this.#rows.values()].map(({ group }) => group));
    return this.#groups.filter(({ name }) => used.has(name));
  }

  rowsIn(group: GroupName): readonly EnvironmentNode[] {
    return [...this.#rows.values()].filter((row) => row.group === group).sort(inOrder);
  }

  redrawAll(): void {
    this.#batch.add(undefined);
  }

  dispose(): void {
    for (const one of this.#subscriptions) one.dispose();
  }

  async #list(): Promise<void> {
    const { session, environments } = this.#app;
    const ids = new Set<string>();
    const onPart = (part: ListEnvironmentsResult) => {
      for (const { environmentId } of part.environments) ids.add(environmentId);
    };
    await session.ask("listEnvironments", {}, { onPart });
    environments.keepOnly(ids);
    void vscode.commands.executeCommand("setContext", "companion.noEnvironments", ids.size === 0);
  }

  #update(changed: ReadonlySet<string | undefined>): void {
    const { session, environments, store } = this.#app;
    // While a server restarts, the account isn't known, but rows keep their groups.
    if (store.view.account !== undefined) this.#user = userOf(this.#app);
    const views = environments.all;
    this.#handle.view.badge = badgeOf(views, this.#user, Date.now());
    session.watchOthers(this.#handle.view.visible ? changingOf(views, this.#user) : []);
    if (!this.#handle.view.visible) return; // drawn when it's visible again
    const before = this.roots();
    const groups = new Set<GroupName>();
    const ids = changed.has(undefined) ? [...this.#rows.keys(), ...environments.ids] : changed;
    const rows = [...new Set(ids)].filter((id) => id !== undefined && this.#draw(id, groups));
    const after = this.roots();
    if (before.length !== after.length || before.some((group, i) => group !== after[i])) {
      this.#handle.redraw.fire(undefined);
      return;
    }
    const nodes = rows.flatMap((id) => this.#rows.get(id ?? "") ?? []);
    const all = this.#groups.flatMap((group): TreeNode[] => {
      const inGroup = nodes.filter((row) => row.group === group.name);
      return groups.has(group.name) || inGroup.length > mostRowsAlone ? [group] : inGroup;
    });
    if (all.length > 0) this.#handle.redraw.fire(all);
  }

  /**
   * Updates a row.
   * @param groups gets the groups whose rows are no longer the same or in the same order
   * @returns whether the row changed
   */
  #draw(id: string, groups: Set<GroupName>): boolean {
    const view = this.#app.environments.get(id);
    const row = this.#rows.get(id);
    if (!view) {
      if (row) groups.add(row.group);
      this.#rows.delete(id);
      return false;
    }
    const content = environmentRow(view, {
      now: Date.now(),
      times: this.#times,
      isSelected: view.selection !== undefined && isSelected(this.#app.store.view, view.selection),
      poolOf: this.#poolOf,
    });
    const group = view.environment ? groupOf(view.environment, this.#user) : (row?.group ?? "others");
    if (row?.group !== group || row.content.label !== content.label) {
      groups.add(group);
      if (row) groups.add(row.group);
    }
    if (row) return row.update(view, group, content);
    this.#rows.set(id, new EnvironmentNode(view, group, content, this.#times));
    return true;
  }
}

function inOrder(one: EnvironmentNode, other: EnvironmentNode): number {
  return (
    naturalOrder(one.content.label, other.content.label) ||
    naturalOrder(one.environmentId, other.environmentId)
  );
}
