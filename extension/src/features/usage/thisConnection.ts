import * as l10n from "@vscode/l10n";
import { elapsed } from "../../state/elapsed.js";
import { freshness } from "../../state/freshness.js";
import type { View } from "../../state/view.js";
import { durationText } from "../../util/duration.js";
import { amountText, nothing, unitOf } from "./amount.js";
import type { Figures } from "./figures.js";
import { costOf, type Rates } from "./rates.js";

/**
 * Returns how much the current connection has used so far, if that's known.
 * @param now wall clock time in milliseconds
 * @param instanceType the node pool's, if it's known
 */
export function thisConnection(
  { environment, ...view }: View,
  now: number,
  instanceType: string | undefined,
  settings: () => { readonly rates: Rates; readonly figures: Figures },
): string | undefined {
  const { connection, state } = environment ?? {};
  if (!environment || state !== "CONNECTED" || freshness({ environment, ...view }, now) !== "present")
    return undefined;
  const seconds = elapsed(environment, now)?.seconds;
  if (!seconds || connection?.numRanks === undefined) return undefined;
  const { rates, figures } = settings();
  const rankSeconds = seconds * connection.numRanks;
  const pool = { nodePoolId: connection.nodePoolId, ...(instanceType !== undefined && { instanceType }) };
  const unit = unitOf(pool);
  const amount = amountText({ ...nothing, [unit]: rankSeconds }, [unit], figures);
  const cost = costOf({ ...pool, rankSeconds }, rates);
  const duration = durationText(seconds);
  return cost === undefined
    ? l10n.t("{0}, {1}", duration, amount)
    : l10n.t("{0}, {1} (≈ {2})", duration, amount, figures.roundMoney(cost));
}
