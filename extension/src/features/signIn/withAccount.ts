import * as l10n from "@vscode/l10n";
import type { App } from "../../app.js";
import { AccountNeeded } from "../../session/accountNeeded.js";
import { isSignedOut } from "../../state/view.js";
import { pick } from "../../ui/pick.js";
import { progressAfterDelay } from "../../ui/progress.js";
import { switchAccount } from "../account/switchAccount.js";
import { enterSandbox } from "../sandbox/sandbox.js";
import { signIn } from "./signIn.js";

/** Does work that needs an account. Where there is none it asks for one, or for the sandbox, and then goes on. */
export async function withAccount(app: App, title: string, work: () => Promise<void>): Promise<void> {
  try {
    await progressAfterDelay(l10n.t("Starting Companion's server"), () => app.session.begin());
  } catch (error) {
    if (!(error instanceof AccountNeeded)) throw error;
    if (!(await switchAccount(app))) return;
  }
  if (!isSignedOut(app.store.view) || (await findsAccount(app, title))) await work();
}

async function findsAccount(app: App, title: string): Promise<boolean> {
  const answer = await pick<"signIn" | "sandbox">({
    title,
    placeholder: l10n.t("You are not signed in"),
    lines: Promise.resolve([
      {
        label: l10n.t("Sign In…"),
        detail: l10n.t("With the API key of your Fireworks account."),
        value: "signIn",
      },
      {
        label: l10n.t("Try the Sandbox"),
        detail: l10n.t("Nothing in it is real, and nothing costs money."),
        value: "sandbox",
      },
    ]),
  });
  if (typeof answer === "string") return false;
  if (answer.value === "signIn") return signIn(app);
  await enterSandbox(app);
  return true;
}
