import { describe, expect, it } from "vitest";
import { measureLoad, measureRoundTrips, measureStart, type Samples } from "./measures.mjs";
import { settledMemory } from "./processes.mjs";
import { RawClient } from "./rawClient.mjs";
import { flavoredServers } from "./servers.mjs";
import { ratio } from "./statistics.mjs";

/**
 * How many times the plain StreamJsonRpc server the product may be, on a machine that does other things too. The goals themselves are in
 * goals.mjs, and what was measured in docs/benchmarks/.
 */
const budget = { start: 2, p50: 1.5, cpu: 1, memory: 1.5 } as const;

const servers = flavoredServers({ build: false });
const flavors = (["native", "ready", "portable"] as const).filter((flavor) =>
  servers.some(({ name }) => name === `companion ${flavor}`),
);

/** How many times the plain server of a flavour the product is. */
function timesPlain(samples: Samples, figure: string, flavor: string): number {
  const byServer = samples.get(figure);
  return ratio(byServer?.get(`companion ${flavor}`) ?? [], byServer?.get(`StreamJsonRpc ${flavor}`) ?? []);
}

describe.skipIf(process.platform !== "linux")("the server beside a plain one", () => {
  it("is built", () => {
    expect(flavors).toContain("portable");
  });

  it("starts within its budget", async () => {
    const samples: Samples = new Map();
    await measureStart(servers, 9, samples);
    for (const flavor of flavors)
      expect(timesPlain(samples, "start", flavor), flavor).toBeLessThanOrEqual(budget.start);
  });

  it("answers within its budget, in time and in CPU", async () => {
    const samples: Samples = new Map();
    await measureRoundTrips(servers, 3, 1000, samples);
    await measureLoad(servers, 3, 50_000, samples);
    for (const flavor of flavors) {
      expect(timesPlain(samples, "p50", flavor), `${flavor}, round trip`).toBeLessThanOrEqual(budget.p50);
      expect(timesPlain(samples, "cpu", flavor), `${flavor}, CPU`).toBeLessThanOrEqual(budget.cpu);
    }
  });

  it("needs little more memory when it is idle", async () => {
    const idle = new Map<string, number>();
    for (const { name, program } of servers) {
      const client = new RawClient(program);
      await client.initialize();
      idle.set(name, await settledMemory(client.process.pid ?? 0));
      await client.end();
    }
    for (const flavor of flavors) {
      const most = budget.memory * (idle.get(`StreamJsonRpc ${flavor}`) ?? 0);
      expect(idle.get(`companion ${flavor}`), flavor).toBeLessThanOrEqual(most);
    }
  });
});
