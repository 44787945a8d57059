import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { App } from "../../app.js";
import { nameOf, type Selection } from "../../state/view.js";
import { singleLine } from "../../util/text.js";
import { timesIn } from "../../util/times.js";
import { findLosses } from "../disconnect/findLosses.js";
import { lossLines } from "../disconnect/losses.js";
import type { Extended } from "./extendWhileBusy.js";

/**
 * Moves the end of a connection if work is running in this window, and says so. An open terminal or notebook isn't work:
 * VS Code doesn't report whether something is running in a terminal.
 * @param latest the latest possible end, in milliseconds of the wall clock
 * @returns whether the end was moved
 */
export async function extendIfBusy(
  app: App,
  environment: Selection,
  { until }: Extended,
  latest: number,
): Promise<boolean> {
  const { notebooks, ...others } = findLosses(app.debugSessions);
  const running = lossLines({
    ...others,
    unsaved: [],
    terminals: [],
    notebooks: notebooks.filter(({ isRunning }) => isRunning),
  });
  if (running.length === 0) return false;
  const { accountId, environmentId } = environment;
  const lease = { until: new Date(until).toISOString() };
  await app.session.ask("setLease", { accountId, environmentId, lease });
  const times = timesIn(vscode.env.language);
  const time = (milliseconds: number) => times.short(new Date(milliseconds).toISOString());
  const message = l10n.t(
    "{0} now ends {1}, because work is running in this window. It's extended until {2} at the latest. {3}",
    singleLine(nameOf(environment)),
    time(until),
    time(latest),
    running.map((line) => `${line}.`).join(" "),
  );
  app.reporter.notify("Information", message, ["disconnect", "setEnd"], {}, environment);
  return true;
}
