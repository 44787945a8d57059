import { describe, expect, it } from "vitest";
import { environment } from "../../../test/views.js";
import type { NodePoolInfo } from "../../protocol.g.js";
import { LoadedNodePools } from "./loadedNodePools.js";

const page = (...ids: string[]): NodePoolInfo[] =>
  ids.map((nodePoolId) => ({ nodePoolId, state: nodePoolId.startsWith("failed") ? "FAILED" : "READY" }));
const shown = (list: LoadedNodePools) =>
  list
    .show(environment({ state: "DISCONNECTED" }), undefined)
    .map(({ heading, pools }) => [heading, ...pools.map(({ nodePoolId }) => nodePoolId)]);

describe("LoadedNodePools", () => {
  it("never moves a node pool that was shown", () => {
    const list = new LoadedNodePools();
    list.add(page("pool-10", "failed-1", "pool-2"));
    const first = [
      ["Ready", "pool-2", "pool-10"],
      ["Not ready", "failed-1"],
    ];
    expect(shown(list)).toEqual(first);
    list.add(page("pool-2", "failed-0", "pool-1"));
    expect(shown(list)).toEqual([...first, ["More", "pool-1", "failed-0"]]);
    list.add(page("pool-0"));
    expect(shown(list)).toEqual([...first, ["More", "pool-1", "failed-0", "pool-0"]]);
  });

  it("fills in the usage in its place", () => {
    const list = new LoadedNodePools();
    list.add(page("a", "b", "c"));
    shown(list);
    list.setUsage("c", { freeRanks: 8, ranksPerNode: 8 });
    list.setUsage("b", undefined);
    expect(shown(list)).toEqual([["Ready", "a", "b", "c"]]);
    const [a, b, c] = page("a", "b", "c").map((pool) => list.latest(pool));
    expect(c).toEqual({ nodePoolId: "c", state: "READY", freeRanks: 8, ranksPerNode: 8 });
    expect([a, b, c].map((pool) => pool && list.isUnavailable(pool))).toEqual([false, true, false]);
  });

  it("redraws rarely for many pages", () => {
    const list = new LoadedNodePools();
    expect(list.shouldRedraw).toBe(false);
    list.add(page("a", "b"));
    expect(list.shouldRedraw).toBe(true);
    shown(list);
    list.add(page("c"));
    expect(list.shouldRedraw).toBe(false);
    list.add(page("d"));
    expect(list.shouldRedraw).toBe(true);
  });
});
