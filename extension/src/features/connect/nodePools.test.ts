import { describe, expect, it } from "vitest";
import type { NodePoolInfo } from "../../protocol.g.js";
import { nodePoolGroups, nodePoolLine, unavailableReason, zonesApart } from "./nodePools.js";

const pool: NodePoolInfo = { nodePoolId: "h100", state: "READY" };
const west = { nodePoolId: "a100", zone: "us-west-2b" };

describe("nodePoolLine", () => {
  it("shows what the user needs to choose", () => {
    const full: NodePoolInfo = {
      ...pool,
      displayName: "Night shift",
      instanceType: "p5.48xlarge",
      spot: true,
      zone: "us-east-1a",
      ranksPerNode: 8,
      freeRanks: 3,
      ceilingRanks: 16,
    };
    expect(nodePoolLine(full, undefined)).toEqual({
      label: "h100",
      description: "Night shift · p5.48xlarge · spot · us-east-1a",
      detail: "3 GPUs free (up to 16 with autoscaling) · 8 per node",
      icon: "circuit-board",
      refusal: undefined,
    });
  });

  it.each<[string, Partial<NodePoolInfo>, string]>([
    ["says that the capacity of a pool without statistics is unknown", {}, "free capacity unknown"],
    ["doesn't mention autoscaling if there's none", { freeRanks: 0, ceilingRanks: 0 }, "0 ranks free"],
    ["counts hosts on a CPU pool", { instanceType: "m7i.16xlarge", freeRanks: 2 }, "2 hosts free"],
    [
      "doesn't count accelerators as GPUs",
      { instanceType: "trn1.32xlarge", ranksPerNode: 16, freeRanks: 16 },
      "16 ranks free · 16 per node · accelerators, not GPUs",
    ],
    [
      "warns of a volume in another zone",
      { zone: "us-east-1a", freeRanks: 1 },
      "volume in us-west-2b, slow to move · 1 rank free",
    ],
    ["doesn't mention the volume's own zone", { zone: "us-west-2b", freeRanks: 1 }, "1 rank free"],
  ])("%s", (_, more, detail) => expect(nodePoolLine({ ...pool, ...more }, west).detail).toBe(detail));

  it("says why a pool can't be chosen, and omits its capacity", () => {
    const failed: NodePoolInfo = {
      ...pool,
      instanceType: "g6e.48xlarge",
      freeRanks: 0,
      state: "FAILED",
      status: { code: "INTERNAL", message: "No subnet." },
    };
    expect(nodePoolLine(failed, undefined)).toMatchObject({
      refusal: "h100 can't be used. State: FAILED: No subnet.",
      detail: "FAILED: No subnet. · 1 GPU per rank",
      icon: "circle-slash",
    });
  });
});

describe("unavailableReason", () => {
  it.each<[Partial<NodePoolInfo>, string | undefined]>([
    [{}, undefined],
    [{ state: "CREATING" }, "h100 can't be used. State: CREATING"],
    [{ state: "PAUSED", status: { code: "ABORTED" } }, "h100 can't be used. State: PAUSED: ABORTED"],
  ])("of %j is %j", (more, reason) => expect(unavailableReason({ ...pool, ...more })).toBe(reason));
});

describe("zonesApart", () => {
  it.each<[string | undefined, string | undefined, ReturnType<typeof zonesApart>]>([
    ["us-east-1a", "us-west-2b", { volume: "us-west-2b", pool: "us-east-1a" }],
    ["us-west-2b", "us-west-2b", undefined],
    [undefined, "us-west-2b", undefined],
    ["us-east-1a", undefined, undefined],
  ])("of a pool in %s and a volume in %s", (zone, volume, apart) =>
    expect(
      zonesApart(
        { ...pool, ...(zone && { zone }) },
        volume === undefined ? undefined : { nodePoolId: "p", zone: volume },
      ),
    ).toEqual(apart),
  );
});

describe("nodePoolGroups", () => {
  const pools: NodePoolInfo[] = [
    { nodePoolId: "failed", state: "FAILED", zone: "us-west-2b" },
    { nodePoolId: "east", state: "READY", zone: "us-east-1a" },
    { nodePoolId: "nowhere", state: "READY" },
    { nodePoolId: "a100", state: "READY", zone: "us-west-2b" },
    { nodePoolId: "west", state: "READY", zone: "us-west-2b" },
  ];
  const grouped = (...rest: [typeof west | undefined, string | undefined]) =>
    nodePoolGroups(pools, ...rest).map((group) => [
      group.heading,
      ...group.pools.map(({ nodePoolId }) => nodePoolId),
    ]);

  it("groups by last use and zone, and puts unavailable pools last", () =>
    expect(grouped(west, "a100")).toEqual([
      ["Last used", "a100"],
      ["Same zone as the volume", "west"],
      ["Unknown zone", "nowhere"],
      ["Other zones", "east"],
      ["Not ready", "failed"],
    ]));

  it("doesn't put an unavailable pool first", () =>
    expect(grouped(undefined, "failed")).toEqual([
      ["Ready", "east", "nowhere", "a100", "west"],
      ["Not ready", "failed"],
    ]));
});
