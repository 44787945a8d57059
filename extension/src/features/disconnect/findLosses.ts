import * as vscode from "vscode";
import type { DebugSessions } from "../../ui/debugSessions.js";
import { isExecuting, type Losses } from "./losses.js";

/** Finds what the user might lose from this window. */
export function findLosses(debugSessions: DebugSessions): Losses {
  const tasks = vscode.tasks.taskExecutions.map(({ task }) => task.name);
  return {
    unsaved: unsaved(),
    tasks,
    debugSessions: debugSessions.names,
    notebooks: vscode.workspace.notebookDocuments
      .filter(({ isClosed }) => !isClosed)
      .map((notebook) => ({
        name: nameOf(notebook.uri),
        isRunning: notebook.getCells().some(isExecuting),
      })),
    terminals: vscode.window.terminals
      .filter(isOpen)
      .map(({ name }) => name)
      .filter((name) => !tasks.includes(name)),
  };
}

/** Returns the names of all unsaved text, notebook, and custom editors. */
export function unsaved(): string[] {
  const names = new Map<string, string>();
  for (const { isDirty, uri } of vscode.workspace.textDocuments) {
    // cells are saved with their notebook
    if (isDirty && uri.scheme !== "vscode-notebook-cell") names.set(uri.toString(), nameOf(uri));
  }
  for (const { isDirty, uri } of vscode.workspace.notebookDocuments) {
    if (isDirty) names.set(uri.toString(), nameOf(uri));
  }
  for (const { isDirty, label, input } of vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs)) {
    const uri = uriOf(input);
    if (isDirty) names.set(uri?.toString() ?? label, uri ? nameOf(uri) : label);
  }
  return [...names.values()];
}

function uriOf(input: unknown): vscode.Uri | undefined {
  const { TabInputText, TabInputNotebook, TabInputCustom, TabInputTextDiff, TabInputNotebookDiff } = vscode;
  if (input instanceof TabInputText || input instanceof TabInputNotebook || input instanceof TabInputCustom)
    return input.uri;
  if (input instanceof TabInputTextDiff || input instanceof TabInputNotebookDiff) return input.modified;
  return undefined;
}

function nameOf(uri: vscode.Uri): string {
  return vscode.workspace.asRelativePath(uri, false);
}

function isOpen({ exitStatus, creationOptions }: vscode.Terminal): boolean {
  const isHidden = "hideFromUser" in creationOptions && creationOptions.hideFromUser === true;
  return exitStatus === undefined && !isHidden;
}
