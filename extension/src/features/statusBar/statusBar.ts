import * as vscode from "vscode";
import type { App } from "../../app.js";
import type { View } from "../../state/view.js";
import { statusBarContent } from "./content.js";
import { tooltip, tooltipCommands } from "./tooltip.js";

/** Left, near the start: beside what tells where the window is. */
const priority = 90;

/** The status-bar item `companion.companion.environment`. It is always there, and never blinks. */
export function createStatusBar({ store }: App): vscode.Disposable {
  const item = vscode.window.createStatusBarItem("environment", vscode.StatusBarAlignment.Left, priority);
  item.name = "Companion";
  item.command = "companion.showMenu";
  draw(item, store.view);
  item.show();
  return vscode.Disposable.from(
    item,
    store.onChange.listen((view) => draw(item, view)),
  );
}

function draw(item: vscode.StatusBarItem, view: View): void {
  const { text, label, colour } = statusBarContent(view, formatTime);
  item.text = text;
  item.accessibilityInformation = { label, role: "button" };
  item.backgroundColor = colour && new vscode.ThemeColor(`statusBarItem.${colour}Background`);
  const markdown = new vscode.MarkdownString(tooltip(view, formatTime));
  markdown.isTrusted = { enabledCommands: tooltipCommands };
  item.tooltip = markdown;
}

function formatTime(time: string): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return time;
  return new Intl.DateTimeFormat(vscode.env.language, { dateStyle: "medium", timeStyle: "medium" }).format(
    date,
  );
}
