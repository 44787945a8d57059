import * as l10n from "@vscode/l10n";
import type { App } from "../../app.js";
import { pickEnvironment } from "./environmentStep.js";

/** Selects the environment for this workspace. */
export async function selectEnvironment(app: App): Promise<void> {
  const answer = await pickEnvironment(app, l10n.t("Select Environment"));
  if (typeof answer === "object") app.session.select(answer.value);
}
