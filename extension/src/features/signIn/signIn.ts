import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { App } from "../../app.js";
import { isRefusal } from "../../errors/rpcError.js";
import type { AccountInfo } from "../../protocol.g.js";
import { ask } from "../../ui/ask.js";
import { progressAfterDelay } from "../../ui/progress.js";
import { leaveSandbox } from "../sandbox/sandbox.js";
import { apiKeyObjection } from "./apiKey.js";

/**
 * Asks for an API key until the gateway accepts one.
 * @returns true where it did
 */
export async function signIn(app: App): Promise<boolean> {
  if (app.store.view.sandbox && !(await outOfSandbox(app))) return false;
  let refusal: string | undefined;
  for (;;) {
    const answer = await ask({
      title: l10n.t("Sign In to Fireworks"),
      prompt: l10n.t(
        "API key of your Fireworks account. It is kept in VS Code's secret storage, and nowhere else.",
      ),
      placeholder: "fw_…",
      masked: true,
      validate: apiKeyObjection,
      ...(refusal !== undefined && { refusal }),
    });
    if (typeof answer === "string") return false;
    try {
      const account = await progressAfterDelay(l10n.t("Verifying the API key"), () =>
        app.session.signIn(answer.value.trim()),
      );
      app.reporter.say("Information", welcome(account), []);
      return true;
    } catch (error) {
      if (!isRefusal(error)) throw error;
      app.log.warn("The gateway refused the API key.");
      refusal = (error as Error).message;
    }
  }
}

async function outOfSandbox(app: App): Promise<boolean> {
  const leave = l10n.t("Leave the Sandbox");
  const message = l10n.t("The sandbox has a key of its own. To sign in with yours, leave the sandbox.");
  if ((await vscode.window.showInformationMessage(message, { modal: true }, leave)) !== leave) return false;
  await leaveSandbox(app);
  return true;
}

function welcome({ accountId, email }: AccountInfo): string {
  return email
    ? l10n.t("Signed in to account {0} as {1}.", accountId, email)
    : l10n.t("Signed in to account {0}.", accountId);
}
