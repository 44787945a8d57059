import * as l10n from "@vscode/l10n";
import type { App } from "../../app.js";
import { nameOf } from "../../state/view.js";
import { durationText } from "../../util/duration.js";
import { singleLine } from "../../util/text.js";
import { findLosses } from "../disconnect/findLosses.js";
import { hasNoLosses } from "../disconnect/losses.js";

/**
 * Reminds the user that the workspace's environment is still connected, if the gateway confirms that.
 * @param minutes how long nothing has happened in this window
 * @returns false if it isn't, or something might be running, such as a program in a terminal
 */
export async function remindOfConnection(app: App, minutes: number): Promise<boolean> {
  const { selection } = app.store.view;
  if (!selection || !hasNoLosses({ ...findLosses(app.debugSessions), unsaved: [] })) return false;
  const { accountId, environmentId } = selection;
  const { state } = await app.session.ask("getEnvironment", { accountId, environmentId });
  if (state !== "CONNECTED") return false;
  const message = l10n.t(
    "{0} is still connected, and nothing has happened in this window for {1}.",
    singleLine(nameOf(selection)),
    durationText(minutes * 60),
  );
  app.reporter.notify("Warning", message, ["disconnect", "setEnd"], {}, selection);
  return true;
}
