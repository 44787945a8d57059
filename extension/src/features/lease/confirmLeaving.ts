import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { App } from "../../app.js";
import type { EnvironmentInfo } from "../../protocol.g.js";
import { endOf } from "../../state/leases.js";
import { nameOf } from "../../state/view.js";
import { singleLine } from "../../util/text.js";
import { timesIn } from "../../util/times.js";
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
  const ending = endingIn(app);
  if (ending.length === 0) return true;
  const times = timesIn(vscode.env.language);
  const lines = ending.map(({ environment, end }) =>
    l10n.t("{0}: {1}", singleLine(nameOf(environment)), times.short(new Date(end).toISOString())),
  );
  const detail = [...lines, l10n.t("They stay connected, and you're charged for them.")].join("\n");
  const { disconnectFirst, leave } = buttons;
  const options = { modal: true, detail };
  const chosen = await vscode.window.showWarningMessage(question, options, disconnectFirst, leave);
  if (chosen !== disconnectFirst) return chosen === leave;
  for (const { environment } of ending) await disconnectOnce(app, environment, {});
  return endingIn(app).length === 0; // otherwise, its error or the user's answer is why
}

function endingIn({ environments }: App): { environment: EnvironmentInfo; end: number }[] {
  return environments.all.flatMap(({ environment }) => {
    const end = environment && endOf(environment);
    return environment && end !== undefined ? [{ environment, end }] : [];
  });
}
