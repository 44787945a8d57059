import * as l10n from "@vscode/l10n";
import type { NodePoolInfo } from "../../protocol.g.js";
import { gpusOf } from "./instanceTypes.js";

/** The hardware of a node pool. */
export type Hardware = "gpu" | "accelerator" | "cpu" | "unknown";

/** AWS families with GPUs: p3, p5e, g5, g6e, gr6. */
const gpuFamily = /^(p|g|gr)\d/;
/** AWS families with accelerators other than GPUs: Trainium, Inferentia, Gaudi, and Cloud AI 100. */
const acceleratorFamily = /^(trn|inf|dl)\d/;
/** AWS families without accelerators: c7i, m6g, r5, x2gd, t3, i4i, d3, z1d, u7i, hpc7g, and a1. */
const cpuFamily = /^(c|m|r|x|t|i|is|im|d|h|z|u|hpc|a)\d/;

/**
 * Derives the hardware from the instance type, because the gateway doesn't report it. Returns unknown if the type
 * isn't one of AWS's, or if a node has more ranks than a CPU node can have.
 */
export function hardwareOf({
  instanceType,
  ranksPerNode,
}: Pick<NodePoolInfo, "instanceType" | "ranksPerNode">): Hardware {
  const name = instanceType?.toLowerCase() ?? "";
  if (!name.includes(".")) return "unknown";
  if (gpuFamily.test(name)) return "gpu";
  if (acceleratorFamily.test(name)) return "accelerator";
  const hostPerRank = ranksPerNode === undefined || ranksPerNode === 1;
  return cpuFamily.test(name) && hostPerRank ? "cpu" : "unknown";
}

/** Returns the number of ranks per node, or undefined if it isn't known. A rank on a GPU node pool is one GPU. */
export function ranksPerNode(pool: NodePoolInfo): number | undefined {
  return pool.ranksPerNode ?? gpusOf(pool.instanceType)?.count;
}

/** Returns what a rank is on a node pool. */
export function rankMeaning(pool: NodePoolInfo): string {
  const perNode = ranksPerNode(pool);
  const several = perNode !== undefined && perNode > 1;
  switch (hardwareOf(pool)) {
    case "gpu":
      return several ? l10n.t("1 GPU per rank, {0} per node", perNode) : l10n.t("1 GPU per rank");
    case "cpu":
      return l10n.t("1 CPU host per rank");
    case "accelerator":
      return several
        ? l10n.t("accelerators, not GPUs; {0} ranks per node", perNode)
        : l10n.t("accelerators, not GPUs");
    case "unknown":
      return several ? l10n.t("{0} ranks per node", perNode) : "";
  }
}

/** The codicon for each kind of hardware. */
export const hardwareIcon: Readonly<Record<Hardware, string>> = {
  gpu: "circuit-board",
  accelerator: "chip",
  cpu: "server",
  unknown: "vm",
};
