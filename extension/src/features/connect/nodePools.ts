import * as l10n from "@vscode/l10n";
import type { ConnectionInfo, NodePoolInfo } from "../../protocol.g.js";
import { singleLine } from "../../util/text.js";
import { hardwareIcon, hardwareOf, rankMeaning } from "./rankUnit.js";

/** A node pool in the picker. */
export interface NodePoolLine {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  /** The name of a codicon. */
  readonly icon: string;
  /** Why it can't be chosen. */
  readonly refusal: string | undefined;
}

/** A group of node pools in the picker. */
export interface NodePoolGroup {
  readonly heading: string;
  readonly pools: readonly NodePoolInfo[];
}

/** @param last the environment's current or last connection; its zone is the volume's */
export function nodePoolLine(pool: NodePoolInfo, last: ConnectionInfo | undefined): NodePoolLine {
  const { nodePoolId, displayName, instanceType, spot, zone } = pool;
  const description = [
    displayName && displayName !== nodePoolId ? singleLine(displayName) : undefined,
    instanceType && singleLine(instanceType),
    spot ? l10n.t("spot") : undefined,
    zone && singleLine(zone),
  ];
  const refusal = unavailableReason(pool);
  // VS Code truncates long lines, so what matters most comes first.
  const detail = refusal ? [stateText(pool), rankMeaning(pool)] : [distance(pool, last), ...capacity(pool)];
  return {
    label: nodePoolId,
    description: description.filter(Boolean).join(" · "),
    detail: detail.filter(Boolean).join(" · "),
    icon: refusal === undefined ? hardwareIcon[hardwareOf(pool)] : "circle-slash",
    refusal,
  };
}

/** Returns why a node pool can't be used, or undefined if it's ready. */
export function unavailableReason(pool: NodePoolInfo): string | undefined {
  if (pool.state === "READY") return undefined;
  return l10n.t("{0} can't be used. State: {1}", pool.nodePoolId, stateText(pool));
}

export function stateText({ state, status }: NodePoolInfo): string {
  const reason = status?.message || status?.code;
  return reason ? l10n.t("{0}: {1}", singleLine(state), singleLine(reason)) : singleLine(state);
}

/** Returns the two zones if the node pool isn't in the zone of the environment's volume. */
export function zonesApart(
  { zone }: NodePoolInfo,
  last: ConnectionInfo | undefined,
): { readonly volume: string; readonly pool: string } | undefined {
  return zone && last?.zone && zone !== last.zone ? { volume: last.zone, pool: zone } : undefined;
}

/** Groups the node pools: last used, same zone as the volume, other zones, not ready. */
export function nodePoolGroups(
  pools: readonly NodePoolInfo[],
  last: ConnectionInfo | undefined,
  lastId: string | undefined,
): NodePoolGroup[] {
  const ready = pools.filter((pool) => unavailableReason(pool) === undefined);
  const others = ready.filter(({ nodePoolId }) => nodePoolId !== lastId);
  const volume = last?.zone;
  const near = volume ? others.filter(({ zone }) => zone === volume) : [];
  const apart = others.filter((pool) => zonesApart(pool, last));
  const groups = [
    { heading: l10n.t("Last used"), pools: ready.filter(({ nodePoolId }) => nodePoolId === lastId) },
    { heading: l10n.t("Same zone as the volume"), pools: near },
    {
      heading: volume ? l10n.t("Unknown zone") : l10n.t("Ready"),
      pools: others.filter((pool) => !near.includes(pool) && !apart.includes(pool)),
    },
    { heading: l10n.t("Other zones"), pools: apart },
    { heading: l10n.t("Not ready"), pools: pools.filter((pool) => !ready.includes(pool)) },
  ];
  return groups.filter((group) => group.pools.length > 0);
}

function capacity(pool: NodePoolInfo): string[] {
  const { freeRanks, ceilingRanks, ranksPerNode } = pool;
  if (freeRanks === undefined) return [l10n.t("free capacity unknown"), rankMeaning(pool)];
  const free = freeText(freeRanks, pool);
  return [
    ceilingRanks === undefined || ceilingRanks <= freeRanks
      ? free
      : l10n.t("{0} (up to {1} with autoscaling)", free, ceilingRanks),
    ranksPerNode !== undefined && ranksPerNode > 1 ? l10n.t("{0} per node", ranksPerNode) : "",
    hardwareOf(pool) === "accelerator" ? l10n.t("accelerators, not GPUs") : "",
  ];
}

/** On a GPU node pool, a rank is one GPU; on a CPU node pool, it's one host. */
export function freeText(freeRanks: number, pool: NodePoolInfo): string {
  const one = freeRanks === 1;
  switch (hardwareOf(pool)) {
    case "gpu":
      return one ? l10n.t("1 GPU free") : l10n.t("{0} GPUs free", freeRanks);
    case "cpu":
      return one ? l10n.t("1 host free") : l10n.t("{0} hosts free", freeRanks);
    default:
      return one ? l10n.t("1 rank free") : l10n.t("{0} ranks free", freeRanks);
  }
}

function distance(pool: NodePoolInfo, last: ConnectionInfo | undefined): string | undefined {
  const zones = zonesApart(pool, last);
  return zones && l10n.t("volume in {0}, slow to move", singleLine(zones.volume));
}
