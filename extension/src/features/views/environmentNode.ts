import type * as vscode from "vscode";
import type { Selection, View } from "../../state/view.js";
import type { Times } from "../../util/times.js";
import type { GroupName } from "./groups.js";
import type { RowContent } from "./row.js";
import { rowItem } from "./rowItem.js";
import { environmentTooltip } from "./tooltips.js";
import type { TreeNode } from "./treeNode.js";

/** The row of an environment. VS Code passes it to the row's commands as a `Selection`. */
export class EnvironmentNode implements TreeNode, Selection {
  readonly #times: Times;
  #view: View;
  group: GroupName;
  content: RowContent;

  constructor(view: View, group: GroupName, content: RowContent, times: Times) {
    this.#view = view;
    this.group = group;
    this.content = content;
    this.#times = times;
  }

  get accountId(): string {
    return this.#view.selection?.accountId ?? "";
  }

  get environmentId(): string {
    return this.#view.selection?.environmentId ?? "";
  }

  get displayName(): string | undefined {
    return this.#view.selection?.displayName;
  }

  /** @returns whether what it shows has changed */
  update(view: View, group: GroupName, content: RowContent): boolean {
    const isSame = JSON.stringify(content) === JSON.stringify(this.content);
    this.#view = view;
    this.group = group;
    this.content = content;
    return !isSame;
  }

  item(): vscode.TreeItem {
    return rowItem(`${this.accountId}/${this.environmentId}`, this.content);
  }

  tooltip(): string {
    return environmentTooltip(this.#view, Date.now(), this.#times);
  }

  children(): readonly TreeNode[] {
    return [];
  }
}
