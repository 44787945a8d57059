import * as l10n from "@vscode/l10n";
import type { NodePoolInfo } from "../../protocol.g.js";
import type { Objection } from "../../ui/ask.js";

/** What one rank gets on an instance type. */
export type RankUnit = "gpu" | "host" | "unknown";

/** AWS families with GPUs: p3, p5e, g5, g6e, gr6. */
const gpuFamily = /^(p|g|gr)\d/;
/** AWS families without accelerators: c7i, m6g, r5, x2gd, t3, i4i, d3, z1d, u7i, hpc7g, a1. */
const cpuFamily = /^(c|m|r|x|t|i|is|im|d|h|z|u|hpc|a)\d/;

/**
 * What one rank gets: a GPU on GPU pools, a host on CPU pools. The gateway does not say which kind a pool is; only the
 * name of its instance type tells, and where that name is none of AWS's nothing is claimed.
 */
export function rankUnit(instanceType: string | undefined): RankUnit {
  const name = instanceType?.toLowerCase() ?? "";
  if (!name.includes(".")) return "unknown";
  if (gpuFamily.test(name)) return "gpu";
  return cpuFamily.test(name) ? "host" : "unknown";
}

/** Says in words what a rank is on a node pool. */
export function rankMeaning({ instanceType }: NodePoolInfo): string {
  switch (rankUnit(instanceType)) {
    case "gpu":
      return l10n.t("Each rank gets one GPU.");
    case "host":
      return l10n.t("Each rank gets one host.");
    case "unknown":
      return l10n.t("Each rank gets one GPU on a GPU pool, one host on a CPU pool.");
  }
}

/** The greatest int32: what the gateway can be told. */
const mostRanks = 2_147_483_647;

/** What is wrong with a number of ranks as it was typed. */
export function rankObjection(
  text: string,
  { ceilingRanks, freeRanks }: NodePoolInfo,
): Objection | undefined {
  const ranks = parseRanks(text);
  if (ranks === undefined) return { message: l10n.t("A whole number, 1 or more."), severity: "error" };
  if (ceilingRanks !== undefined && ranks > ceilingRanks) {
    return {
      message: l10n.t("The node pool has room for {0} at most, as far as is known.", ceilingRanks),
      severity: "warning",
    };
  }
  if (freeRanks !== undefined && ranks > freeRanks) {
    return {
      message: l10n.t("Free now: {0}. For more the node pool has to grow, which takes time.", freeRanks),
      severity: "warning",
    };
  }
  return undefined;
}

/** A number of ranks, or undefined where the text is none. */
export function parseRanks(text: string): number | undefined {
  const digits = text.trim();
  if (!/^\d{1,10}$/.test(digits)) return undefined;
  const ranks = Number(digits);
  return ranks >= 1 && ranks <= mostRanks ? ranks : undefined;
}
