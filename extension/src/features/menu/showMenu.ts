import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { App } from "../../app.js";
import { menuItems } from "./items.js";

/** What the status bar's click opens. Whoever opens it wants to know how things are, so the server is asked meanwhile. */
export async function showMenu(app: App): Promise<void> {
  const { view } = app.store;
  if (view.selection && view.server !== "failed") {
    app.session.ensureReady().catch((error: unknown) => app.log.warn(String(error)));
  }
  const last = view.selection && app.memory.lastConnection(view.selection);
  const items = menuItems(view, last, Date.now()).map(({ command, icon, label, description }) => ({
    label,
    iconPath: new vscode.ThemeIcon(icon), // one in the label would be read out by its name
    ...(description && { description }),
    command,
  }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: "Companion",
    placeHolder: l10n.t("Choose an action"),
  });
  // Not awaited: the menu is done, and the command speaks for itself.
  if (chosen) void vscode.commands.executeCommand(chosen.command);
}
