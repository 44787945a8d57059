import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { App } from "../../app.js";
import { asRpcError, GoogleRpcCode, isRefusal } from "../../errors/rpcError.js";
import type { AccountInfo } from "../../protocol.g.js";
import { isSignedOutOnPurpose } from "../../session/signInMark.js";
import { ask } from "../../ui/ask.js";
import { pick } from "../../ui/pick.js";
import { progressAfterDelay } from "../../ui/progress.js";
import { leaveSandbox } from "../sandbox/sandbox.js";
import { pickAccountForKey } from "./accountStep.js";
import { suspensionText } from "./accounts.js";
import { apiKeyError } from "./apiKey.js";

/**
 * Signs in with the key that was found before a sign-out, if the user chooses it, or with one that the user enters.
 * @returns whether it succeeded
 */
export async function signIn(app: App): Promise<boolean> {
  if (app.store.view.sandbox && !(await confirmLeavingSandbox(app))) return false;
  const which = await whichKey(app);
  if (which === undefined) return false;
  return which === "found" ? signInWithFound(app) : askForKey(app);
}

async function whichKey(app: App): Promise<"found" | "entered" | undefined> {
  const mark = app.signInMark.read();
  if (!isSignedOutOnPurpose(mark) || !mark.foundIn) return "entered";
  const answer = await pick<"found" | "entered">({
    title: l10n.t("Sign In to Fireworks"),
    placeholder: l10n.t("Choose an API key"),
    lines: Promise.resolve([
      { label: l10n.t("The key in {0}", mark.foundIn), value: "found" },
      { label: l10n.t("Enter another key…"), value: "entered" },
    ]),
  });
  return typeof answer === "string" ? undefined : answer.value;
}

async function signInWithFound(app: App): Promise<boolean> {
  const account = await progressAfterDelay(l10n.t("Verifying the API key"), () =>
    app.credentials.signInWithFound(),
  );
  signedIn(app, account);
  return true;
}

/** Asks for an API key until the gateway accepts one. */
async function askForKey(app: App): Promise<boolean> {
  let refusal: string | undefined;
  for (;;) {
    const answer = await ask({
      title: l10n.t("Sign In to Fireworks"),
      prompt: l10n.t(
        "Enter the API key of your Fireworks account. It's stored only in VS Code's secret storage.",
      ),
      placeholder: "fw_…",
      masked: true,
      validate: apiKeyError,
      ...(refusal !== undefined && { refusal }),
    });
    if (typeof answer === "string") return false;
    const apiKey = answer.value.trim();
    try {
      const account = await verified(app, apiKey);
      if (account) signedIn(app, account);
      return account !== undefined;
    } catch (error) {
      if (!isRefusal(error)) throw error;
      app.log.warn("The gateway rejected the API key.");
      refusal = (error as Error).message;
    }
  }
}

/** Verifies a key and stores it. If it has access to several accounts, the user chooses one. */
async function verified(app: App, apiKey: string): Promise<AccountInfo | undefined> {
  const verify = (accountId?: string) =>
    progressAfterDelay(l10n.t("Verifying the API key"), () => app.credentials.signIn(apiKey, accountId));
  try {
    return await verify();
  } catch (error) {
    if (asRpcError(error)?.code !== GoogleRpcCode.FailedPrecondition) throw error;
    const accountId = await pickAccountForKey(app, apiKey);
    return accountId === undefined ? undefined : verify(accountId);
  }
}

/** Reports the sign-in. A selection in another account no longer applies to this workspace. */
function signedIn(app: App, account: AccountInfo): void {
  const { selection } = app.store.view;
  if (selection && selection.accountId !== account.accountId) app.session.select(undefined);
  const suspended = suspensionText(account.suspendState);
  if (suspended === undefined) app.reporter.notify("Information", welcome(account), []);
  else app.reporter.notify("Warning", `${welcome(account)} ${suspended}`, ["openBilling", "switchAccount"]);
}

async function confirmLeavingSandbox(app: App): Promise<boolean> {
  const leave = l10n.t("Leave the Sandbox");
  const message = l10n.t("The sandbox uses its own API key. To sign in with yours, leave the sandbox.");
  if ((await vscode.window.showInformationMessage(message, { modal: true }, leave)) !== leave) return false;
  await leaveSandbox(app);
  return true;
}

function welcome({ accountId, email }: AccountInfo): string {
  return email
    ? l10n.t("Signed in to account {0} as {1}.", accountId, email)
    : l10n.t("Signed in to account {0}.", accountId);
}
