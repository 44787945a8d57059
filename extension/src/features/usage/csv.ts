import type { UsageGroup } from "../../protocol.g.js";
import { costOf, type Rates } from "./rates.js";

/** The columns are for programs, so their names don't depend on the language. */
const columns = [
  "environment_id",
  "name",
  "node_pool_id",
  "instance_type",
  "ranks",
  "created_by",
  "from",
  "until",
  "end",
  "connected_seconds",
  "rank_seconds",
  "not_watched_seconds",
  "cost",
  "currency",
];

/** Returns connections as CSV (RFC 4180), with a byte order mark, without which Excel reads another encoding. */
export function csvOf(connections: readonly UsageGroup[], rates: Rates): string {
  const lines = connections.map((group) => {
    const cost = costOf(group, rates);
    return [
      group.environmentId,
      group.displayName,
      group.nodePoolId,
      group.instanceType,
      group.numRanks,
      group.createdBy,
      group.from,
      group.until,
      group.end,
      group.connectedSeconds,
      group.rankSeconds,
      group.notWatchedSeconds,
      cost === undefined ? undefined : Number(cost.toFixed(4)),
      cost === undefined ? undefined : rates.currency,
    ];
  });
  return `\uFEFF${[columns, ...lines].map((line) => `${line.map(cell).join(",")}\r\n`).join("")}`;
}

function cell(value: string | number | undefined): string {
  if (typeof value !== "string") return String(value ?? "");
  // Names come from a gateway. A spreadsheet would run one that looks like a formula.
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
