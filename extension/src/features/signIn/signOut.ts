import * as l10n from "@vscode/l10n";
import type { App } from "../../app.js";
import { confirmSignOut } from "../lease/confirmSignOut.js";

/** Signs out in all windows. */
export async function signOut(app: App): Promise<void> {
  if (!(await confirmSignOut(app))) return;
  const { account } = app.store.view;
  await app.credentials.signOut();
  const origin =
    account?.keySource === "environment" || account?.keySource === "file" ? account.keyOrigin : undefined;
  const message = origin
    ? l10n.t("Signed out in all windows. The key in {0} won't be used again until you sign in.", origin)
    : l10n.t("Signed out in all windows. The API key was deleted.");
  app.reporter.notify("Information", message, []);
}
