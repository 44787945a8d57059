import type { NodePoolInfo } from "../../protocol.g.js";
import { singleLine } from "../../util/text.js";
import { nodePoolLine } from "../connect/nodePools.js";
import type { RowContent } from "./row.js";

/** Returns the row of a node pool: what the picker shows without an environment, with the zone. */
export function nodePoolRow(pool: NodePoolInfo): RowContent {
  const { label, detail, icon } = nodePoolLine(pool, undefined);
  const description = [detail, pool.zone && singleLine(pool.zone)].filter(Boolean).join(" · ");
  return {
    label,
    description,
    icon,
    contextValue: "nodePool",
    ariaLabel: `${label}, ${description.replaceAll(" · ", ", ")}`,
  };
}
