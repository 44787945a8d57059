import { describe, expect, it } from "vitest";
import type { NodePoolInfo } from "../../protocol.g.js";
import { hardwareOf, rankMeaning } from "./rankUnit.js";

const pool = (instanceType: string | undefined, ranksPerNode?: number): NodePoolInfo => ({
  nodePoolId: "p",
  state: "READY",
  ...(instanceType !== undefined && { instanceType }),
  ...(ranksPerNode !== undefined && { ranksPerNode }),
});

describe("hardwareOf", () => {
  it.each([
    "p5.48xlarge",
    "p4de.24xlarge",
    "p3.2xlarge",
    "p6-b200.48xlarge",
    "g5.xlarge",
    "g6e.48xlarge",
    "gr6.4xlarge",
    "P5.48xlarge",
  ])("recognizes %s as a GPU instance", (type) => expect(hardwareOf(pool(type, 8))).toBe("gpu"));

  it.each(["trn1.32xlarge", "trn2u.48xlarge", "inf2.xlarge", "dl1.24xlarge"])(
    "doesn't count the accelerators of %s as GPUs",
    (type) => expect(hardwareOf(pool(type, 16))).toBe("accelerator"),
  );

  it.each([
    "c7g.xlarge",
    "c7i-flex.large",
    "m6i.32xlarge",
    "r5.large",
    "x2gd.metal",
    "t3.micro",
    "hpc7g.16xlarge",
    "i4i.large",
    "im4gn.large",
    "d3.xlarge",
  ])("recognizes %s as a CPU instance", (type) => {
    expect(hardwareOf(pool(type))).toBe("cpu");
    expect(hardwareOf(pool(type, 1))).toBe("cpu");
  });

  it("doesn't accept several hosts per node", () =>
    expect(hardwareOf(pool("m7i.16xlarge", 4))).toBe("unknown"));

  it.each([undefined, "", "a3-highgpu-8g", "Standard_ND96", "preview", "gpu", "f2.6xlarge", "mac2.metal"])(
    "returns unknown for %s",
    (type) => expect(hardwareOf(pool(type, 8))).toBe("unknown"),
  );
});

describe("rankMeaning", () => {
  it.each<[string | undefined, number | undefined, string]>([
    ["p5.48xlarge", 8, "1 GPU per rank, 8 per node"],
    ["g5.xlarge", 1, "1 GPU per rank"],
    ["p5.48xlarge", undefined, "1 GPU per rank, 8 per node"],
    ["p9.48xlarge", undefined, "1 GPU per rank"],
    ["m7i.large", 1, "1 CPU host per rank"],
    ["trn1.32xlarge", 16, "accelerators, not GPUs; 16 ranks per node"],
    ["inf2.xlarge", undefined, "accelerators, not GPUs"],
    ["preview", 8, "8 ranks per node"],
    ["preview", 1, ""],
    [undefined, undefined, ""],
  ])("explains a rank on %s with %s per node", (type, ranks, words) =>
    expect(rankMeaning(pool(type, ranks))).toBe(words),
  );
});
