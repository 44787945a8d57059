import * as l10n from "@vscode/l10n";
import type { AccountSummary } from "../../protocol.g.js";
import { singleLine } from "../../util/text.js";

/** An account in the picker. */
export interface AccountLine {
  readonly label: string;
  readonly description: string;
  readonly detail?: string;
  readonly value: string;
}

/**
 * Returns the accounts to choose from, starting with the current one.
 * @param reached accounts that the current key has access to
 * @param entered IDs of accounts that have their own key
 * @param inUse ID of the current account
 */
export function accountLines(
  reached: readonly AccountSummary[],
  entered: readonly string[],
  inUse: string | undefined,
): AccountLine[] {
  const isReached = (id: string) => reached.some(({ accountId }) => accountId === id);
  const others = entered.filter((id) => !isReached(id)).map((accountId): AccountSummary => ({ accountId }));
  const lines = [...reached, ...others].map((account) => line(account, inUse));
  return lines.sort((one, other) => Number(other.value === inUse) - Number(one.value === inUse));
}

function line(
  { accountId, displayName, suspendState }: AccountSummary,
  inUse: string | undefined,
): AccountLine {
  const name = singleLine(displayName || accountId);
  const description = [
    name === accountId ? undefined : accountId,
    accountId === inUse ? l10n.t("in use") : undefined,
  ];
  const suspended = suspensionText(suspendState);
  return {
    label: name,
    description: description.filter(Boolean).join(" · "),
    ...(suspended !== undefined && { detail: suspended }),
    value: accountId,
  };
}

/** Returns why an account is suspended, or undefined if it isn't. */
export function suspensionText(state: string | undefined): string | undefined {
  switch (state) {
    case undefined:
    case "UNSUSPENDED":
      return undefined;
    case "FAILED_PAYMENTS":
      return l10n.t("Suspended: a payment failed.");
    case "CREDIT_DEPLETED":
      return l10n.t("Suspended: the credit is used up.");
    case "MONTHLY_SPEND_LIMIT_EXCEEDED":
      return l10n.t("Suspended: this month's spending limit was reached.");
    case "BLOCKED_BY_ABUSE_RULE":
      return l10n.t("Suspended: blocked by an abuse rule.");
    default:
      return l10n.t("Suspended: {0}.", singleLine(state));
  }
}
