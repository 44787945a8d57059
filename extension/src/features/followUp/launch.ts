import { homedir } from "node:os";
import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { FollowUp } from "./followUp.js";

/**
 * Runs a follow-up.
 * @param env environment variables for the terminal
 * @throws the reason why it couldn't be run
 */
export async function launch(followUp: FollowUp, env: Record<string, string | null>): Promise<void> {
  if ("terminal" in followUp) await openTerminal(followUp.terminal, env);
  else await vscode.commands.executeCommand(followUp.command, ...followUp.arguments);
}

/** Resolves when the terminal is closed. */
function openTerminal(
  [shellPath, ...shellArgs]: readonly [string, ...string[]],
  env: Record<string, string | null>,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const terminal = vscode.window.createTerminal({
      shellPath,
      shellArgs,
      env,
      // Not the workspace, which could contain a program of that name. A file URI also means this machine in a remote window.
      cwd: vscode.Uri.file(homedir()),
      // VS Code would run it again after a restart.
      isTransient: true,
    });
    const closing = vscode.window.onDidCloseTerminal((closed) => {
      if (closed !== terminal) return;
      closing.dispose();
      const { code, reason } = closed.exitStatus ?? {};
      const isStarted = code !== undefined || reason !== vscode.TerminalExitReason.Process;
      if (isStarted) resolve();
      else reject(new Error(l10n.t("{0} couldn't be started. Check its path.", shellPath)));
    });
    // If it can't be started, an empty panel would open a shell.
    void terminal.processId.then(() => terminal.show(true));
  });
}
