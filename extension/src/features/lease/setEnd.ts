import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { App } from "../../app.js";
import type { LeaseParams } from "../../protocol.g.js";
import { type EndChoice, leaseOf } from "../../state/ends.js";
import { nameOf, type Selection } from "../../state/view.js";
import { progressAfterDelay } from "../../ui/progress.js";
import { runSteps } from "../../ui/steps.js";
import { singleLine } from "../../util/text.js";
import { timesIn } from "../../util/times.js";
import { askEnd } from "./endStep.js";
import { askKeeper, canSystemKeep, keeperIsNext } from "./keeperStep.js";
import { endsText } from "./texts.js";

const times = timesIn(vscode.env.language);

/** Lets the user set, move, or clear the end of a connection, by default of the workspace's environment. */
export async function setEnd(app: App, environment = app.store.view.selection): Promise<void> {
  if (!environment) return;
  const title = l10n.t("Set End of {0}", singleLine(nameOf(environment)));
  const keepers = canSystemKeep(app.store.view)
    ? (app.environments.viewOf(environment)?.environment?.lease?.keptBy ?? [])
    : undefined;
  const chosen = await runSteps<ChosenEnd>(
    [
      async (chosen, position) => {
        const last = app.memory.endOf(environment);
        const answer = await (keepers ? askEnd(title, last, position, keeperIsNext()) : askEnd(title, last));
        return typeof answer === "string" ? answer : { value: { ...chosen, end: answer.value } };
      },
      async (chosen, position) => {
        if (!keepers || chosen.end === "none") return { value: chosen };
        const answer = await askKeeper(title, keepers.includes("system"), position);
        return typeof answer === "string" ? answer : { value: { ...chosen, bySystem: answer.value } };
      },
    ],
    { end: "none" },
  );
  if (!chosen) return;
  const { end, bySystem } = chosen;
  await sendEnd(app, environment, end === "none" ? null : leaseOf(end, Date.now()), bySystem);
}

interface ChosenEnd {
  readonly end: EndChoice;
  readonly bySystem?: boolean;
}

/**
 * Sets or clears the end of a connection, and says what was promised.
 * @param lease null for none
 * @param bySystem whether the operating system is to keep it, too; undefined for no change
 */
export async function sendEnd(
  app: App,
  environment: Selection,
  lease: LeaseParams | null,
  bySystem?: boolean,
): Promise<void> {
  const { accountId, environmentId } = environment;
  const name = singleLine(nameOf(environment));
  const title = l10n.t("Setting the end of {0}", name);
  const set = await progressAfterDelay(title, () =>
    app.session.ask("setLease", {
      accountId,
      environmentId,
      lease,
      ...(bySystem === undefined ? {} : { bySystem }),
    }),
  );
  const message = set.lease
    ? endsText(set.lease, name, times.short(set.lease.until))
    : l10n.t("{0} stays connected until you disconnect it.", name);
  app.reporter.notify("Information", message, []);
}
