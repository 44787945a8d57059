// @ts-check
/** A minimal server for tests of the client. It echoes requests, and its arguments make it misbehave. */
import { closeSync } from "node:fs";
import process from "node:process";
import { setTimeout as delay } from "node:timers/promises";
import {
  createMessageConnection,
  ResponseError,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-jsonrpc/node";

const misbehaviour = process.argv.slice(2);

if (misbehaviour.includes("tellsPid")) process.stderr.write(`pid ${process.pid}\n`);
if (misbehaviour.includes("outlivesStdin")) setInterval(() => {}, 1_000);
if (misbehaviour.includes("diesAtOnce")) {
  process.stderr.write("No runtime fits me.\n");
  process.exit(3);
}

const connection = createMessageConnection(
  new StreamMessageReader(process.stdin),
  new StreamMessageWriter(process.stdout),
);
const environment = {
  accountId: "acme",
  environmentId: "trainer",
  state: "CONNECTED",
  observedAt: "2026-11-22T05:00:00Z",
};

/** @type {Record<string, (params: any, token: import("vscode-jsonrpc").CancellationToken) => unknown>} */
const methods = {
  initialize: (params) => {
    if (misbehaviour.includes("diesInInitialize")) {
      process.stderr.write("I was asked to initialize.\n");
      process.exit(4);
    }
    if (misbehaviour.includes("hangsInInitialize")) return new Promise(() => {});
    if (misbehaviour.includes("refusesInitialize")) throw new ResponseError(-32602, "I refuse.");
    return {
      capabilities: {},
      serverInfo: {
        name: JSON.stringify([process.argv.slice(2), params.initializationOptions]),
        version: "0",
      },
      protocolVersion: "1.0",
      gateway: { url: "https://gateway.test", sandbox: false },
      unsettled: [],
    };
  },
  shutdown: () => {
    if (misbehaviour.includes("failsShutdown")) throw new ResponseError(-32603, "I cannot.");
    if (misbehaviour.includes("hangsInShutdown")) return new Promise(() => {});
    return null;
  },
  /** The names of its environment variables. */
  getReport: () => Object.keys(process.env),
  getAccount: () => null,
  signOut: () => ({}),
  signIn: () => ({ accountId: "acme", keySource: "signIn" }),
  watchEnvironments: async () => {
    await connection.sendNotification("environmentChanged", {
      accountId: "acme",
      environmentId: "trainer",
      environment,
    });
    return {};
  },
  getEnvironment: () => {
    throw new ResponseError(9, "It is busy.", {
      status: "FAILED_PRECONDITION",
      retryable: false,
      environment,
    });
  },
  /** Sends two pages if partial results are requested. */
  listEnvironments: async ({ partialResultToken: token }) => {
    if (token === undefined) return { environments: [environment] };
    for (const environmentId of ["first", "second"]) {
      const value = { environments: [{ ...environment, environmentId }] };
      await connection.sendNotification("$/progress", { token, value });
    }
    return { environments: [] };
  },
  /** Reports its stages, and then waits for cancellation. */
  connect: async ({ workDoneToken }, token) => {
    const say = (/** @type {object} */ value) =>
      connection.sendNotification("$/progress", { token: workDoneToken, value });
    await say({ kind: "begin", title: "Connecting", cancellable: true });
    await say({ kind: "report", message: "The gateway has accepted." });
    while (!token.isCancellationRequested) await delay(5);
    await say({ kind: "end" });
    throw new ResponseError(-32800, "The gateway goes on connecting.", {
      status: "CANCELLED",
      outcome: "unknown",
      retryable: false,
    });
  },
  /** Crashes during the request. */
  disconnect: () => {
    if (misbehaviour.includes("closesStdout")) {
      closeSync(1);
      return new Promise(() => {});
    }
    process.stderr.write("I was killed.\n");
    process.kill(process.pid, "SIGKILL");
    return new Promise(() => {});
  },
};

connection.onRequest((method, params, token) => {
  // Like the real server, accepts one object as params.
  if (params !== undefined && Array.isArray(params))
    throw new ResponseError(-32602, "params: takes one object");
  return methods[method]?.(params, token);
});
connection.onNotification("exit", () => process.exit(0));
process.stdin.on("close", () => {
  if (!misbehaviour.includes("outlivesStdin")) process.exit(1);
});
connection.listen();
