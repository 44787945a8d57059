import * as l10n from "@vscode/l10n";
import type { App } from "../../app.js";
import { progressAfterDelay } from "../../ui/progress.js";
import { withAccount } from "../signIn/withAccount.js";
import { selectEnvironment } from "./selectEnvironment.js";

/** Asks the gateway how the workspace's environment is. */
export async function refresh(app: App): Promise<void> {
  const { selection } = app.store.view;
  if (!selection) return selectEnvironment(app);
  const { accountId, environmentId } = selection;
  await withAccount(app, l10n.t("Refresh"), async () => {
    await progressAfterDelay(l10n.t("Asking the gateway about {0}", environmentId), (token) =>
      app.session.ask("getEnvironment", { accountId, environmentId }, { token }),
    );
  });
}
