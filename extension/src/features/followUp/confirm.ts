import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import { actionTitle, runAction } from "../../ui/report.js";
import { type FollowUp, followUpText } from "./followUp.js";

/** Shows exactly what would run. Enter and Escape don't run it. */
export async function confirm(setting: string, followUp: FollowUp): Promise<"once" | "always" | undefined> {
  const message =
    "terminal" in followUp
      ? l10n.t("Run this command line from {0} in a terminal?", setting)
      : l10n.t("Run this VS Code command from {0}?", setting);
  const detail = [
    followUpText(followUp),
    l10n.t("If you select Always Run, you're asked again only after the setting changes."),
  ].join("\n\n");
  const settings = { title: actionTitle("openSettings") };
  const once = { title: l10n.t("Run") };
  const always = { title: l10n.t("Always Run") };
  const notNow = { title: l10n.t("Not Now"), isCloseAffordance: true };
  const buttons = [settings, once, always, notNow];
  const chosen = await vscode.window.showWarningMessage(message, { modal: true, detail }, ...buttons);
  if (chosen === settings) await runAction("openSettings");
  return chosen === once ? "once" : chosen === always ? "always" : undefined;
}
