import * as l10n from "@vscode/l10n";
import type { NodePoolInfo } from "../../protocol.g.js";
import { hardwareOf } from "../connect/rankUnit.js";
import type { Figures } from "./figures.js";

/** What a rank is. On a GPU node pool, it's one GPU. */
export type Unit = "gpu" | "rank";

/** Seconds, multiplied by the number of GPUs or other ranks. */
export type Amount = Readonly<Record<Unit, number>>;

export const nothing: Amount = { gpu: 0, rank: 0 };

export function unitOf(pool: Pick<NodePoolInfo, "instanceType">): Unit {
  return hardwareOf(pool) === "gpu" ? "gpu" : "rank";
}

export function plus(one: Amount, other: Amount): Amount {
  return { gpu: one.gpu + other.gpu, rank: one.rank + other.rank };
}

/** @param units the units to use if the amount is zero */
export function amountText(amount: Amount, units: readonly Unit[], { hours }: Figures): string {
  const used = units.filter((unit) => amount[unit] > 0);
  const [first = "", second] = (used.length > 0 ? used : units.slice(0, 1)).map((unit) =>
    unitText(unit, hours(amount[unit]), hours(3_600)),
  );
  return second === undefined ? first : l10n.t("{0} and {1}", first, second);
}

function unitText(unit: Unit, hours: string, one: string): string {
  if (unit === "gpu") return hours === one ? l10n.t("1 GPU-hour") : l10n.t("{0} GPU-hours", hours);
  return hours === one ? l10n.t("1 rank-hour") : l10n.t("{0} rank-hours", hours);
}
