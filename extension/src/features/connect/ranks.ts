import * as l10n from "@vscode/l10n";
import type { NodePoolInfo } from "../../protocol.g.js";
import { matches, type Texts } from "../../ui/matches.js";
import { hardwareOf, ranksPerNode } from "./rankUnit.js";

/** A number of ranks in the picker. */
export interface RankLine {
  readonly numRanks: number;
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  /** Whether the node pool has fewer free ranks than this. */
  readonly warns: boolean;
}

/** The maximum int32, which is the gateway's limit. */
const maxRanks = 2_147_483_647;

export function ranksText(numRanks: number): string {
  return numRanks === 1 ? l10n.t("1 rank") : l10n.t("{0} ranks", numRanks);
}

/** Returns a number of ranks in what they are on a node pool: GPUs, hosts, or simply ranks if that isn't known. */
export function amountText(numRanks: number, pool: NodePoolInfo | undefined): string {
  const one = numRanks === 1;
  switch (pool && hardwareOf(pool)) {
    case "gpu":
      return one ? l10n.t("1 GPU") : l10n.t("{0} GPUs", numRanks);
    case "cpu":
      return one ? l10n.t("1 host") : l10n.t("{0} hosts", numRanks);
    default:
      return ranksText(numRanks);
  }
}

/** Returns the numbers of ranks to offer: the last one, one rank, one and two full nodes, and all free ranks. */
export function rankLines(pool: NodePoolInfo, last: number | undefined): RankLine[] {
  const { freeRanks, ceilingRanks } = pool;
  const perNode = ranksPerNode(pool);
  const offered = new Map<number, string | undefined>();
  const offer = (numRanks: number | undefined, why: string | undefined) => {
    if (numRanks !== undefined && numRanks >= 1 && !offered.has(numRanks)) offered.set(numRanks, why);
  };
  offer(last, l10n.t("same as last time"));
  offer(1, undefined);
  if (perNode !== undefined && perNode > 1) {
    offer(perNode, l10n.t("one full node"));
    if (ceilingRanks === undefined || ceilingRanks >= 2 * perNode)
      offer(2 * perNode, l10n.t("two full nodes"));
  }
  offer(freeRanks, l10n.t("all that are free now"));
  return [...offered].map(([numRanks, why]) => rankLine(numRanks, pool, why));
}

export function rankLine(numRanks: number, pool: NodePoolInfo, why?: string): RankLine {
  const { warns, text } = room(numRanks, pool);
  return {
    numRanks,
    label: amountText(numRanks, pool),
    warns,
    ...(why && { description: why }),
    ...(text && { detail: text }),
  };
}

/**
 * Whether a node pool must scale up for a number of ranks, or can't provide it. False if its capacity is unknown.
 */
export function isShort(
  numRanks: number,
  { freeRanks, ceilingRanks }: NodePoolInfo,
): "grows" | "cannot" | false {
  if (ceilingRanks !== undefined && numRanks > ceilingRanks) return "cannot";
  return freeRanks !== undefined && numRanks > freeRanks ? "grows" : false;
}

/** Parses a number of ranks. Returns undefined if it's invalid. */
export function parseRanks(text: string): number | undefined {
  const digits = text.trim();
  if (!/^\d{1,10}$/.test(digits)) return undefined;
  const ranks = Number(digits);
  return ranks >= 1 && ranks <= maxRanks ? ranks : undefined;
}

/**
 * Decides what to show above the lines for an entered text: its number of ranks, or that it's invalid. Undefined if it's
 * enough that VS Code highlights the first line that matches.
 */
export function typedRanks(
  text: string,
  lines: readonly (Texts & { readonly value: unknown })[],
): number | "invalid" | undefined {
  const numRanks = parseRanks(text);
  const first = lines.find((line) => matches(line, text));
  if (numRanks !== undefined) return first?.value === numRanks ? undefined : numRanks;
  const isMeant = /\d/.test(text) ? first?.label.toLowerCase().startsWith(text.toLowerCase()) : first;
  return isMeant ? undefined : "invalid";
}

function room(numRanks: number, pool: NodePoolInfo): { warns: boolean; text: string | undefined } {
  const { freeRanks, ceilingRanks } = pool;
  switch (isShort(numRanks, pool)) {
    case "cannot":
      return {
        warns: true,
        text: l10n.t("This exceeds the node pool's known maximum of {0}.", ceilingRanks ?? 0),
      };
    case "grows":
      return {
        warns: true,
        text: l10n.t(
          "Only {0} free now. The node pool must scale up first, which takes time.",
          freeRanks ?? 0,
        ),
      };
    case false:
      return {
        warns: false,
        text: freeRanks === undefined ? undefined : l10n.t("{0} free now.", freeRanks),
      };
  }
}
