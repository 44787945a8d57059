import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { App } from "../../app.js";
import { idOf } from "../../commands/commands.js";
import { menuItems } from "./items.js";

/** Shows the status bar's menu. Also starts the server, because the user wants to know the current state. */
export async function showMenu(app: App): Promise<void> {
  const { view } = app.store;
  if (view.selection && view.server !== "failed") {
    app.session.ensureReady().catch((error: unknown) => app.log.warn(String(error)));
  }
  const last = view.selection && app.memory.lastConnection(view.selection);
  const items = menuItems(view, last, Date.now()).map(({ command, icon, label, description }) => ({
    label,
    iconPath: new vscode.ThemeIcon(icon), // screen readers would read the name of an icon in the label
    ...(description && { description }),
    command,
  }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: "Companion",
    placeHolder: l10n.t("Choose an action"),
  });
  // Don't wait: the command reports its own errors.
  if (chosen) void vscode.commands.executeCommand(idOf(chosen.command));
}
