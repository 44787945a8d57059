import * as l10n from "@vscode/l10n";
import type { App } from "../../app.js";
import { keyOriginOf } from "../../state/keyOrigin.js";
import { confirmLeaving } from "../lease/confirmLeaving.js";

/** Signs out in all windows. */
export async function signOut(app: App): Promise<void> {
  const isConfirmed = await confirmLeaving(app, {
    question: l10n.t("Sign out? Companion won't disconnect these environments at their end."),
    disconnectFirst: l10n.t("Disconnect and Sign Out"),
    leave: l10n.t("Sign Out"),
  });
  if (!isConfirmed) return;
  const { account } = app.store.view;
  await app.credentials.signOut();
  const origin = keyOriginOf(account);
  const message = origin
    ? l10n.t("Signed out in all windows. The key in {0} won't be used again until you sign in.", origin)
    : l10n.t("Signed out in all windows. The API key was deleted.");
  app.reporter.notify("Information", message, []);
}
