import { describe, expect, it } from "vitest";
import { environment } from "../../../test/views.js";
import type { EnvironmentInfo, NodePoolInfo } from "../../protocol.g.js";
import {
  firstChoice,
  needsUsage,
  nodePoolGroups,
  nodePoolLine,
  unavailableReason,
  withoutUsage,
  zonesApart,
} from "./nodePools.js";

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
    expect(nodePoolLine(full, undefined, false)).toEqual({
      label: "h100",
      description: "Night shift · p5.48xlarge · 8 × H100 · spot · us-east-1a",
      detail: "3 GPUs free (up to 16 with autoscaling) · 8 per node",
      icon: "circuit-board",
      refusal: undefined,
    });
  });

  it.each<[string, Partial<NodePoolInfo>, string]>([
    ["says that the capacity of a pool isn't known yet", {}, "free capacity not checked yet"],
    [
      "counts the GPUs of a node without usage",
      { instanceType: "g5.12xlarge" },
      "free capacity not checked yet · 1 GPU per rank, 4 per node",
    ],
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
  ])("%s", (_, more, detail) => expect(nodePoolLine({ ...pool, ...more }, west, false).detail).toBe(detail));

  it("says that the capacity is unknown if it was requested in vain", () =>
    expect(nodePoolLine(pool, west, true).detail).toBe("free capacity unknown"));

  it.each<[Partial<NodePoolInfo>, string]>([
    [{ instanceType: "p5.48xlarge" }, "p5.48xlarge · 8 × H100"],
    [{ nodePoolId: "h100-8x", instanceType: "p5.48xlarge" }, "p5.48xlarge"],
    [{ displayName: "H100, 8 per node", instanceType: "p5.48xlarge" }, "H100, 8 per node · p5.48xlarge"],
    [{ instanceType: "m7i.16xlarge" }, "m7i.16xlarge"],
  ])("of %j shows the GPUs unless the name says them: %s", (more, description) =>
    expect(nodePoolLine({ ...pool, ...more }, undefined, false).description).toBe(description),
  );

  it("says why a pool can't be chosen, and omits its capacity", () => {
    const failed: NodePoolInfo = {
      ...pool,
      instanceType: "g6e.48xlarge",
      freeRanks: 0,
      state: "FAILED",
      status: { code: "INTERNAL", message: "No subnet." },
    };
    expect(nodePoolLine(failed, undefined, false)).toMatchObject({
      refusal: "h100 can't be used (failed: No subnet.)",
      detail: "failed: No subnet. · 1 GPU per rank, 8 per node",
      icon: "circle-slash",
    });
  });
});

describe("unavailableReason", () => {
  it.each<[Partial<NodePoolInfo>, string | undefined]>([
    [{}, undefined],
    [{ state: "CREATING" }, "h100 can't be used (being created)"],
    [{ state: "DELETING" }, "h100 can't be used (being deleted)"],
    [{ state: "STATE_UNSPECIFIED" }, "h100 can't be used (state unknown)"],
    [{ state: "DREAMING" }, "h100 can't be used (DREAMING)"],
    [{ state: "PAUSED", status: { code: "ABORTED" } }, "h100 can't be used (PAUSED: ABORTED)"],
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
  const grouped = (some: NodePoolInfo[], ...rest: [Partial<EnvironmentInfo>, string | undefined]) =>
    nodePoolGroups(some, environment({ state: "DISCONNECTED", ...rest[0] }), rest[1]).map((group) => [
      group.heading,
      ...group.pools.map(({ nodePoolId }) => nodePoolId),
    ]);

  it("groups by last use and zone, and puts unavailable pools last", () =>
    expect(grouped(pools, { connection: west }, "a100")).toEqual([
      ["Last used", "a100"],
      ["Same zone as the volume", "west"],
      ["Unknown zone", "nowhere"],
      ["Other zones", "east"],
      ["Not ready", "failed"],
    ]));

  it("puts the connected pool before the one that was last used from here", () =>
    expect(grouped(pools, { state: "CONNECTED", connection: west }, "east").slice(0, 2)).toEqual([
      ["Connected", "a100"],
      ["Last used", "east"],
    ]));

  it("doesn't put an unavailable pool first", () =>
    expect(grouped(pools, {}, "failed")).toEqual([
      ["Ready", "a100", "east", "nowhere", "west"],
      ["Not ready", "failed"],
    ]));

  it("puts pools with room first and full ones last, each in natural order", () => {
    const ready = (nodePoolId: string, freeRanks?: number): NodePoolInfo => ({
      nodePoolId,
      state: "READY",
      ...(freeRanks !== undefined && { freeRanks }),
    });
    const some = [ready("pool-10", 1), ready("pool-2", 0), ready("pool-1"), ready("pool-3", 8)];
    expect(grouped(some, {}, undefined)).toEqual([["Ready", "pool-3", "pool-10", "pool-1", "pool-2"]]);
  });
});

describe("firstChoice", () => {
  const groups = [
    { heading: "near", pools: [{ ...pool, nodePoolId: "cpu", instanceType: "m7i.large", freeRanks: 2 }] },
    {
      heading: "far",
      pools: [
        { ...pool, nodePoolId: "full", instanceType: "p5.48xlarge", freeRanks: 0 },
        { ...pool, nodePoolId: "gpu", instanceType: "p5.48xlarge" },
      ],
    },
    { heading: "Not ready", pools: [{ ...pool, nodePoolId: "failed", state: "FAILED" }] },
  ];
  it.each([
    [undefined, "gpu"],
    ["cpu", "cpu"],
    ["failed", "gpu"],
    ["gone", "gpu"],
  ])("after %s is %s", (last, first) => expect(firstChoice(groups, last)?.nodePoolId).toBe(first));

  it("is the first row if none has GPUs", () =>
    expect(firstChoice(groups.slice(0, 1), undefined)).toBeUndefined());
});

describe("withoutUsage", () => {
  const numbered = (from: number, to: number, more: Partial<NodePoolInfo> = {}): NodePoolInfo[] =>
    Array.from({ length: to - from }, (_, index) => ({ ...pool, nodePoolId: `p${from + index}`, ...more }));

  it("returns those of the first twenty rows that need it", () => {
    const groups = [
      { heading: "one", pools: [...numbered(0, 2), ...numbered(2, 12, { freeRanks: 0 })] },
      { heading: "two", pools: [...numbered(12, 15, { state: "FAILED" }), ...numbered(15, 40)] },
    ];
    expect(withoutUsage(groups).map(({ nodePoolId }) => nodePoolId)).toEqual([
      ...["p0", "p1", "p15", "p16", "p17", "p18", "p19"],
    ]);
  });

  it("doesn't need it for pools that can't be chosen", () =>
    expect(needsUsage({ ...pool, state: "CREATING" })).toBe(false));
});
