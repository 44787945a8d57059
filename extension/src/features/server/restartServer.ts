import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { App } from "../../app.js";
import { progressAfterDelay } from "../../ui/progress.js";

/** Ends the server and starts another. */
export async function restartServer(app: App): Promise<void> {
  await progressAfterDelay(l10n.t("Restarting Companion's server"), async () => {
    await app.server.restart();
    await app.session.ensureReady();
  });
}

/** Tells of a server that is left down, unless a command is at work and will tell of it itself. */
export function followServer(app: App): vscode.Disposable {
  return app.server.onGaveUp.listen(({ message, actions }) => {
    if (!app.runningCommands.any) app.reporter.notify("Error", message, actions);
  });
}

const sections = ["companion.gatewayUrl", "companion.accountId", "companion.server"];
const network = [
  ...["companion.caFile", "http.proxy", "http.noProxy", "http.proxySupport"],
  ...["http.proxyAuthorization", "http.proxyStrictSSL"],
];

/**
 * The server learns settings at its start. Those of the network are followed: it starts anew by itself, once no change is waited for.
 * For the others, which choose where the key goes or whose it is, a restart is offered.
 */
export function followSettings(app: App): vscode.Disposable {
  let following = false;
  const follow = async () => {
    if (following) return;
    following = true;
    await app.runningChanges.idle();
    following = false;
    if (app.server.state !== "running") return;
    app.log.info("The network's settings have changed: the server starts anew with them.");
    await app.server.restart();
  };
  return vscode.workspace.onDidChangeConfiguration((change) => {
    if (app.server.state !== "running") return;
    const changed = (names: readonly string[]) => names.some((name) => change.affectsConfiguration(name));
    if (changed(network)) follow().catch((error) => app.reporter.error(error, "question"));
    if (!changed(sections)) return;
    const message = l10n.t("Restart Companion's server to apply the changed setting.");
    app.reporter.notify("Information", message, ["restartServer"]);
  });
}
