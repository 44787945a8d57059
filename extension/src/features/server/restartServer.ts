import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { App } from "../../app.js";
import { progressAfterDelay } from "../../ui/progress.js";

/** Ends the server and starts another. */
export async function restartServer(app: App): Promise<void> {
  await progressAfterDelay(l10n.t("Restarting Companion's server"), async () => {
    await app.server.restart();
    await app.session.begin();
  });
}

/** Tells of a server that is left down, unless a command is at work and will tell of it itself. */
export function followServer(app: App): vscode.Disposable {
  return app.server.onGaveUp.listen(({ message, actions }) => {
    if (!app.commands.any) app.reporter.say("Error", message, actions);
  });
}

/** Offers a restart where a setting has changed that the server learns only at its start. */
export function followSettings(app: App): vscode.Disposable {
  const sections = ["companion.gatewayUrl", "companion.accountId", "companion.caFile", "companion.server"];
  const network = ["http.proxy", "http.noProxy", "http.proxyStrictSSL"];
  return vscode.workspace.onDidChangeConfiguration((change) => {
    if (app.server.state !== "running") return;
    if (![...sections, ...network].some((section) => change.affectsConfiguration(section))) return;
    const message = l10n.t("The changed setting takes effect when Companion's server starts anew.");
    app.reporter.say("Information", message, ["restartServer"]);
  });
}
