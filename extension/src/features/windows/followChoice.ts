import * as vscode from "vscode";
import type { App } from "../../app.js";
import { differenceOf } from "../../state/folderChoice.js";
import { differenceText } from "./difference.js";

/** Identifies the workspace or folders of this window. It's the same in all windows with the same folders. */
export function folderOfWindow(): string {
  const { workspaceFile, workspaceFolders = [] } = vscode.workspace;
  return workspaceFile?.toString() ?? workspaceFolders.map(({ uri }) => uri.toString()).join("\n");
}

/** Reports once if another window for this folder made another choice. Only a reload adopts it. */
export function followChoice(app: App): vscode.Disposable {
  const { memory, presence, credentials, reporter, store, log } = app;
  const failed = (error: unknown) => log.warn(`Can't watch for changes from other windows: ${error}`);
  let lastShown: string | undefined;
  const check = async () => {
    if (!findDifference()) return reset();
    // A sign-in in another window is adopted, so it isn't a difference.
    await credentials.follow();
    if (!(await presence.proven())) return;
    const difference = findDifference();
    if (!difference) return reset();
    const text = differenceText(difference);
    if (text === lastShown) return;
    lastShown = text;
    reporter.notify("Warning", text, ["reloadWindow"]);
  };
  const findDifference = () => {
    const { accountId } = store.view.account ?? {};
    return differenceOf({ ...memory.choice, account: accountId }, memory.chosenLast);
  };
  const reset = () => {
    lastShown = undefined;
  };
  const checkInBackground = () => void check().catch(failed);
  return vscode.Disposable.from(
    app.choiceFile.watch(checkInBackground, failed),
    vscode.window.onDidChangeWindowState(({ focused }) => {
      if (focused) checkInBackground();
    }),
  );
}
