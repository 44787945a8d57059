import * as l10n from "@vscode/l10n";
import { durationText } from "../../util/duration.js";
import { amountText } from "./amount.js";
import type { Figures } from "./figures.js";
import { type Pivot, size } from "./pivot.js";
import type { Range } from "./range.js";

/** Returns the total in sentences. They claim no more than what was seen. */
export function summaryOf({ total, units, series }: Pivot, range: Range, figures: Figures): string[] {
  const { amount, cost, notWatchedSeconds, withoutRate } = total;
  if (series.length === 0) {
    return [
      l10n.t("No connections in the last {0} days.", range),
      l10n.t("From now on, Companion counts what it sees while VS Code is running."),
    ];
  }
  const hours = amountText(amount, units, figures);
  const money = cost === undefined ? undefined : figures.roundMoney(cost);
  return [
    notWatchedSeconds > 0 ? atLeast(hours, range, money) : exactly(hours, range, money),
    ...(notWatchedSeconds > 0 ? [l10n.t("{0} weren't watched.", durationText(notWatchedSeconds))] : []),
    ...(money !== undefined && size({ amount: withoutRate }) > 0
      ? [l10n.t("Without a rate: {0}.", amountText(withoutRate, units, figures))]
      : []),
  ];
}

function exactly(hours: string, range: Range, money: string | undefined): string {
  return money === undefined
    ? l10n.t("{0} in the last {1} days.", hours, range)
    : l10n.t("{0} in the last {1} days (≈ {2} at your rates).", hours, range, money);
}

function atLeast(hours: string, range: Range, money: string | undefined): string {
  return money === undefined
    ? l10n.t("At least {0} in the last {1} days.", hours, range)
    : l10n.t("At least {0} in the last {1} days (≈ {2} at your rates).", hours, range, money);
}
