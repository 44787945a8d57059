import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { App } from "../../app.js";
import type { LeaseParams } from "../../protocol.g.js";
import { leaseOf } from "../../state/ends.js";
import { nameOf, type Selection } from "../../state/view.js";
import { progressAfterDelay } from "../../ui/progress.js";
import { singleLine } from "../../util/text.js";
import { timesIn } from "../../util/times.js";
import { askEnd } from "./endStep.js";

const times = timesIn(vscode.env.language);

/** Lets the user set, move, or clear the end of a connection, by default of the workspace's environment. */
export async function setEnd(app: App, environment = app.store.view.selection): Promise<void> {
  if (!environment) return;
  const title = l10n.t("Set End of {0}", singleLine(nameOf(environment)));
  const answer = await askEnd(title, app.memory.endOf(environment));
  if (typeof answer === "string") return;
  await sendEnd(app, environment, answer.value === "none" ? null : leaseOf(answer.value, Date.now()));
}

/**
 * Sets or clears the end of a connection, and says what was promised.
 * @param lease null for none
 */
export async function sendEnd(app: App, environment: Selection, lease: LeaseParams | null): Promise<void> {
  const { accountId, environmentId } = environment;
  const name = singleLine(nameOf(environment));
  const title = l10n.t("Setting the end of {0}", name);
  const set = await progressAfterDelay(title, () =>
    app.session.ask("setLease", { accountId, environmentId, lease }),
  );
  const message = set.lease
    ? l10n.t("{0} ends {1}, if VS Code is running then.", name, times.short(set.lease.until))
    : l10n.t("{0} stays connected until you disconnect it.", name);
  app.reporter.notify("Information", message, []);
}
