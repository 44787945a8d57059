import { describe, expect, it, vi } from "vitest";
import { environment } from "../../../test/views.js";
import { CancellationTokenSource } from "../../../test/vscode.js";
import type { App } from "../../app.js";
import type { NodePoolInfo } from "../../protocol.g.js";
import type { Line } from "../../ui/pick.js";
import { NodePoolList } from "./nodePoolList.js";

const pools: NodePoolInfo[] = Array.from({ length: 300 }, (_, index) => ({
  nodePoolId: `pool-${index}`,
  state: "READY",
  maxNodeCount: 4,
}));

interface Asked {
  readonly nodePoolId: string;
  readonly answer: (usage: object) => void;
  readonly fail: () => void;
}

interface Options {
  readonly onPart: (part: object) => void;
}

/** A list of 300 node pools whose usage the test answers. */
function loaded(listed = pools) {
  const asked: Asked[] = [];
  const ask = async (method: string, params: { nodePoolId: string }, options: Options) => {
    if (method === "getEnvironment") return environment({ state: "DISCONNECTED" });
    if (method === "getNodePoolUsage")
      return new Promise((answer, reject) =>
        asked.push({ ...params, answer, fail: () => reject({ code: 8, message: "Not now." }) }),
      );
    options.onPart({ nodePools: listed });
    return { nodePools: [] };
  };
  const app = {
    session: { ask },
    memory: { lastConnection: () => ({ nodePoolId: "pool-7" }) },
    log: { info: () => undefined },
  } as unknown as App;
  const list = new NodePoolList(app, { accountId: "acme", environmentId: "trainer" });
  const drawn: string[][] = [];
  const show = (lines: readonly Line<NodePoolInfo>[]) =>
    void drawn.push(lines.map(({ label, detail }) => (detail ? `${label}: ${detail}` : label)));
  const closed = new CancellationTokenSource();
  const load = () => list.load(show, closed.token);
  return { list, asked, drawn, load, closed };
}

const settle = () => vi.waitFor(() => undefined).then(() => new Promise((resolve) => setImmediate(resolve)));

describe("NodePoolList", () => {
  it("shows all rows at once, and asks for the first twenty, four at a time", async () => {
    const { asked, drawn, load } = loaded();
    await load();
    expect(drawn.at(-1)).toHaveLength(302); // with two headings
    expect(drawn.at(-1)?.slice(0, 4)).toEqual([
      "Last used",
      "pool-7: free capacity not checked yet",
      "Ready",
      "pool-0: free capacity not checked yet",
    ]);
    expect(asked.map(({ nodePoolId }) => nodePoolId)).toEqual(["pool-7", "pool-0", "pool-1", "pool-2"]);
    for (let answered = 0; answered < asked.length; answered++) {
      expect(asked.length - answered).toBeLessThanOrEqual(4);
      asked[answered]?.answer({ freeRanks: 8 });
      await settle();
    }
    expect(asked).toHaveLength(20);
    expect(drawn.at(-1)?.[1]).toBe("pool-7: 8 ranks free");
  });

  it("asks for the row that the user moves to, and says if it can't be known", async () => {
    const { list, asked, drawn, load } = loaded();
    await load();
    list.look(pools[250] as NodePoolInfo);
    asked[0]?.fail();
    await settle();
    expect(asked[4]?.nodePoolId).toBe("pool-250");
    expect(drawn.at(-1)?.[1]).toBe("pool-7: free capacity unknown");
  });

  it("asks for nothing more once the picker is closed", async () => {
    const { asked, load, closed } = loaded();
    await load();
    closed.cancel();
    asked[0]?.fail();
    await settle();
    expect(asked).toHaveLength(4);
  });

  it("asks for nothing that the list says", async () => {
    const { asked, load } = loaded(pools.map((pool) => ({ ...pool, freeRanks: 0 })));
    await load();
    expect(asked).toEqual([]);
  });

  it("says where to go if there are none", async () => {
    await expect(loaded([]).load()).rejects.toMatchObject({
      message: "The account acme has no node pools.",
      actions: ["switchAccount", "diagnose"],
    });
  });
});
