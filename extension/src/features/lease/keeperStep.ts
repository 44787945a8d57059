import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import { keyOriginOf } from "../../state/keyOrigin.js";
import type { View } from "../../state/view.js";
import { pick } from "../../ui/pick.js";
import type { Answer, Position } from "../../ui/steps.js";

/**
 * Whether the operating system can keep an end: on Linux, if the API key isn't in VS Code's secret storage, which is closed
 * with VS Code. The server checks the rest.
 */
export function canSystemKeep({ account, sandbox }: Pick<View, "account" | "sandbox">): boolean {
  return process.platform === "linux" && !sandbox && keyOriginOf(account) !== undefined;
}

/** Returns the heading of the step before. */
export function keeperIsNext(): string {
  return l10n.t("Next, choose whether VS Code must be running then");
}

/**
 * Lets the user choose what keeps an end.
 * @param isBySystem whether the operating system keeps the current one, which is then the first choice
 * @returns whether the operating system is to keep it, too
 */
export async function askKeeper(
  title: string,
  isBySystem: boolean,
  position: Position,
): Promise<Answer<boolean>> {
  const lines = [
    {
      label: l10n.t("While VS Code Is Running"),
      detail: l10n.t("If it's closed then, Companion disconnects when you're back."),
      iconPath: new vscode.ThemeIcon("window"),
      value: false,
    },
    {
      label: l10n.t("Even If VS Code Is Closed"),
      detail: l10n.t("A systemd timer disconnects, if this computer is on and you're logged in."),
      iconPath: new vscode.ThemeIcon("device-desktop"),
      value: true,
    },
  ];
  return pick<boolean>({
    title,
    placeholder: l10n.t("Choose when Companion can disconnect it"),
    position,
    lines: isBySystem ? lines.reverse() : lines,
  });
}
