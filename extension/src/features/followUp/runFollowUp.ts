import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { App } from "../../app.js";
import type { EnvironmentInfo } from "../../protocol.g.js";
import { readFollowUp } from "../../settings.js";
import { isSelected } from "../../state/view.js";
import { confirm } from "./confirm.js";
import { decide, followUpSettings, type Occasion } from "./decide.js";
import { fingerprint } from "./followUp.js";
import { launch } from "./launch.js";
import { variables } from "./variables.js";

/**
 * Runs what the user set up for after a change that this window made and that took effect. A failure is shown, and
 * changes nothing about the change. Nothing is logged, because arguments might contain secrets.
 */
export async function runFollowUp(
  app: App,
  change: Occasion["change"],
  environment: EnvironmentInfo,
): Promise<void> {
  const { id } = followUpSettings[change];
  try {
    await confirmAndRun(app, change, environment);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    app.reporter.notify("Error", l10n.t("{0} failed: {1}", id, reason), ["openSettings"]);
  }
}

async function confirmAndRun(
  { globalState, reporter, store }: App,
  change: Occasion["change"],
  environment: EnvironmentInfo,
): Promise<void> {
  const { id } = followUpSettings[change];
  // Not in Settings Sync: each machine has its own approvals.
  const approvalKey = `approved.${id}`;
  const { view } = store;
  const decision = decide({
    change,
    state: environment.state,
    value: readFollowUp(id),
    approved: globalState.get<string>(approvalKey),
    isTrusted: vscode.workspace.isTrusted,
    isDisconnectPlanned: isSelected(view, environment) && view.plannedDisconnect !== undefined,
  });
  if (decision.step === "nothing") return;
  if (decision.step === "refuse") return reporter.notify("Error", decision.message, ["openSettings"]);
  const { followUp } = decision;
  const answer = decision.step === "run" ? "once" : await confirm(id, followUp);
  if (!answer) return;
  if (answer === "always") await globalState.update(approvalKey, fingerprint(followUp));
  await launch(followUp, variables(environment, view.sandbox));
}
