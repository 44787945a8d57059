// @ts-check
/** Measures all servers. In each round, the servers are measured in turn. */
import { cpuSeconds, keepAwake, settledMemory } from "./processes.mjs";
import { frame, RawClient } from "./rawClient.mjs";
import { quantile } from "./statistics.mjs";

/** @import { Measured } from "./servers.mjs" */

/** @typedef {Map<string, Map<string, number[]>>} Samples by figure and server, one per round */

/** The response is cached, so this measures only the server. */
const request = frame({ id: 1, method: "getAccount", params: {} });
const blockSize = 100;
const repeats = 4;
/** How many requests in sequence a server gets at a time. */
const turn = 50;
const blocks = [0, 1].map((half) =>
  Buffer.concat(
    Array.from({ length: blockSize }, (_, i) =>
      frame({ id: half * blockSize + i + 10, method: "getAccount", params: {} }),
    ),
  ),
);

/** How much to measure. Tests measure less than reports. */
export const full = {
  starts: 31,
  sequences: 5,
  sequence: 5000,
  bursts: 5,
  burst: 100_000,
  memories: 1,
  million: 1_000_000,
  connects: 15,
  lists: 9,
  connectBursts: 5,
  windows: 5,
};

/** Just enough to try the harness. */
export const quick = {
  starts: 5,
  sequences: 2,
  sequence: 1000,
  bursts: 2,
  burst: 20_000,
  memories: 1,
  million: 50_000,
  connects: 3,
  lists: 2,
  connectBursts: 1,
  windows: 2,
};

/**
 * Measures the milliseconds from spawning the process to the response to `initialize`.
 * @param {readonly Measured[]} servers
 * @param {number} rounds
 * @param {Samples} samples
 */
export async function measureStart(servers, rounds, samples) {
  for (let round = -2; round < rounds; round++)
    for (const { name, program } of servers) {
      const spawned = performance.now();
      const client = new RawClient(program);
      await client.initialize();
      if (round >= 0) add(samples, "start", name, performance.now() - spawned); // two rounds warm up the page cache
      await client.end();
    }
}

/**
 * Measures the microseconds of requests in sequence. The servers respond in turn to a few at a time, so that a machine that becomes slower
 * or faster meanwhile affects all of them.
 * @param {readonly Measured[]} servers
 * @param {number} rounds
 * @param {number} count
 * @param {Samples} samples
 */
export async function measureRoundTrips(servers, rounds, count, samples) {
  const letSleep = keepAwake();
  try {
    for (let round = 0; round < rounds; round++) {
      const measured = [];
      for (const { name, program } of servers) {
        const client = await ready(program);
        await client.sequence(request, count); // compiles everything
        measured.push({ name, client, times: /** @type {number[]} */ ([]) });
      }
      for (let done = 0; done < count; done += turn)
        for (const { client, times } of measured) times.push(...(await client.sequence(request, turn)));
      for (const { name, client, times } of measured) {
        add(samples, "p50", name, quantile(times, 0.5));
        add(samples, "p99", name, quantile(times, 0.99));
        await client.end();
      }
    }
  } finally {
    letSleep();
  }
}

/**
 * Measures the server's CPU per request in microseconds, with many requests in flight, and the requests per second.
 * @param {readonly Measured[]} servers
 * @param {number} rounds
 * @param {number} count
 * @param {Samples} samples
 */
export async function measureLoad(servers, rounds, count, samples) {
  for (let round = 0; round < rounds; round++)
    for (const { name, program } of servers) {
      const client = await ready(program);
      await client.pipeline(blocks, blockSize, count / 5);
      const pid = /** @type {number} */ (client.process.pid);
      const [before, started] = [cpuSeconds(pid), performance.now()];
      // Repeated, because the system counts in hundredths of a second.
      for (let repeat = 0; repeat < repeats; repeat++) await client.pipeline(blocks, blockSize, count);
      add(samples, "cpu", name, ((cpuSeconds(pid) - before) * 1e6) / (count * repeats));
      add(samples, "throughput", name, (count * repeats * 1000) / (performance.now() - started));
      await client.end();
    }
}

/**
 * Measures the memory in MiB: idle after `initialize`, after 100,000 requests, and after a million.
 * @param {readonly Measured[]} servers
 * @param {number} rounds
 * @param {number} million
 * @param {Samples} samples
 */
export async function measureMemory(servers, rounds, million, samples) {
  for (let round = 0; round < rounds; round++)
    for (const { name, program } of servers) {
      const client = new RawClient(program);
      await client.initialize();
      const pid = /** @type {number} */ (client.process.pid);
      add(samples, "idle", name, await settledMemory(pid));
      await client.request("getAccount", {});
      await client.pipeline(blocks, blockSize, million / 10);
      add(samples, "after 100k", name, await settledMemory(pid));
      await client.pipeline(blocks, blockSize, (million / 10) * 9);
      add(samples, "after 1M", name, await settledMemory(pid));
      await client.end();
    }
}

/**
 * Starts a server that has cached the account.
 * @param {Measured["program"]} program
 */
async function ready(program) {
  const client = new RawClient(program);
  await client.initialize();
  await client.request("getAccount", {});
  return client;
}

/**
 * @param {Samples} samples
 * @param {string} figure
 * @param {string} server
 * @param {number} value
 */
export function add(samples, figure, server, value) {
  const byServer = samples.get(figure) ?? new Map();
  samples.set(figure, byServer);
  byServer.set(server, [...(byServer.get(server) ?? []), value]);
}
