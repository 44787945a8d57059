import * as l10n from "@vscode/l10n";
import type { App } from "../../app.js";
import { confirmLeaving } from "../lease/confirmLeaving.js";
import { enterSandbox } from "./sandbox.js";

/** Enters the sandbox, explains it, and offers the next step. */
export async function trySandbox(app: App): Promise<void> {
  if (!app.store.view.sandbox && !(await confirmEntering(app))) return;
  await enterSandbox(app);
  const message = l10n.t("You're in the sandbox. Nothing in it is real, and nothing costs money.");
  app.reporter.notify("Information", message, ["connect", "leaveSandbox"]);
}

function confirmEntering(app: App): Promise<boolean> {
  return confirmLeaving(app, {
    question: l10n.t(
      "Enter the sandbox? Until you leave it, this window won't disconnect these environments at their end.",
    ),
    disconnectFirst: l10n.t("Disconnect and Enter"),
    leave: l10n.t("Enter the Sandbox"),
  });
}
