import { describe, expect, it } from "vitest";
import { cpuGroup, group } from "../../../test/usage.js";
import { pivotOf } from "./pivot.js";
import { ratesOf } from "./rates.js";

const hour = 3_600;
const noRates = ratesOf({}, "USD");
const groups = [
  group({ day: "2026-11-27", notWatchedSeconds: hour }),
  group(),
  group({ nodePoolId: "a100", instanceType: "p4d.24xlarge", connectedSeconds: hour, rankSeconds: 8 * hour }),
  cpuGroup(),
];

describe("pivotOf", () => {
  it("adds up node pools by environment, the largest first", () => {
    const { series, cells, units } = pivotOf(groups, "environment", noRates);
    expect(series.map(({ id, sum }) => [id, sum.amount])).toEqual([
      ["trainer", { gpu: 56 * hour, rank: 0 }],
      ["prep", { gpu: 0, rank: 2 * hour }],
    ]);
    expect(cells.map(({ day, series, sum }) => [day, series.id, sum.connectedSeconds / hour])).toEqual([
      ["2026-11-28", "trainer", 4],
      ["2026-11-28", "prep", 2],
      ["2026-11-27", "trainer", 3],
    ]);
    expect(units).toEqual(["gpu", "rank"]);
  });

  it("adds up environments by node pool", () => {
    const more = [...groups, group({ environmentId: "other" })];
    const { series } = pivotOf(more, "nodePool", noRates);
    expect(series.map(({ label, sum }) => [label, sum.amount.gpu / hour])).toEqual([
      ["h100-8x", 72],
      ["a100", 8],
      ["cpu", 0],
    ]);
  });

  it("has the same total, however it's divided", () => {
    const rates = ratesOf({ "h100-8x": 2, "p4d.24xlarge": 1 }, "USD");
    const total = {
      connectedSeconds: 9 * hour,
      notWatchedSeconds: hour,
      amount: { gpu: 56 * hour, rank: 2 * hour },
      withoutRate: { gpu: 0, rank: 2 * hour },
      cost: 24 * 2 + 24 * 2 + 8,
    };
    for (const division of ["environment", "nodePool"] as const) {
      const pivot = pivotOf(groups, division, rates);
      expect(pivot.total).toEqual(total);
      for (const parts of [pivot.series, pivot.cells])
        expect(parts.reduce((sum, part) => sum + (part.sum.cost ?? 0), 0)).toBe(total.cost);
    }
  });

  it("has no cost without a rate, and one of zero with a rate of zero", () => {
    expect(pivotOf(groups, "environment", noRates).total.cost).toBeUndefined();
    expect(pivotOf(groups, "environment", ratesOf({ cpu: 0 }, "USD")).total.cost).toBe(0);
  });

  it("says GPU only if the instance type has GPUs", () => {
    const unknown = { rankSeconds: hour };
    const { instanceType, ...withoutType } = group(unknown);
    expect(pivotOf([withoutType], "environment", noRates).units).toEqual(["rank"]);
    for (const type of ["trn1.32xlarge", "h100"])
      expect(pivotOf([group({ instanceType: type })], "environment", noRates).units).toEqual(["rank"]);
    expect(pivotOf([group({ instanceType: "p9.large" })], "environment", noRates).units).toEqual(["gpu"]);
  });

  it("uses the latest name, and adds the ID if two have the same", () => {
    const named = [
      group({ day: "2026-11-27", displayName: "Old name" }),
      group({ displayName: "Night run" }),
      group({ environmentId: "other", displayName: "Night run", rankSeconds: hour }),
      group({ environmentId: "third", displayName: "Third", rankSeconds: 1 }),
    ];
    const labels = pivotOf(named, "environment", noRates).series.map(({ label }) => label);
    expect(labels).toEqual(["Night run (trainer)", "Night run (other)", "Third"]);
  });

  it("is empty without groups", () =>
    expect(pivotOf([], "environment", noRates)).toMatchObject({ series: [], cells: [], units: [] }));
});
