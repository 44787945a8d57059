import { chmodSync } from "node:fs";
import { delimiter, join } from "node:path";
import * as l10n from "@vscode/l10n";
import type * as vscode from "vscode";
import type { App } from "../../app.js";
import { isSignedOut } from "../../state/view.js";
import { SharedFile } from "../../util/sharedFile.js";

/** Whether the user has added the command to terminals. */
export const storedAs = "terminalCommand";

/** Puts the command line on the PATH of this window's terminals, if the user has asked for it. */
export function applyTerminalCommand(app: App): void {
  const { context, globalState, log } = app;
  if (!globalState.get(storedAs)) return;
  const variables = context.environmentVariableCollection;
  variables.persistent = false; // another window may remove it, and each version has another folder
  const folder = join(context.extensionPath, "server");
  if (process.platform !== "win32") makeExecutable(join(folder, "companion"), log);
  variables.description = l10n.t("Adds the companion command.");
  variables.append("PATH", delimiter + folder, {
    applyAtProcessCreation: true,
    applyAtShellIntegration: true, // shells that read a profile may set PATH
  });
  // The same locks, ends, and history as this window. VS Code keeps the ends while it runs.
  variables.replace("COMPANION_STORAGE_PATH", context.globalStorageUri.fsPath);
  variables.replace("COMPANION_KEPT_BY", "vscode");
  context.subscriptions.push(startForEnds(app));
}

/** Starts the server when the command line has changed something in the storage folder: it may be an end, which the server keeps. */
function startForEnds({ context, log, server, session, store }: App): { dispose(): void } {
  const failed = (error: unknown) => log.warn(`Couldn't start the server for the command line: ${error}`);
  const signal = new SharedFile(join(context.globalStorageUri.fsPath, "state", "bell"));
  return signal.watch(() => {
    if (server.state === "stopped" && !store.view.sandbox && !isSignedOut(store.view))
      session.ensureReady().catch(failed);
  }, failed);
}

function makeExecutable(file: string, log: Pick<vscode.LogOutputChannel, "warn">): void {
  try {
    chmodSync(file, 0o755);
  } catch (error) {
    log.warn(`Couldn't make the command executable: ${error instanceof Error ? error.message : error}`);
  }
}
