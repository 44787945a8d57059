// @ts-check
/** Measures what Companion adds to its requests, compared with a bare HTTP client that sends the same ones. */
import { fork, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { inRoot } from "../../extension/scripts/common.mjs";
import { add } from "./measures.mjs";
import { memory } from "./processes.mjs";
import { frame, initializeParams, RawClient } from "./rawClient.mjs";
import { median } from "./statistics.mjs";

/** @import { Samples } from "./measures.mjs" */
/** @import { Measured } from "./servers.mjs" */

const key = "fw_test_0123456789abcdef";
const connection = { nodePoolId: "h100-8x", numRanks: 8 };

/** @typedef {{ method: string, path: string, body: string | null }} Request */

/** @param {number} delay of each response in milliseconds */
export async function startGateway(delay) {
  const child = fork(inRoot("tests", "bench", "gateway.mjs"), ["--delay", String(delay)]);
  const [url] = await once(child, "message");
  return { url: /** @type {string} */ (url), stop: () => child.disconnect() };
}

/** Controls the bare client. */
class Bare {
  /** @param {import("./rawClient.mjs").Program} program */
  constructor({ command, args }) {
    this.process = spawn(command, args, { stdio: ["pipe", "pipe", "inherit"] });
    this.lines = createInterface(this.process.stdout)[Symbol.asyncIterator]();
  }

  /**
   * @param {{ url: string, requests: readonly Request[], iterations: number, concurrency: number, connections?: number }} work whose first
   * run determines the number of connections
   * @returns {Promise<{ total: number, times: number[], memory: number }>}
   */
  async run(work) {
    this.process.stdin.write(`${JSON.stringify({ ...work, key })}\n`);
    return JSON.parse((await this.lines.next()).value);
  }

  stop() {
    this.process.stdin.end();
  }
}

/**
 * @param {Measured} server
 * @param {string} url
 * @param {string} accountId
 */
async function openSession(server, url, accountId) {
  const client = new RawClient({ ...server.program, env: { FIREWORKS_API_KEY: key } });
  const initializationOptions = { gatewayUrl: url, accountId };
  await client.request("initialize", { ...initializeParams, initializationOptions });
  return client;
}

/**
 * Returns what the gateway has received since the last call.
 * @param {string} url
 */
const received = async (url) =>
  /** @type {{ requests: Request[], connections: number }} */ (
    await (await fetch(`${url}/bench/received`)).json()
  );

/**
 * Measures the milliseconds until a connect is accepted.
 * @param {Measured} server
 * @param {import("./rawClient.mjs").Program} bareProgram
 * @param {number} rounds
 * @param {Samples} samples
 */
export async function measureConnect(server, bareProgram, rounds, samples) {
  const gateway = await startGateway(0);
  const client = await openSession(server, gateway.url, "acme");
  const bare = new Bare(bareProgram);
  const connect = frame({
    id: 1,
    method: "connect",
    params: { environmentId: "e1", connection, wait: "accepted" },
  });
  await client.sequence(connect, 200);
  await received(gateway.url);
  await client.request("connect", { environmentId: "e1", connection, wait: "accepted" });
  const { requests } = await received(gateway.url);
  await bare.run({ url: gateway.url, requests, iterations: 200, concurrency: 1 });
  for (let round = 0; round < rounds; round++) {
    const own = median(await client.sequence(connect, 100)) / 1000;
    const { times } = await bare.run({ url: gateway.url, requests, iterations: 100, concurrency: 1 });
    add(samples, "connect", server.name, own);
    add(samples, "connect", "bare client", median(times));
    add(samples, "connect, added", server.name, own - median(times));
  }
  await client.end();
  bare.stop();
  gateway.stop();
}

/** All environments in the response, as in the goals, and in parts as the pages arrive, as in the extension. */
const waysToList = [
  { suffix: "", params: {} },
  { suffix: ", in parts", params: { partialResultToken: "part" } },
];

/**
 * Measures the milliseconds of `listEnvironments`, and the peak memory.
 * @param {Measured} server
 * @param {import("./rawClient.mjs").Program} bareProgram
 * @param {number} rounds
 * @param {Samples} samples
 */
export async function measureLists(server, bareProgram, rounds, samples) {
  const gateway = await startGateway(0);
  for (const count of [100, 1000, 10_000])
    for (const { suffix, params } of waysToList) {
      const figure = `list ${count}${suffix}`;
      const client = await openSession(server, gateway.url, `acme${count}`);
      const bare = new Bare(bareProgram);
      await received(gateway.url);
      const list = frame({ id: 1, method: "listEnvironments", params });
      await client.sequence(list, 1);
      const { requests } = await received(gateway.url);
      await client.sequence(list, 20);
      await bare.run({ url: gateway.url, requests, iterations: 20, concurrency: 1 });
      for (let round = 0; round < rounds; round++) {
        const own = median(await client.sequence(list, 5)) / 1000;
        const { times } = await bare.run({ url: gateway.url, requests, iterations: 5, concurrency: 1 });
        add(samples, figure, server.name, own);
        add(samples, figure, "bare client", median(times));
      }
      add(samples, `${figure}, peak`, server.name, memory(client.process.pid ?? 0).peak);
      await client.end();
      bare.stop();
    }
  gateway.stop();
}

/**
 * Measures the milliseconds of 1,000 simultaneous connects to a gateway that responds after 50 ms. Each is three requests in sequence: a read,
 * the change, and another read. The bare client sends the same requests over as many connections as Companion used. Its time for
 * the changes alone is reported too.
 * @param {Measured} server
 * @param {import("./rawClient.mjs").Program} bareProgram
 * @param {number} rounds
 * @param {Samples} samples
 */
export async function measureBurst(server, bareProgram, rounds, samples) {
  const [gateway, count] = [await startGateway(50), 1000];
  const warm = { environmentId: "warm", connection, wait: "accepted" };
  const block = Buffer.concat(
    Array.from({ length: count }, (_, i) =>
      frame({
        id: i + 1,
        method: "connect",
        params: { environmentId: `e${i}`, connection, wait: "accepted" },
      }),
    ),
  );
  // The first round warms up the gateway. Each round has its own processes, which have done a connect before.
  for (let round = -1; round < rounds; round++) {
    const client = await openSession(server, gateway.url, "acme");
    await received(gateway.url);
    await client.request("connect", warm);
    const { requests } = await received(gateway.url);
    const started = performance.now();
    await client.pipeline([block], count, count);
    const own = performance.now() - started;
    await client.end();
    const { connections } = await received(gateway.url);
    const same = await bareBurst(requests, connections);
    const less = await bareBurst(
      requests.filter(({ method }) => method === "POST"),
      connections,
    );
    if (round >= 0) {
      add(samples, "1,000 connects", server.name, own);
      add(samples, "1,000 connects", "bare client", same.total);
      add(samples, "1,000 connects, the changes alone", "bare client", less.total);
    }
  }
  gateway.stop();

  /**
   * @param {readonly Request[]} requests
   * @param {number} connections
   */
  async function bareBurst(requests, connections) {
    const bare = new Bare(bareProgram);
    const work = { url: gateway.url, requests, connections };
    await bare.run({ ...work, iterations: 1, concurrency: 1 });
    const done = await bare.run({ ...work, iterations: count, concurrency: count });
    bare.stop();
    return done;
  }
}
