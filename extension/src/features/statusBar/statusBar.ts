import * as vscode from "vscode";
import type { App } from "../../app.js";
import { shownUntil } from "../../state/elapsed.js";
import { Alarm } from "../../util/alarm.js";
import { timesIn } from "../../util/times.js";
import { thisConnection } from "../usage/thisConnection.js";
import { usageSettings } from "../usage/usageSettings.js";
import { statusBarContent } from "./content.js";
import { tooltip, tooltipCommands } from "./tooltip.js";

/** On the left, next to the items that describe the window. */
const priority = 90;

/**
 * The status bar item `companion.companion.environment`. It's always visible, doesn't flicker, and marks outdated
 * states, also after sleep.
 */
export function createStatusBar({ store, memory }: App): vscode.Disposable {
  const item = vscode.window.createStatusBarItem("environment", vscode.StatusBarAlignment.Left, priority);
  item.name = "Companion";
  item.command = "companion.showMenu";
  const times = timesIn(vscode.env.language);
  const alarm = new Alarm(() => show());
  let drawn = "";
  const show = () => {
    const now = Date.now();
    const content = statusBarContent(store.view, now, times);
    const { selection } = store.view;
    const last = selection && memory.lastConnection(selection);
    const usage = thisConnection(store.view, now, store.instanceType, usageSettings);
    const text = tooltip(store.view, now, times, last, usage);
    const next = JSON.stringify([content, text]);
    if (next !== drawn) draw(item, content, text);
    drawn = next;
    alarm.set(shownUntil(store.view, now));
  };
  // The server's process, if the state needs one, starts while this loads the first date format.
  const first = setTimeout(() => {
    show();
    item.show();
  });
  return vscode.Disposable.from(
    item,
    new vscode.Disposable(() => clearTimeout(first)),
    alarm,
    store.onChange.listen(show),
    vscode.window.onDidChangeWindowState(show),
  );
}

function draw(
  item: vscode.StatusBarItem,
  { text, label, color }: ReturnType<typeof statusBarContent>,
  markdown: string,
): void {
  item.text = text;
  item.accessibilityInformation = { label, role: "button" };
  item.backgroundColor = color && new vscode.ThemeColor(`statusBarItem.${color}Background`);
  item.tooltip = new vscode.MarkdownString(markdown);
  item.tooltip.isTrusted = { enabledCommands: tooltipCommands };
}
