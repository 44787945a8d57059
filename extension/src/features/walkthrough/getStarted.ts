import * as vscode from "vscode";
import type { App } from "../../app.js";

/** Opens the walkthrough. */
export async function getStarted({ context }: App): Promise<void> {
  const walkthrough = `${context.extension.id}#start`;
  await vscode.commands.executeCommand("workbench.action.openWalkthrough", walkthrough, false);
}
