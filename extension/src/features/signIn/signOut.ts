import * as l10n from "@vscode/l10n";
import type { App } from "../../app.js";

/** Forgets the API key, here and in every other window. */
export async function signOut(app: App): Promise<void> {
  const { account } = app.store.view;
  await app.session.signOut();
  const origin =
    account?.keySource === "environment" || account?.keySource === "file" ? account.keyOrigin : undefined;
  const message = origin
    ? l10n.t(
        "Signed out. The key in {0} is not Companion's to delete: it is used again when the server starts anew.",
        origin,
      )
    : l10n.t("Signed out. The API key is deleted.");
  app.reporter.say("Information", message, []);
}
