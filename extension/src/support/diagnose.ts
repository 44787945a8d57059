import { setTimeout as delay } from "node:timers/promises";
import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { App } from "../app.js";
import type { Diagnosis, DiagnosisStep } from "../protocol.g.js";
import { progressAfterDelay } from "../ui/progress.js";
import { actionTitle, runAction } from "../ui/report.js";
import { diagnosisMarkdown, headline, iconOf, titleOf, verdictLabel } from "./steps.js";

/**
 * How long to wait for the stored key to be handed to a new server, in milliseconds. A broken network must not delay
 * the diagnosis.
 */
const handOverTimeout = 3_000;

/** Runs the diagnosis and shows each step with its duration, result, and fix. */
export async function diagnose(app: App): Promise<void> {
  const diagnosis = await progressAfterDelay(l10n.t("Diagnosing the connection to the gateway"), () =>
    askForDiagnosis(app),
  );
  app.log.info(diagnosisMarkdown(diagnosis));
  const choice = await show(diagnosis);
  const fix = choice && ("fix" in choice ? choice.fix : await showDetails(choice.step));
  if (fix) await applyFix(fix);
}

/** Gets the server's diagnosis for this workspace's environment. */
export async function askForDiagnosis({ server, session, store }: App): Promise<Diagnosis> {
  await server.ready();
  await Promise.race([
    session.ensureReady().catch(() => undefined),
    delay(handOverTimeout, undefined, { ref: false }),
  ]);
  const { selection } = store.view;
  return server.request(
    "diagnose",
    selection ? { environmentId: selection.environmentId, accountId: selection.accountId } : {},
  );
}

type Fix = NonNullable<DiagnosisStep["fix"]>;

interface Item extends vscode.QuickPickItem {
  readonly step: DiagnosisStep;
}

/** A step to show in detail, or a fix to apply. */
type Choice = { readonly step: DiagnosisStep } | { readonly fix: Fix | undefined };

function show(diagnosis: Diagnosis): Promise<Choice | undefined> {
  const picker = vscode.window.createQuickPick<Item>();
  const copy: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon("copy"),
    tooltip: l10n.t("Copy as Markdown"),
  };
  picker.title = l10n.t("Diagnosis: {0}", headline(diagnosis));
  picker.placeholder = l10n.t("Choose a step to see its details");
  picker.buttons = [copy];
  picker.matchOnDescription = picker.matchOnDetail = true;
  picker.ignoreFocusOut = true;
  picker.items = diagnosis.steps.map(itemOf);
  const culprit = picker.items.find(({ step }) => step.verdict === "failed");
  if (culprit) picker.activeItems = [culprit];
  return new Promise((resolve) => {
    picker.onDidTriggerButton(async () => {
      await vscode.env.clipboard.writeText(diagnosisMarkdown(diagnosis));
      vscode.window.setStatusBarMessage(l10n.t("Copied the diagnosis to the clipboard."), 5_000);
    });
    picker.onDidTriggerItemButton(({ item }) => {
      resolve({ fix: item.step.fix });
      picker.hide();
    });
    picker.onDidAccept(() => {
      const [item] = picker.selectedItems;
      if (!item) return;
      resolve({ step: item.step });
      picker.hide();
    });
    picker.onDidHide(() => {
      resolve(undefined);
      picker.dispose();
    });
    picker.show();
  });
}

/** Shows the full result of a step, which the list truncates. */
async function showDetails({ id, verdict, message, detail, fix }: DiagnosisStep): Promise<Fix | undefined> {
  const title = `${titleOf(id)}: ${verdictLabel(verdict)}`;
  const whole = detail ? `${message}\n\n${detail}` : message;
  const buttons = fix ? [{ title: fixTitle(fix), fix }] : [];
  return (await vscode.window.showInformationMessage(title, { modal: true, detail: whole }, ...buttons))?.fix;
}

function itemOf(step: DiagnosisStep): Item {
  const { id, verdict, milliseconds, message, detail, fix } = step;
  const time = verdict === "skipped" ? "" : ` · ${milliseconds} ms`;
  return {
    label: titleOf(id),
    iconPath: new vscode.ThemeIcon(iconOf(verdict)), // screen readers would read the name of an icon in the label
    description: `${verdictLabel(verdict)}${time}`,
    detail: (detail ? `${message} (${detail})` : message).replaceAll("$(", "$ ("),
    step,
    ...(fix && { buttons: [{ iconPath: new vscode.ThemeIcon("wrench"), tooltip: fixTitle(fix) }] }),
  };
}

function fixTitle(fix: Fix): string {
  return actionTitle(actionOf(fix));
}

async function applyFix(fix: Fix): Promise<void> {
  await runAction(actionOf(fix));
}

/** Connecting the same way as last time is what failed. */
function actionOf(fix: Fix) {
  return fix === "connect" ? "connectTo" : fix;
}
