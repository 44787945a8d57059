import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { App } from "../../app.js";

/** Deletes what was recorded, if the user confirms it. Returns whether it was deleted. */
export async function deleteHistory(app: App): Promise<boolean> {
  await app.session.ensureReady(); // to know the gateway
  const { gateway } = app.server;
  if (!gateway) return false;
  const message = gateway.sandbox
    ? l10n.t("Delete the usage history of the sandbox?")
    : l10n.t("Delete the usage history of {0}?", gateway.url);
  const detail = l10n.t(
    "This deletes what Companion has recorded on this computer, for all accounts. You can't undo this. Connections are counted again from now on.",
  );
  const confirm = { title: l10n.t("Delete") };
  if ((await vscode.window.showWarningMessage(message, { modal: true, detail }, confirm)) !== confirm)
    return false;
  await app.session.ask("clearUsage", {});
  return true;
}
