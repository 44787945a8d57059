import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { App } from "../../app.js";
import { applyTerminalCommand, storedAs } from "./terminalCommand.js";

/** Makes the command line available in VS Code's terminals, or removes it again. */
export async function addToTerminals(app: App): Promise<void> {
  if (app.globalState.get(storedAs)) {
    const remove = l10n.t("Remove from Terminals");
    const message = l10n.t("The companion command is available in VS Code's terminals.");
    if ((await vscode.window.showInformationMessage(message, remove)) !== remove) return;
    await app.globalState.update(storedAs, undefined);
    app.context.environmentVariableCollection.clear();
    return;
  }
  await app.globalState.update(storedAs, true);
  applyTerminalCommand(app);
  const message = l10n.t(
    "New terminals have the companion command. It uses the API key in auth.ini or FIREWORKS_API_KEY. To store one, run: companion login",
  );
  app.reporter.notify("Information", message, []);
}
