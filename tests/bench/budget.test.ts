import { describe, expect, it } from "vitest";
import { add, measureLoad, measureRoundTrips, measureStart, type Samples } from "./measures.mjs";
import { settledMemory } from "./processes.mjs";
import { RawClient } from "./rawClient.mjs";
import { flavoredServers, nodeServer } from "./servers.mjs";

/**
 * How many times as much as vscode-jsonrpc under Node the server may take, also on a busy machine. The goals are in goals.mjs, and
 * measurements in docs/benchmarks/. The native server's memory includes the types of the commands and of the Model Context Protocol, which NativeAOT
 * prepares at each start: 4.6 MB of 18.7.
 */
const budgets = {
  native: { start: 0.2, p50: 0.85, cpu: 0.5, memory: 0.45 },
  ready: { start: 1.2, p50: 1, cpu: 0.8, memory: 0.8 },
  portable: { start: 2.5, p50: 1.2, cpu: 0.8, memory: 1.1 },
} as const;

const peer = await nodeServer();
const flavored = flavoredServers({ build: false });
const servers = [...flavored, peer];

/**
 * Compares each flavor's figure with the peer's: the lowest of each, because whatever else the machine does only adds to a figure.
 */
function expectInBudget(samples: Samples, figure: keyof (typeof budgets)["native"]): void {
  const byServer = samples.get(figure);
  for (const { flavor, name } of flavored) {
    const times = lowest(byServer?.get(name)) / lowest(byServer?.get(peer.name));
    expect(times, `${figure}, ${flavor}`).toBeLessThanOrEqual(budgets[flavor][figure]);
  }
}

function lowest(values: readonly number[] = []): number {
  return values.length > 0 ? Math.min(...values) : Number.NaN;
}

describe.skipIf(process.platform !== "linux")("the server beside vscode-jsonrpc", () => {
  it("is built", () => {
    expect(flavored.map(({ flavor }) => flavor)).toContain("portable");
  });

  it("starts within its budget", async () => {
    const samples: Samples = new Map();
    await measureStart(servers, 9, samples);
    expectInBudget(samples, "start");
  });

  it("answers within its budget, in time and in CPU", async () => {
    const samples: Samples = new Map();
    await measureRoundTrips(servers, 3, 1000, samples);
    await measureLoad(servers, 3, 50_000, samples);
    expectInBudget(samples, "p50");
    expectInBudget(samples, "cpu");
  });

  it("needs little memory when it is idle", async () => {
    const samples: Samples = new Map();
    for (let round = 0; round < 3; round++)
      for (const { name, program } of servers) {
        const client = new RawClient(program);
        await client.initialize();
        add(samples, "memory", name, await settledMemory(client.process.pid ?? 0));
        await client.end();
      }
    expectInBudget(samples, "memory");
  });
});
