import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { App } from "../../app.js";
import { endingEnvironments } from "../../state/leases.js";
import { endLines } from "../../ui/endLines.js";
import { disconnectOnce } from "../disconnect/disconnect.js";

/** The texts of a question: what it asks, and the buttons for each way to go on. */
export interface Leaving {
  readonly question: string;
  readonly disconnectFirst: string;
  readonly leave: string;
}

/**
 * Without the account's key, Companion can't disconnect environments at their end. If there are any, lets the user
 * disconnect them first.
 * @returns whether to go on
 */
export async function confirmLeaving(app: App, { question, ...buttons }: Leaving): Promise<boolean> {
  const ending = endingEnvironments(app.environments);
  if (ending.length === 0) return true;
  const stay = l10n.t("They stay connected, and you're charged for them.");
  const detail = [...endLines(ending), stay].join("\n");
  const { disconnectFirst, leave } = buttons;
  const options = { modal: true, detail };
  const chosen = await vscode.window.showWarningMessage(question, options, disconnectFirst, leave);
  if (chosen !== disconnectFirst) return chosen === leave;
  for (const environment of ending) await disconnectOnce(app, environment, {});
  return endingEnvironments(app.environments).length === 0; // otherwise, its error or the user's answer is why
}
