import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { App } from "../../app.js";
import { apiKeyName } from "../../session/keyStore.js";

/** Lets this window sign in and out with the others, and tells of a stored key that the gateway refuses. */
export function followKey(app: App): vscode.Disposable {
  return vscode.Disposable.from(
    app.context.secrets.onDidChange(({ key }) => {
      if (key === apiKeyName)
        app.session.keyChanged().catch((error) => app.reporter.error(error, "question"));
    }),
    app.session.onKeyRefused.listen((reason) => {
      app.reporter.say("Warning", l10n.t("The stored API key was refused: {0}", reason), [
        "signIn",
        "showLog",
      ]);
    }),
  );
}
