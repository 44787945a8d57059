import * as l10n from "@vscode/l10n";
import type { App } from "../../app.js";
import { UserError } from "../../errors/userError.js";
import { progressAfterDelay } from "../../ui/progress.js";

/** Switches this workspace to the gateway inside the server. */
export async function enterSandbox(app: App): Promise<void> {
  if (!app.store.view.sandbox) await changeTo(app, true);
  await progressAfterDelay(l10n.t("Starting the sandbox"), () => app.session.ensureReady());
}

/** Switches back to the real gateway. The server starts when it's next needed. */
export async function leaveSandbox(app: App): Promise<void> {
  if (app.store.view.sandbox) await changeTo(app, false);
}

async function changeTo(app: App, sandbox: boolean): Promise<void> {
  if (app.runningChanges.any) {
    throw new UserError(
      l10n.t("A change is in progress. Wait for it to finish, or stop waiting, and then try again."),
      ["tryAgain"],
    );
  }
  await app.server.stop();
  await app.memory.setSandbox(sandbox);
  app.memory.restore(app.store);
  app.credentials.showMark();
}
