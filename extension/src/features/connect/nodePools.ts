import * as l10n from "@vscode/l10n";
import type { ConnectionInfo, EnvironmentInfo, NodePoolInfo } from "../../protocol.g.js";
import { naturalOrder } from "../../util/naturalOrder.js";
import { singleLine } from "../../util/text.js";
import { gpusOf, says } from "./instanceTypes.js";
import { hardwareIcon, hardwareOf, rankMeaning, ranksPerNode } from "./rankUnit.js";

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

/**
 * @param last the environment's current or last connection; its zone is the volume's
 * @param isUnavailable whether the usage was requested in vain
 */
export function nodePoolLine(
  pool: NodePoolInfo,
  last: ConnectionInfo | undefined,
  isUnavailable: boolean,
): NodePoolLine {
  const { nodePoolId, displayName, instanceType, spot, zone } = pool;
  const description = [
    displayName && displayName !== nodePoolId ? singleLine(displayName) : undefined,
    instanceType && singleLine(instanceType),
    gpusText(pool),
    spot ? l10n.t("spot") : undefined,
    zone && singleLine(zone),
  ];
  const refusal = unavailableReason(pool);
  // VS Code truncates long lines, so what matters most comes first.
  const detail = refusal
    ? [stateText(pool), rankMeaning(pool)]
    : [distance(pool, last), ...capacity(pool, isUnavailable)];
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
  return l10n.t("{0} can't be used ({1})", pool.nodePoolId, stateText(pool));
}

/** Returns the state in words, with the gateway's reason. Unknown states keep the gateway's name. */
export function stateText({ state, status }: NodePoolInfo): string {
  const word = singleLine(stateWords[state]?.() ?? state);
  const reason = status?.message || status?.code;
  return reason ? l10n.t("{0}: {1}", word, singleLine(reason)) : word;
}

const stateWords: Readonly<Record<string, () => string>> = {
  STATE_UNSPECIFIED: () => l10n.t("state unknown"),
  CREATING: () => l10n.t("being created"),
  DELETING: () => l10n.t("being deleted"),
  FAILED: () => l10n.t("failed"),
};

/** Returns the two zones if the node pool isn't in the zone of the environment's volume. */
export function zonesApart(
  { zone }: NodePoolInfo,
  last: ConnectionInfo | undefined,
): { readonly volume: string; readonly pool: string } | undefined {
  return zone && last?.zone && zone !== last.zone ? { volume: last.zone, pool: zone } : undefined;
}

/**
 * Groups the node pools: connected, last used, same zone as the volume, other zones, not ready. In each group, those
 * with room come first.
 */
export function nodePoolGroups(
  pools: readonly NodePoolInfo[],
  { state, connection }: EnvironmentInfo,
  lastId: string | undefined,
): NodePoolGroup[] {
  const connectedId = state === "CONNECTED" ? connection?.nodePoolId : undefined;
  const volume = connection?.zone;
  const headingOf = (pool: NodePoolInfo) => {
    if (unavailableReason(pool) !== undefined) return l10n.t("Not ready");
    if (pool.nodePoolId === connectedId) return l10n.t("Connected");
    if (pool.nodePoolId === lastId) return l10n.t("Last used");
    if (zonesApart(pool, connection)) return l10n.t("Other zones");
    if (!volume) return l10n.t("Ready");
    return pool.zone ? l10n.t("Same zone as the volume") : l10n.t("Unknown zone");
  };
  const headings = [
    l10n.t("Connected"),
    l10n.t("Last used"),
    l10n.t("Same zone as the volume"),
    l10n.t("Ready"),
    l10n.t("Unknown zone"),
    l10n.t("Other zones"),
    l10n.t("Not ready"),
  ];
  const sorted = [...pools].sort(
    (one, other) => roomRank(one) - roomRank(other) || naturalOrder(one.nodePoolId, other.nodePoolId),
  );
  const placed = sorted.map((pool) => ({ pool, heading: headingOf(pool) }));
  const groups = headings.map((heading) => ({
    heading,
    pools: placed.filter((one) => one.heading === heading).map(({ pool }) => pool),
  }));
  return groups.filter((group) => group.pools.length > 0);
}

/** 0 with room, 1 if that isn't known yet, 2 without. */
function roomRank({ freeRanks }: NodePoolInfo): number {
  return freeRanks === undefined ? 1 : freeRanks > 0 ? 0 : 2;
}

/** Returns the node pool to start with: the last one, or else the first one with GPUs that might have room. */
export function firstChoice(
  groups: readonly NodePoolGroup[],
  lastId: string | undefined,
): NodePoolInfo | undefined {
  const all = groups.flatMap(({ pools }) => pools).filter((pool) => unavailableReason(pool) === undefined);
  return (
    all.find(({ nodePoolId }) => nodePoolId === lastId) ??
    all.find((pool) => hardwareOf(pool) === "gpu" && pool.freeRanks !== 0)
  );
}

/** The number of rows whose usage is requested at once. The others' is requested when the user moves to them. */
const firstRows = 20;

/** Returns the node pools among the first rows whose usage matters and isn't known. */
export function withoutUsage(groups: readonly NodePoolGroup[]): NodePoolInfo[] {
  return groups
    .flatMap(({ pools }) => pools)
    .slice(0, firstRows)
    .filter(needsUsage);
}

/** Whether a node pool can be chosen, but the list didn't say how much of it is free. */
export function needsUsage(pool: NodePoolInfo): boolean {
  return pool.freeRanks === undefined && unavailableReason(pool) === undefined;
}

/** Returns the GPUs of a node, unless the name of the node pool already says them. */
function gpusText({ nodePoolId, displayName = "", instanceType }: NodePoolInfo): string | undefined {
  const gpus = gpusOf(instanceType);
  if (!gpus || says(nodePoolId, gpus) || says(displayName, gpus)) return undefined;
  return l10n.t("{0} × {1}", gpus.count, gpus.model);
}

function capacity(pool: NodePoolInfo, isUnavailable: boolean): string[] {
  const { freeRanks, ceilingRanks } = pool;
  if (freeRanks === undefined) {
    // A row without a detail would be lower, and those below it would move once it has one.
    const unknown = isUnavailable ? l10n.t("free capacity unknown") : l10n.t("free capacity not checked yet");
    return [unknown, rankMeaning(pool)];
  }
  const perNode = ranksPerNode(pool);
  const free = freeText(freeRanks, pool);
  return [
    ceilingRanks === undefined || ceilingRanks <= freeRanks
      ? free
      : l10n.t("{0} (up to {1} with autoscaling)", free, ceilingRanks),
    perNode !== undefined && perNode > 1 ? l10n.t("{0} per node", perNode) : "",
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
