import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { App } from "../../app.js";
import { AccountNeeded } from "../../session/accountNeeded.js";
import { isSignedOut } from "../../state/view.js";
import { pick } from "../../ui/pick.js";
import { progressAfterDelay } from "../../ui/progress.js";
import { enterSandbox } from "../sandbox/sandbox.js";
import { signIn } from "./signIn.js";
import { switchAccount } from "./switchAccount.js";

/**
 * Whether there's an account. If not, asks the user to sign in or enter the sandbox.
 * @param title the command that needs the account
 */
export async function ensureAccount(app: App, title: string): Promise<boolean> {
  try {
    await progressAfterDelay(l10n.t("Starting Companion's server"), () => app.session.ensureReady());
  } catch (error) {
    if (!(error instanceof AccountNeeded)) throw error;
    if (!(await switchAccount(app))) return false;
  }
  return !isSignedOut(app.store.view) || askForAccount(app, title);
}

async function askForAccount(app: App, title: string): Promise<boolean> {
  const inBrowser = vscode.env.uiKind === vscode.UIKind.Web;
  const lines = async () => [
    ...(inBrowser && (await app.credentials.needsReload()) ? [reload()] : []),
    ...otherWays(),
  ];
  const answer = await pick<"reload" | "signIn" | "sandbox">({
    title,
    placeholder: l10n.t("You're not signed in"),
    lines: lines(),
  });
  if (typeof answer === "string") return false;
  switch (answer.value) {
    case "reload":
      await vscode.commands.executeCommand("workbench.action.reloadWindow");
      return false;
    case "signIn":
      return signIn(app);
    case "sandbox":
      await enterSandbox(app);
      return true;
  }
}

function reload() {
  return {
    label: l10n.t("Reload Window"),
    detail: l10n.t("You signed in from another window. Reload this one to use the same API key."),
    value: "reload" as const,
  };
}

function otherWays() {
  return [
    {
      label: l10n.t("Sign In…"),
      detail: l10n.t("Use the API key of your Fireworks account."),
      value: "signIn" as const,
    },
    {
      label: l10n.t("Try the Sandbox"),
      detail: l10n.t("Nothing in it is real, and nothing costs money."),
      value: "sandbox" as const,
    },
  ];
}
