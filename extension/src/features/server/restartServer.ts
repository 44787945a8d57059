import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { App } from "../../app.js";
import { serverSettings } from "../../server/settings.js";
import { endingEnvironments } from "../../state/leases.js";
import { endLines } from "../../ui/endLines.js";
import { progressAfterDelay } from "../../ui/progress.js";

export async function restartServer(app: App): Promise<void> {
  await progressAfterDelay(l10n.t("Restarting Companion's server"), async () => {
    await app.server.restart();
    await app.session.ensureReady();
  });
}

/** Reports a server that won't restart, unless a running command will report it. */
export function followServer(app: App): vscode.Disposable {
  return app.server.onGaveUp.listen(({ message, actions }) => {
    if (!app.runningCommands.any) app.reporter.notify("Error", message, actions);
  });
}

const settings = Object.values(serverSettings);
const asked = [
  "companion.server.path",
  ...settings.filter(({ restart }) => restart === "ask").map(({ id }) => id),
];
const automatic = settings.filter(({ restart }) => restart === "whenIdle").map(({ id }) => id);

/**
 * The server reads settings at startup. After a change of network settings, it restarts when no change is in
 * progress. The other settings decide where the key goes or whose it is, so the user decides when to restart.
 */
export function followSettings(app: App): vscode.Disposable {
  let following = false;
  const follow = async () => {
    if (following) return;
    following = true;
    await app.runningChanges.idle();
    following = false;
    if (app.server.state !== "running") return;
    app.log.info("Network settings have changed. Restarting the server.");
    await app.server.restart();
  };
  return vscode.workspace.onDidChangeConfiguration((change) => {
    if (app.server.state !== "running") return;
    const changed = (names: readonly string[]) => names.some((name) => change.affectsConfiguration(name));
    if (changed(automatic)) follow().catch((error) => app.reporter.error(error));
    if (!changed(asked)) return;
    const message = l10n.t("Restart Companion's server to apply the changed setting.");
    const ending = changed([serverSettings.gatewayUrl.id]) ? endingEnvironments(app.environments) : [];
    if (ending.length === 0) return app.reporter.notify("Information", message, ["restartServer"]);
    const warning = l10n.t(
      "After that, Companion can't end these connections at the previous gateway, and you're charged for them: {0}",
      endLines(ending).join(", "),
    );
    app.reporter.notify("Warning", `${message} ${warning}`, ["restartServer", "disconnect"], {}, ending[0]);
  });
}
