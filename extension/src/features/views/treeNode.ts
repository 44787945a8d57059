import type * as vscode from "vscode";

/** A row of a view. A row that's an environment is also a `Selection`, which VS Code passes to commands. */
export interface TreeNode {
  item(): vscode.TreeItem;
  /** Returns the tooltip, which VS Code asks for when it's needed. */
  tooltip?(): string;
  children(): readonly TreeNode[];
}

/** The content of a view, once its code is loaded. */
export interface Tree extends vscode.Disposable {
  roots(): readonly TreeNode[];
}

/** A view without its content. */
export interface ViewHandle {
  readonly id: string;
  readonly view: vscode.TreeView<TreeNode>;
  /** Draws these rows again, or everything. */
  readonly redraw: vscode.EventEmitter<TreeNode[] | undefined>;
}
