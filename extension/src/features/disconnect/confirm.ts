import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { App } from "../../app.js";
import type { Selection } from "../../state/view.js";
import { singleLine } from "../../util/text.js";
import { findLosses, unsaved } from "./findLosses.js";
import { moreOptions } from "./moreOptions.js";
import type { DisconnectOptions } from "./options.js";
import { type Decision, disconnectQuestion } from "./question.js";

/**
 * Lists what would be lost, asks for confirmation, and saves editors if the user wants that.
 * @param chosen options that the user already chose
 * @returns undefined if the user cancels, or if saving fails
 */
export async function confirm(
  app: App,
  selection: Selection,
  chosen?: DisconnectOptions,
): Promise<DisconnectOptions | undefined> {
  const environment = app.environments.viewOf(selection)?.environment;
  const question = disconnectQuestion(selection, environment, findLosses(app.debugSessions), chosen);
  if (!question) return chosen;
  const { message, detail, buttons } = question;
  const answer = await vscode.window.showWarningMessage(message, { modal: true, detail }, ...buttons);
  return answer && decided(app, selection, answer.decision, chosen);
}

async function decided(
  app: App,
  selection: Selection,
  decision: Decision,
  chosen: DisconnectOptions | undefined,
): Promise<DisconnectOptions | undefined> {
  switch (decision) {
    case "disconnect":
      return chosen ?? {};
    case "saveAll":
      return (await saveAllEditors(app)) ? (chosen ?? {}) : undefined;
    case "more": {
      const options = await moreOptions(selection);
      return options && confirm(app, selection, options);
    }
  }
}

/** The result of saveAll isn't enough: the user might have canceled, or an editor might have failed. */
async function saveAllEditors(app: App): Promise<boolean> {
  const saved = await vscode.workspace.saveAll(true);
  const left = unsaved();
  if (saved && left.length === 0) return true;
  const names = left.map((name) => singleLine(name)).join(", ");
  const message = names
    ? l10n.t("Not disconnected because some editors aren't saved: {0}", names)
    : l10n.t("Not disconnected because VS Code couldn't save everything.");
  app.reporter.notify("Warning", message, ["showLog"]);
  return false;
}
