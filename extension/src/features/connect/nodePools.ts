import * as l10n from "@vscode/l10n";
import type { ConnectionInfo, NodePoolInfo } from "../../protocol.g.js";
import { plain } from "../../util/text.js";

/** A node pool as a line of the picker. */
export interface NodePoolLine {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  /** Why it cannot be chosen. */
  readonly refusal: string | undefined;
}

/** @param last the environment's present or last connection: its zone is where the volume is */
export function nodePoolLine(pool: NodePoolInfo, last: ConnectionInfo | undefined): NodePoolLine {
  const { nodePoolId, displayName, state, instanceType, spot, zone } = pool;
  const ready = state === "READY";
  const description = [
    displayName && displayName !== nodePoolId ? plain(displayName) : undefined,
    ready ? l10n.t("ready") : plain(state),
    instanceType && plain(instanceType),
    spot ? l10n.t("spot") : undefined,
    zone && plain(zone),
  ];
  const refusal = ready ? undefined : reasonAgainst(pool);
  const detail = refusal ?? [capacity(pool), distance(pool, last)].filter(Boolean).join(" ");
  return { label: nodePoolId, description: description.filter(Boolean).join(" · "), detail, refusal };
}

function reasonAgainst({ nodePoolId, state, status }: NodePoolInfo): string {
  const reason = status?.message || status?.code;
  return reason
    ? l10n.t("{0} cannot be used: it is {1}, {2}", nodePoolId, plain(state), plain(reason))
    : l10n.t("{0} cannot be used: it is {1}", nodePoolId, plain(state));
}

function capacity({ freeRanks, ceilingRanks }: NodePoolInfo): string {
  if (freeRanks === undefined) return l10n.t("What is free is not known.");
  if (ceilingRanks === undefined || ceilingRanks <= freeRanks)
    return l10n.t("Free ranks: {0} now.", freeRanks);
  return l10n.t("Free ranks: {0} now, {1} if the pool grows.", freeRanks, ceilingRanks);
}

function distance({ zone }: NodePoolInfo, last: ConnectionInfo | undefined): string | undefined {
  if (!zone || !last?.zone || zone === last.zone) return undefined;
  return l10n.t("Not in the zone of the volume ({0}): moving it takes time.", plain(last.zone));
}

/** The node pools in the order to show them: the last choice first, then those that can be chosen. */
export function inOrder(pools: readonly NodePoolInfo[], lastId: string | undefined): NodePoolInfo[] {
  const rank = ({ state, nodePoolId }: NodePoolInfo) =>
    state !== "READY" ? 2 : nodePoolId === lastId ? 0 : 1;
  return [...pools].sort((a, b) => rank(a) - rank(b));
}
