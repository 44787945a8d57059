import * as vscode from "vscode";
import type { App } from "../../app.js";

/** Copies the ID of an environment, by default the workspace's. */
export async function copyId(app: App, environment = app.store.view.selection): Promise<void> {
  if (environment) await vscode.env.clipboard.writeText(environment.environmentId);
}
