import * as l10n from "@vscode/l10n";
import type { ConnectionInfo, NodePoolInfo } from "../../protocol.g.js";
import { plain } from "../../util/text.js";
import { hardwareIcon, hardwareOf, rankMeaning } from "./rankUnit.js";

/** A node pool as a line of the picker. */
export interface NodePoolLine {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  /** A codicon's name. */
  readonly icon: string;
  /** Why it cannot be chosen. */
  readonly refusal: string | undefined;
}

/** Node pools that have something in common, in the order to show them. */
export interface NodePoolGroup {
  readonly heading: string;
  readonly pools: readonly NodePoolInfo[];
}

/** @param last the environment's present or last connection: its zone is where the volume is */
export function nodePoolLine(pool: NodePoolInfo, last: ConnectionInfo | undefined): NodePoolLine {
  const { nodePoolId, displayName, instanceType, spot, zone } = pool;
  const description = [
    displayName && displayName !== nodePoolId ? plain(displayName) : undefined,
    instanceType && plain(instanceType),
    spot ? l10n.t("spot") : undefined,
    zone && plain(zone),
  ];
  const refusal = reasonAgainst(pool);
  // The end of a line may be cut off: what decides comes first.
  const detail = refusal
    ? [unready(pool), rankMeaning(pool)]
    : [distance(pool, last), capacity(pool), rankMeaning(pool)];
  return {
    label: nodePoolId,
    description: description.filter(Boolean).join(" · "),
    detail: detail.filter(Boolean).join(" · "),
    icon: refusal === undefined ? hardwareIcon[hardwareOf(pool)] : "circle-slash",
    refusal,
  };
}

/** Why a node pool cannot be connected to; undefined where it is ready. */
export function reasonAgainst(pool: NodePoolInfo): string | undefined {
  if (pool.state === "READY") return undefined;
  return l10n.t("{0} cannot be used. It is {1}", pool.nodePoolId, unready(pool));
}

function unready({ state, status }: NodePoolInfo): string {
  const reason = status?.message || status?.code;
  return reason ? l10n.t("{0}: {1}", plain(state), plain(reason)) : plain(state);
}

/** The two zones, where a node pool is in another one than the environment's volume. */
export function zonesApart(
  { zone }: NodePoolInfo,
  last: ConnectionInfo | undefined,
): { readonly volume: string; readonly pool: string } | undefined {
  return zone && last?.zone && zone !== last.zone ? { volume: last.zone, pool: zone } : undefined;
}

/** The node pools in the order to show them: the last choice, those beside the volume, those elsewhere, those not ready. */
export function nodePoolGroups(
  pools: readonly NodePoolInfo[],
  last: ConnectionInfo | undefined,
  lastId: string | undefined,
): NodePoolGroup[] {
  const ready = pools.filter((pool) => reasonAgainst(pool) === undefined);
  const others = ready.filter(({ nodePoolId }) => nodePoolId !== lastId);
  const volume = last?.zone;
  const near = volume ? others.filter(({ zone }) => zone === volume) : [];
  const apart = others.filter((pool) => zonesApart(pool, last));
  const groups = [
    { heading: l10n.t("Last time"), pools: ready.filter(({ nodePoolId }) => nodePoolId === lastId) },
    { heading: l10n.t("Zone of the volume"), pools: near },
    {
      heading: volume ? l10n.t("Zone not known") : l10n.t("Ready"),
      pools: others.filter((pool) => !near.includes(pool) && !apart.includes(pool)),
    },
    { heading: l10n.t("Another zone"), pools: apart },
    { heading: l10n.t("Not ready"), pools: pools.filter((pool) => !ready.includes(pool)) },
  ];
  return groups.filter((group) => group.pools.length > 0);
}

function capacity({ freeRanks, ceilingRanks }: NodePoolInfo): string {
  if (freeRanks === undefined) return l10n.t("what is free is not known");
  if (ceilingRanks === undefined || ceilingRanks <= freeRanks)
    return l10n.t("free ranks: {0} now", freeRanks);
  return l10n.t("free ranks: {0} now, {1} if it grows", freeRanks, ceilingRanks);
}

function distance(pool: NodePoolInfo, last: ConnectionInfo | undefined): string | undefined {
  const zones = zonesApart(pool, last);
  return zones && l10n.t("volume in {0}: slow to move", plain(zones.volume));
}
