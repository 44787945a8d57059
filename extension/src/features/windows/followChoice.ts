import * as vscode from "vscode";
import type { App } from "../../app.js";
import { differenceOf } from "../../state/folderChoice.js";
import { differenceText } from "./difference.js";

/** Names what this window is about: a workspace, its folders, or nothing. The same in each window that is about it. */
export function folderOfWindow(): string {
  const { workspaceFile, workspaceFolders = [] } = vscode.workspace;
  return workspaceFile?.toString() ?? workspaceFolders.map(({ uri }) => uri.toString()).join("\n");
}

/**
 * Tells, once, where another window of this folder chose something else than this one uses: the next load takes that over,
 * and nothing does before it.
 */
export function followChoice(app: App): vscode.Disposable {
  const { memory, presence, credentials, reporter, store, log } = app;
  const failed = (error: unknown) => log.warn(`Other windows are not followed at once: ${error}`);
  let told: string | undefined;
  const look = async () => {
    if (!find()) return forget();
    // A sign-in in another window is followed, and is no difference.
    await credentials.follow();
    if (!(await presence.proven())) return;
    const difference = find();
    if (!difference) return forget();
    const text = differenceText(difference);
    if (text === told) return;
    told = text;
    reporter.say("Warning", text, ["reloadWindow"]);
  };
  const find = () => {
    const { accountId } = store.view.account ?? {};
    return differenceOf({ ...memory.choice, account: accountId }, memory.chosenLast);
  };
  const forget = () => {
    told = undefined;
  };
  const lookInBackground = () => void look().catch(failed);
  return vscode.Disposable.from(
    app.choiceFile.watch(lookInBackground, failed),
    vscode.window.onDidChangeWindowState(({ focused }) => {
      if (focused) lookInBackground();
    }),
  );
}
