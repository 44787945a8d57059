import * as l10n from "@vscode/l10n";
import type { App } from "../../app.js";
import { withAccount } from "../signIn/withAccount.js";
import { pickEnvironment } from "./environmentStep.js";

/** Selects the environment for this workspace. */
export async function selectEnvironment(app: App): Promise<void> {
  const title = l10n.t("Select Environment");
  await withAccount(app, title, async () => {
    const answer = await pickEnvironment(app, title);
    if (typeof answer === "object") app.session.select(answer.value);
  });
}
