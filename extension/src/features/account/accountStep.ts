import * as l10n from "@vscode/l10n";
import type { App } from "../../app.js";
import { pick } from "../../ui/pick.js";
import { type AccountLine, accountLines } from "./accounts.js";

/** What a person wants: the account of an id, or one of a key that they are yet to enter. */
export type AccountSelection = { readonly accountId: string } | "anotherKey";

/** Lets a person choose one of the accounts that the key in use reaches, or that a key was entered for. */
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
 * Lets a person choose one of the accounts that a key reaches which is not in use yet.
 * @returns the id
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
