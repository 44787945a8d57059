import * as l10n from "@vscode/l10n";
import type { App } from "../../app.js";
import { pick } from "../../ui/pick.js";
import { type AccountLine, accountLines } from "./accounts.js";

/** The selected account, or a request to enter another key. */
export type AccountSelection = { readonly accountId: string } | "anotherKey";

/** Lets the user choose an account that the current key has access to, or that has its own key. */
export async function pickAccount(app: App): Promise<AccountSelection | undefined> {
  const list = async () => {
    const [reached, entered] = await Promise.all([app.credentials.reached(), app.credentials.entered()]);
    return accountLines(reached, entered, app.store.view.account?.accountId);
  };
  const lines = list().then((accounts) => [
    ...accounts.map((line) => ({ ...line, value: { accountId: line.value } })),
    { label: l10n.t("Sign in with another key…"), value: "anotherKey" as const },
  ]);
  const answer = await pick<AccountSelection>({
    title: l10n.t("Switch Account"),
    placeholder: l10n.t("Choose an account"),
    lines,
  });
  return typeof answer === "string" ? undefined : answer.value;
}

/**
 * Lets the user choose one of the accounts that a new key has access to.
 * @returns the account's ID
 */
export async function pickAccountForKey(app: App, apiKey: string): Promise<string | undefined> {
  const list = async (): Promise<AccountLine[]> =>
    accountLines(await app.credentials.reached(apiKey), [], undefined);
  const answer = await pick<string>({
    title: l10n.t("Sign In to Fireworks"),
    placeholder: l10n.t("The API key has access to several accounts. Choose one"),
    lines: list(),
  });
  return typeof answer === "string" ? undefined : answer.value;
}
