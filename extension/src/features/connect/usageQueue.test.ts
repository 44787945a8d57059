import { describe, expect, it } from "vitest";
import type { NodePoolInfo } from "../../protocol.g.js";
import { UsageQueue } from "./usageQueue.js";

const pools = (...ids: string[]): NodePoolInfo[] => ids.map((nodePoolId) => ({ nodePoolId, state: "READY" }));

/** A queue whose requests the test answers. */
function queue() {
  const asked: string[] = [];
  const open = new Map<string, () => void>();
  const made = new UsageQueue(({ nodePoolId }) => {
    asked.push(nodePoolId);
    return new Promise((resolve) => open.set(nodePoolId, resolve));
  });
  const answer = async (id: string) => {
    open.get(id)?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { queue: made, asked, answer };
}

describe("UsageQueue", () => {
  it("has at most four requests at once, in order", async () => {
    const { queue: made, asked, answer } = queue();
    made.add(pools("a", "b", "c", "d", "e", "f"));
    expect(asked).toEqual(["a", "b", "c", "d"]);
    await answer("c");
    expect(asked).toEqual(["a", "b", "c", "d", "e"]);
    await answer("a");
    await answer("b");
    expect(asked).toEqual(["a", "b", "c", "d", "e", "f"]);
  });

  it("asks next for the one that the user looks at, and for each only once", async () => {
    const { queue: made, asked, answer } = queue();
    made.add(pools("a", "b", "c", "d", "e", "f", "g"));
    for (const pool of pools("z", "g", "a")) made.addFirst(pool);
    for (const id of ["a", "b", "c", "d"]) await answer(id);
    expect(asked).toEqual(["a", "b", "c", "d", "g", "z", "e", "f"]);
  });
});
