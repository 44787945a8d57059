import * as l10n from "@vscode/l10n";
import type { AccountInfo, EnvironmentInfo, UnsettledChange } from "../../protocol.g.js";
import { stateLabel } from "../../state/states.js";
import { nameOf } from "../../state/view.js";
import { singleLine } from "../../util/text.js";

/** An unsettled change, and its environment as the gateway describes it now, or undefined if it doesn't exist. */
export interface Settled {
  readonly unsettled: UnsettledChange;
  readonly environment: EnvironmentInfo | undefined;
}

/** Splits changes by whether they belong to the current account. */
export function splitByAccount(
  unsettled: readonly UnsettledChange[],
  account: AccountInfo | null | undefined,
): { readonly due: readonly UnsettledChange[]; readonly others: readonly UnsettledChange[] } {
  const isDue = ({ accountId }: UnsettledChange) => accountId === account?.accountId;
  return { due: unsettled.filter(isDue), others: unsettled.filter((change) => !isDue(change)) };
}

/**
 * Returns the text about changes that were interrupted when VS Code or Companion closed, or undefined if there are
 * none.
 */
export function interruptedText(settled: readonly Settled[]): string | undefined {
  const [only, another] = settled;
  if (!only) return undefined;
  if (another) {
    return l10n.t(
      "VS Code or Companion closed while changes were in progress. Current states: {0}. The requests weren't sent again.",
      settled.map(line).join("; "),
    );
  }
  return only.unsettled.change === "connect"
    ? l10n.t(
        "VS Code or Companion closed while {0} was being connected. Current state: {1}. The request wasn't sent again.",
        name(only),
        state(only),
      )
    : l10n.t(
        "VS Code or Companion closed while {0} was being disconnected. Current state: {1}. The request wasn't sent again.",
        name(only),
        state(only),
      );
}

function line(settled: Settled): string {
  return settled.unsettled.change === "connect"
    ? l10n.t("{0} (connect): {1}", name(settled), state(settled))
    : l10n.t("{0} (disconnect): {1}", name(settled), state(settled));
}

function name({ unsettled, environment }: Settled): string {
  return singleLine(nameOf(environment ?? unsettled));
}

function state({ environment }: Settled): string {
  return environment ? stateLabel(environment.state) : l10n.t("Not Found");
}
