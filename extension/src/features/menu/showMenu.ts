import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { App } from "../../app.js";
import { type CommandName, idOf } from "../../commands/commands.js";
import { type MenuItem, menuOf } from "./items.js";

/** Shows the status bar's menu. Also starts the server, because the user wants to know the current state. */
export async function showMenu(app: App): Promise<void> {
  const { view } = app.store;
  if (view.selection && view.server !== "failed") {
    app.session.ensureReady().catch((error: unknown) => app.log.warn(String(error)));
  }
  const last = view.selection && app.memory.lastConnection(view.selection);
  const { items, more } = menuOf(view, last, Date.now());
  const rest: Line = {
    label: l10n.t("More…"),
    iconPath: new vscode.ThemeIcon("ellipsis"),
    description: l10n.t("account, usage, sandbox, and troubleshooting"),
  };
  let chosen = await choose([...items.map(toLine), ...(more.length > 0 ? [rest] : [])]);
  if (chosen === rest) chosen = await choose(more.map(toLine));
  // Don't wait: the command reports its own errors.
  if (chosen?.command) void vscode.commands.executeCommand(idOf(chosen.command));
}

interface Line extends vscode.QuickPickItem {
  readonly command?: CommandName;
}

function toLine({ command, icon, label, description }: MenuItem): Line {
  return {
    label,
    iconPath: new vscode.ThemeIcon(icon), // screen readers would read the name of an icon in the label
    ...(description && { description }),
    command,
  };
}

function choose(lines: Line[]): Thenable<Line | undefined> {
  return vscode.window.showQuickPick(lines, { title: "Companion", placeHolder: l10n.t("Choose an action") });
}
