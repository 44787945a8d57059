import * as vscode from "vscode";
import type { RowContent } from "./row.js";

/** @param id identifies the row in its view */
export function rowItem(id: string, content: RowContent): vscode.TreeItem {
  const { label, description, icon, warns, contextValue, ariaLabel } = content;
  const color = warns ? new vscode.ThemeColor("list.warningForeground") : undefined;
  const item = new vscode.TreeItem(label);
  return Object.assign(item, {
    id,
    description,
    contextValue,
    iconPath: new vscode.ThemeIcon(icon, color),
    accessibilityInformation: { label: ariaLabel },
  });
}
