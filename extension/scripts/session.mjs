// @ts-check
/** Runs a session with the server process on its sandbox, and prints it. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from "vscode-jsonrpc/node";
import { inRoot, readJson } from "./common.mjs";

/** @import { MessageConnection } from "vscode-jsonrpc/node" */

/** The sandbox's key. It works only in the sandbox. */
const sandboxKey = "fw_sandbox_main_0000000000000001";
const environmentId = "train-a";

/**
 * Runs the session.
 * @param {string} serverPath
 * @returns {Promise<number>} the exit code, 0 for success
 */
export async function runSession(serverPath) {
  const server = spawn(serverPath, ["--stdio", "--clientProcessId", String(process.pid)], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const connection = createMessageConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  /** @type {string[]} */
  const received = [];
  printNotifications(connection, received);
  connection.listen();
  const ended = once(server, "exit");
  const storagePath = mkdtempSync(join(tmpdir(), "companion-start-"));

  const pool = await runMainJob(connection, storagePath);
  await keepEnd(connection, pool);
  await ask(connection, "shutdown");
  await connection.sendNotification("exit");
  const [code] = await ended;
  rmSync(storagePath, { recursive: true, force: true });

  console.log("\nRequests that the gateway received:");
  for (const line of received) console.log(`  ${line}`);
  console.log(`\nThe server exited with code ${code}.`);
  const verbs = received.map((line) => /:(\w+) /.exec(line)?.[1]).join(" ");
  return code === 0 && verbs === "connect disconnect connect disconnect" ? 0 : 1;
}

/**
 * @param {MessageConnection} connection
 * @param {string} storagePath
 * @returns {Promise<string>} the node pool
 */
async function runMainJob(connection, storagePath) {
  await ask(connection, "initialize", {
    processId: process.pid,
    clientInfo: { name: "Visual Studio Code", version: lowestVsCode() },
    initializationOptions: { gatewayUrl: "sandbox", storagePath },
    capabilities: {},
  });
  await connection.sendNotification("initialized", {});
  await ask(connection, "signIn", { apiKey: sandboxKey });
  await ask(connection, "listEnvironments", {}, ({ environments }) =>
    environments.map(describe).join("\n              "),
  );
  const pools = await ask(connection, "listNodePools", {}, ({ nodePools }) =>
    nodePools.map(describePool).join("\n              "),
  );
  const pool = pools.nodePools.find((/** @type {any} */ p) => p.state === "READY" && p.freeRanks >= 8);
  await ask(
    connection,
    "connect",
    {
      environmentId,
      connection: { nodePoolId: pool.nodePoolId, numRanks: 8 },
      workDoneToken: "connect",
    },
    describe,
  );
  await ask(connection, "disconnect", { environmentId, workDoneToken: "disconnect" }, describe);
  return pool.nodePoolId;
}

/**
 * Connects for a minute, and waits until Companion disconnects.
 * @param {MessageConnection} connection
 * @param {string} nodePoolId
 */
async function keepEnd(connection, nodePoolId) {
  await ask(
    connection,
    "connect",
    { environmentId, connection: { nodePoolId }, lease: { durationSeconds: 60 } },
    (environment) => `${describe(environment)}, ends at ${environment.lease.until}`,
  );
  const ended = new Promise((resolve) => {
    connection.onNotification("environmentChanged", ({ environment }) => {
      if (environment?.state === "DISCONNECTED") resolve(environment);
    });
  });
  await ask(connection, "watchEnvironments", { environments: [{ environmentId }] });
  console.log("\n  … waiting for the end, a minute from the connect");
  console.log(`  companion ← ${describe(await ended)}`);
}

/**
 * @param {MessageConnection} connection
 * @param {string[]} received
 */
function printNotifications(connection, received) {
  connection.onNotification("$/progress", ({ value }) => {
    const text = [value.title, value.message].filter(Boolean).join(": ");
    if (text) console.log(`            … ${text}`);
  });
  connection.onNotification("window/logMessage", ({ message }) => {
    const post = /^The sandbox received (POST .*)$/s.exec(message);
    if (post?.[1]) received.push(post[1]);
  });
  for (const ignored of ["environmentChanged", "leaseEnding"]) connection.onNotification(ignored, () => {});
}

/**
 * Sends a request, and prints it and its result.
 * @param {MessageConnection} connection
 * @param {string} method
 * @param {object} [params]
 * @param {(result: any) => string} [tell]
 * @returns {Promise<any>}
 */
async function ask(connection, method, params, tell = (result) => JSON.stringify(result)) {
  const said = params
    ? JSON.stringify(params, (key, value) => (key === "apiKey" ? "[redacted]" : value))
    : "";
  console.log(`\n  you       → ${method} ${said}`);
  const result = params ? await connection.sendRequest(method, params) : await connection.sendRequest(method);
  console.log(`  companion ← ${tell(result)}`);
  return result;
}

/** @param {any} environment */
const describe = (environment) => {
  const { nodePoolId, numRanks, zone } = environment.connection ?? {};
  const where = nodePoolId
    ? `${nodePoolId}, ${numRanks ?? 1} rank(s), ${zone ?? "no zone yet"}`
    : "never connected";
  return `${environment.environmentId}: ${environment.state} (${where})`;
};

/** @param {any} pool */
const describePool = (pool) =>
  `${pool.nodePoolId}: ${pool.state}, ${pool.instanceType ?? "?"}, ${pool.freeRanks ?? "?"} of at most ${pool.ceilingRanks ?? "?"} ranks free`;

/** The oldest supported version of VS Code. */
const lowestVsCode = () =>
  String(readJson(inRoot("extension", "package.json")).engines.vscode).replace(/^[^0-9]*/, "");
