import * as l10n from "@vscode/l10n";
import type { CancellationToken } from "vscode";
import type { App } from "../../app.js";
import { progressAfterDelay } from "../../ui/progress.js";
import { selectEnvironment } from "./selectEnvironment.js";

/** Checks the state of the workspace's environment. */
export async function refresh(app: App): Promise<void> {
  const { selection } = app.store.view;
  if (!selection) return selectEnvironment(app);
  const { accountId, environmentId } = selection;
  const title = l10n.t("Refreshing {0}", environmentId);
  const ask = (token: CancellationToken) =>
    app.session.ask("getEnvironment", { accountId, environmentId }, { token });
  await progressAfterDelay(title, ask, true);
}
