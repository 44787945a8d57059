import * as vscode from "vscode";
import type { App } from "../../app.js";
import type { Tree, TreeNode, ViewHandle } from "./treeNode.js";

export interface Handles {
  readonly environments: ViewHandle;
  readonly nodePools: ViewHandle;
}

export interface Trees {
  readonly environments: Tree;
  readonly nodePools: Tree;
}

/** Milliseconds in which the status bar and pickers, which the user looks at, can draw what the server has reported. */
const patience = 1_000;

type ShowViews = (app: App, handles: Handles) => Trees;

/**
 * Registers the views of the activity bar. Their code is loaded when one of them is first visible, or when the server
 * has reported an environment, so that the badge counts what's known.
 * @param load loads the code
 */
export function registerViews(app: App, load: () => Promise<ShowViews>): vscode.Disposable {
  let trees: Promise<Trees> | undefined;
  const show = () => {
    trees ??= load().then((showViews) => showViews(app, handles));
    return trees;
  };
  const handles: Handles = {
    environments: createView("companion.environments", async () => (await show()).environments),
    nodePools: createView("companion.nodePools", async () => (await show()).nodePools),
  };
  let later: NodeJS.Timeout | undefined;
  const whenNeeded = app.store.onAction.listen(({ type }) => {
    if (type === "seen") later ??= setTimeout(() => void show(), patience);
  });
  return vscode.Disposable.from(
    whenNeeded,
    new vscode.Disposable(() => clearTimeout(later)),
    ...Object.values(handles).flatMap(({ view, redraw }) => [view, redraw]),
    new vscode.Disposable(() =>
      trees?.then((all) => {
        for (const tree of Object.values(all)) tree.dispose();
      }),
    ),
  );
}

function createView(id: string, treeOf: () => Promise<Tree>): ViewHandle {
  const redraw = new vscode.EventEmitter<TreeNode[] | undefined>();
  const view = vscode.window.createTreeView<TreeNode>(id, {
    treeDataProvider: {
      onDidChangeTreeData: redraw.event,
      getTreeItem: (node) => node.item(),
      getChildren: async (node) => [...(node ? node.children() : (await treeOf()).roots())],
      resolveTreeItem: (item, node) => Object.assign(item, { tooltip: node.tooltip?.() }),
    },
  });
  return { id, view, redraw };
}
