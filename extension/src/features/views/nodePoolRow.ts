import * as l10n from "@vscode/l10n";
import type { NodePoolInfo } from "../../protocol.g.js";
import { singleLine } from "../../util/text.js";
import { freeText, nodePoolLine, stateText } from "../connect/nodePools.js";
import type { RowContent } from "./row.js";

/** Returns the row of a node pool. What matters most comes first, because rows are short. */
export function nodePoolRow(pool: NodePoolInfo): RowContent {
  const { label, icon, refusal } = nodePoolLine(pool, undefined, false);
  const parts = [
    ...(refusal === undefined ? capacity(pool) : [stateText(pool)]),
    pool.zone && singleLine(pool.zone),
  ].filter(Boolean);
  return {
    label,
    description: parts.join(" · "),
    icon,
    contextValue: "nodePool",
    ariaLabel: [label, ...parts].join(", "),
  };
}

function capacity(pool: NodePoolInfo): (string | undefined)[] {
  const { freeRanks, ceilingRanks, ranksPerNode } = pool;
  const perNode =
    ranksPerNode !== undefined && ranksPerNode > 1 ? l10n.t("{0} per node", ranksPerNode) : undefined;
  if (freeRanks === undefined) return [l10n.t("free capacity unknown"), perNode];
  const free = freeText(freeRanks, pool);
  const canGrow = ceilingRanks !== undefined && ceilingRanks > freeRanks;
  return [canGrow ? l10n.t("{0}, up to {1}", free, ceilingRanks) : free, perNode];
}
