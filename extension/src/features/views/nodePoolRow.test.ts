import { expect, it } from "vitest";
import type { NodePoolInfo } from "../../protocol.g.js";
import { nodePoolRow } from "./nodePoolRow.js";

const h100 = { nodePoolId: "h100-8x", state: "READY", instanceType: "p5.48xlarge", zone: "us-east-1a" };

it.each<[string, NodePoolInfo, string, string]>([
  [
    "ready",
    { ...h100, freeRanks: 4, ceilingRanks: 20, ranksPerNode: 8 },
    "4 GPUs free, up to 20 · 8 per node · us-east-1a",
    "circuit-board",
  ],
  [
    "full",
    { ...h100, freeRanks: 0, ceilingRanks: 0, ranksPerNode: 8 },
    "0 GPUs free · 8 per node · us-east-1a",
    "circuit-board",
  ],
  ["without statistics", h100, "free capacity unknown · us-east-1a", "circuit-board"],
  [
    "not ready",
    { ...h100, state: "FAILED", status: { code: "RESOURCE_EXHAUSTED", message: "no capacity" } },
    "failed: no capacity · us-east-1a",
    "circle-slash",
  ],
])("%s", (_, pool, description, icon) => {
  expect(nodePoolRow(pool)).toEqual({
    label: "h100-8x",
    description,
    icon,
    contextValue: "nodePool",
    ariaLabel: `h100-8x, ${description.replaceAll(" · ", ", ")}`,
  });
});
