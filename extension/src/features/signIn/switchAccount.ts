import * as l10n from "@vscode/l10n";
import type { App } from "../../app.js";
import { UserError } from "../../errors/userError.js";
import { AccountNeeded } from "../../session/accountNeeded.js";
import { readSettings } from "../../settings.js";
import { isSignedOut } from "../../state/view.js";
import { progressAfterDelay } from "../../ui/progress.js";
import { confirmLeaving } from "../lease/confirmLeaving.js";
import { pickAccount } from "./accountStep.js";
import { signIn } from "./signIn.js";

/**
 * Switches this workspace to another account.
 * @returns whether the workspace has an account afterwards
 */
export async function switchAccount(app: App): Promise<boolean> {
  const fixed = readSettings().accountId;
  if (fixed !== "") {
    const message = l10n.t(
      "You can't switch accounts because the companion.accountId setting is set to {0}.",
      fixed,
    );
    throw new UserError(message, ["openSettings"]);
  }
  if (app.runningChanges.any) {
    throw new UserError(
      l10n.t("A change is in progress. Wait for it to finish, or stop waiting, and then try again."),
      ["tryAgain"],
    );
  }
  await progressAfterDelay(l10n.t("Starting Companion's server"), () => ensureReady(app));
  if (isSignedOut(app.store.view)) return signIn(app);
  const wanted = await pickAccount(app);
  if (wanted === undefined) return false;
  const isSame = wanted !== "anotherKey" && wanted.accountId === app.store.view.account?.accountId;
  if (!isSame && !(await confirmSwitch(app))) return false;
  if (wanted === "anotherKey") return signIn(app);
  await switchToAccount(app, wanted.accountId);
  return true;
}

function confirmSwitch(app: App): Promise<boolean> {
  return confirmLeaving(app, {
    question: l10n.t("Switch accounts? This window won't disconnect these environments at their end."),
    disconnectFirst: l10n.t("Disconnect and Switch"),
    leave: l10n.t("Switch Account"),
  });
}

async function switchToAccount(app: App, accountId: string): Promise<void> {
  const title = l10n.t("Switching to account {0}", accountId);
  await progressAfterDelay(title, () => app.credentials.switchTo(accountId));
  const { selection } = app.store.view;
  if (selection && selection.accountId !== accountId) app.session.select(undefined);
  app.reporter.notify("Information", l10n.t("This workspace now uses account {0}.", accountId), []);
}

/** Ignores {@link AccountNeeded}, because the user is about to choose an account. */
async function ensureReady(app: App): Promise<void> {
  try {
    await app.session.ensureReady();
  } catch (error) {
    if (!(error instanceof AccountNeeded)) throw error;
  }
}
