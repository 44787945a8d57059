import { describe, expect, it } from "vitest";
import { type Gpus, gpusOf, says } from "./instanceTypes.js";

describe("gpusOf", () => {
  it.each<[string | undefined, string | undefined]>([
    ["p5.48xlarge", "8 H100"],
    ["P5.48xlarge", "8 H100"],
    ["p5.4xlarge", "1 H100"],
    ["p4de.24xlarge", "8 A100"],
    ["p6-b200.48xlarge", "8 B200"],
    ["g5.12xlarge", "4 A10G"],
    ["g6e.48xlarge", "8 L40S"],
    ["g4dn.metal", "8 T4"],
    ["g6f.large", undefined],
    ["p5.96xlarge", undefined],
    ["m7i.16xlarge", undefined],
    ["constructor.48xlarge", undefined],
    ["p5.constructor", undefined],
    ["", undefined],
    [undefined, undefined],
  ])("of %s are %s", (type, gpus) => {
    const found = gpusOf(type);
    expect(found && `${found.count} ${found.model}`).toBe(gpus);
  });
});

describe("says", () => {
  const h100: Gpus = { model: "H100", count: 8 };
  it.each<[string, Gpus, boolean]>([
    ["h100-8x", h100, true],
    ["8xH100", h100, true],
    ["H100, 8 per node", h100, true],
    ["h100-spot", h100, false],
    ["h100-80gb", h100, false],
    ["night-8", h100, false],
    ["l4-1", { model: "L4", count: 1 }, true],
  ])("%s says %j: %s", (name, gpus, said) => expect(says(name, gpus)).toBe(said));
});
