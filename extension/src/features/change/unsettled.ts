import * as l10n from "@vscode/l10n";
import type { AccountInfo, EnvironmentInfo, UnsettledChange } from "../../protocol.g.js";
import { nameOf } from "../../state/view.js";
import { singleLine } from "../../util/text.js";
import { stateLabel } from "../statusBar/states.js";

/** An unsettled change, and what the gateway now says of its environment; undefined where it says that there is none. */
export interface Settled {
  readonly unsettled: UnsettledChange;
  readonly environment: EnvironmentInfo | undefined;
}

/** Those that the account in use can ask the gateway about, and the others, which wait for theirs. */
export function splitByAccount(
  unsettled: readonly UnsettledChange[],
  account: AccountInfo | null | undefined,
): { readonly due: readonly UnsettledChange[]; readonly others: readonly UnsettledChange[] } {
  const isDue = ({ accountId }: UnsettledChange) => accountId === account?.accountId;
  return { due: unsettled.filter(isDue), others: unsettled.filter((change) => !isDue(change)) };
}

/** The one message about changes that VS Code or Companion left behind; undefined where there is nothing to say. */
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
