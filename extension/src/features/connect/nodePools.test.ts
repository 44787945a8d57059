import { describe, expect, it } from "vitest";
import type { NodePoolInfo } from "../../protocol.g.js";
import { inOrder, nodePoolLine } from "./nodePools.js";

const pool: NodePoolInfo = { nodePoolId: "h100", state: "READY" };

describe("nodePoolLine", () => {
  it("tells what a person chooses by", () => {
    const full: NodePoolInfo = {
      ...pool,
      displayName: "Night shift",
      instanceType: "p5.48xlarge",
      spot: true,
      zone: "us-east-1a",
      freeRanks: 3,
      ceilingRanks: 16,
    };
    expect(nodePoolLine(full, undefined)).toEqual({
      label: "h100",
      description: "Night shift · ready · p5.48xlarge · spot · us-east-1a",
      detail: "Free ranks: 3 now, 16 if the pool grows.",
      refusal: undefined,
    });
  });

  it("claims nothing of a pool without statistics", () => {
    expect(nodePoolLine(pool, undefined).detail).toBe("What is free is not known.");
  });

  it("does not promise growth where there is none", () => {
    expect(nodePoolLine({ ...pool, freeRanks: 0, ceilingRanks: 0 }, undefined).detail).toBe(
      "Free ranks: 0 now.",
    );
  });

  it("warns of a volume in another zone", () => {
    const last = { nodePoolId: "a100", zone: "us-west-2b" };
    expect(nodePoolLine({ ...pool, zone: "us-east-1a", freeRanks: 1 }, last).detail).toBe(
      "Free ranks: 1 now. Not in the zone of the volume (us-west-2b): moving it takes time.",
    );
    expect(nodePoolLine({ ...pool, zone: "us-west-2b", freeRanks: 1 }, last).detail).toBe(
      "Free ranks: 1 now.",
    );
  });

  it("says why a pool cannot be chosen", () => {
    const failed: NodePoolInfo = {
      ...pool,
      state: "FAILED",
      status: { code: "INTERNAL", message: "No subnet." },
    };
    const line = nodePoolLine(failed, undefined);
    expect(line.refusal).toBe("h100 cannot be used: it is FAILED, No subnet.");
    expect(line.detail).toBe(line.refusal);
    expect(nodePoolLine({ ...pool, state: "CREATING" }, undefined).refusal).toBe(
      "h100 cannot be used: it is CREATING",
    );
  });
});

describe("inOrder", () => {
  it("has the last choice first and what cannot be chosen last", () => {
    const pools = [
      { nodePoolId: "a", state: "FAILED" },
      { nodePoolId: "b", state: "READY" },
      { nodePoolId: "c", state: "READY" },
    ];
    expect(inOrder(pools, "c").map((p) => p.nodePoolId)).toEqual(["c", "b", "a"]);
    expect(inOrder(pools, "a").map((p) => p.nodePoolId)).toEqual(["b", "c", "a"]);
  });
});
