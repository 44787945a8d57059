import { createServer } from "node:http";
import { describe, expect, it } from "vitest";
import { ResponseError } from "vscode-jsonrpc/node";
import type { EnvironmentInfo, ErrorData } from "../../extension/src/protocol.g.js";
import { memoryOf } from "../fuzz/memory.js";
import {
  answering,
  changes,
  done,
  type Expected,
  faultTable,
  type Method,
  type Row,
  rpc,
} from "./support/faultTable.js";
import { SandboxHost, sandboxKeys } from "./support/sandboxHost.js";
import { Server } from "./support/server.js";
import { Listener, silent } from "./support/tlsServers.js";

/** The expected result if the time limit passes before anything could be sent. */
const notSentInTime = { answer: 4, outcome: "notApplied", environment: undefined };

describe.concurrent("each fault, for a connect and for a disconnect", () => {
  it.each(faultTable.map((row) => [row.fault, row] as const))("%s", async (_, row) => {
    await using gateway = await SandboxHost.start();
    const [connect, disconnect] = await Promise.all([
      meet(gateway, "connect", row),
      meet(gateway, "disconnect", row),
    ]);
    expect({ connect, disconnect }).toEqual({ connect: row.expected, disconnect: row.expected });
  });

  it("an unreadable state after a reset: unknown, and nothing is sent again", async () => {
    const row: Row = {
      fault: "reset",
      script: { preset: "ResetAfterEffect" },
      expected: { answer: 7, outcome: "unknown", state: "before", posts: 1 },
    };
    await using gateway = await SandboxHost.start();
    await using server = await signedIn(gateway);
    const refusal = { status: 403, body: rpc(7) };
    await gateway.script({
      route: "GetEnvironment",
      resourceId: "train-a",
      skip: 1,
      times: null,
      fault: refusal,
    });
    await script(gateway, "connect", row);
    expect(await ask(server, "connect", row)).toMatchObject({
      answer: 7,
      outcome: "unknown",
      environment: { state: "DISCONNECTED" },
    });
    expect(await gateway.posts()).toHaveLength(1);
  });

  it.each([
    ["connect", "notApplied"],
    ["disconnect", "applied"],
  ] as const)("an environment that is gone after a reset of its %s: %s", async (method, outcome) => {
    const row: Row = { fault: "reset", script: { preset: "ResetAfterEffect" }, expected: done };
    await using gateway = await SandboxHost.start();
    await using server = await signedIn(gateway);
    const gone = { status: 404, body: rpc(5) };
    await gateway.script({ route: "GetEnvironment", skip: 1, times: null, fault: gone });
    await script(gateway, method, row);
    expect(await ask(server, method, row)).toEqual({ answer: 5, outcome, environment: undefined });
    expect(await gateway.posts()).toHaveLength(1);
  });

  it.each([
    ["a load balancer's 404", { status: 404, body: "<html><title>404 Not Found</title></html>" }],
    ["410 without a body", { status: 410 }],
    ["a router's JSON 404", { status: 404, body: '{"message":"no Route matched with those values"}' }],
    ["an error on 200", { status: 200, body: rpc(14) }],
    ["another environment on 200", { status: 200, body: '{"name":"train-z","state":"DISCONNECTED"}' }],
    ["an empty object on 200", { status: 200, body: "{}" }],
  ])("%s instead of the state during a change: it is read again", async (_, fault) => {
    await using gateway = await SandboxHost.start();
    await using server = await signedIn(gateway);
    for (const method of ["connect", "disconnect"] as const) {
      const resourceId = changes[method].environmentId;
      await gateway.script({ route: "GetEnvironment", resourceId, skip: 1, times: 1, fault });
      expect(await ask(server, method, {})).toMatchObject({
        answer: "done",
        environment: { state: changes[method].after },
      });
    }
    expect(await gateway.posts()).toHaveLength(2);
  });

  it.each([
    ["an empty object", "{}"],
    ["an error", rpc(14)],
    [
      "another account's environment",
      '{"name":"accounts/globex/environments/train-a","state":"DISCONNECTED"}',
    ],
  ])("%s with 200 instead of the environment: nothing is sent", async (_, body) => {
    await using gateway = await SandboxHost.start();
    await using server = await signedIn(gateway);
    await gateway.script({ route: "GetEnvironment", times: null, fault: { status: 200, body } });
    expect(await ask(server, "connect", { timeoutSeconds: 2 })).toEqual(notSentInTime);
    expect(await gateway.posts()).toEqual([]);
  });

  it("someone else's connect in between: it is reported, the outcome is unknown, and nothing is sent again", async () => {
    const row: Row = { fault: "503", script: answering(503, "", { "Retry-After": "2" }), expected: done };
    await using gateway = await SandboxHost.start();
    await using server = await signedIn(gateway);
    await script(gateway, "connect", row);
    const asked = ask(server, "connect", row);
    await until(async () => (await gateway.posts()).length === 1);
    await gateway.changeElsewhere("train-a", "connect", { connection: { nodePoolId: "cpu-large" } });

    expect(await asked).toMatchObject({
      outcome: "unknown",
      environment: { state: "CONNECTED", connection: { nodePoolId: "cpu-large" } },
    });
    expect(await gateway.posts()).toHaveLength(2);
    expect(await gateway.environment("train-a")).toMatchObject({
      state: "CONNECTED",
      connection: { nodePoolId: "cpu-large" },
    });
  });

  it.each(["connect", "disconnect"] as const)(
    "no TLS where https is asked for: %s is not sent",
    async (method) => {
      let requests = 0;
      // Responds to a handshake like any HTTP server: with a plain-text 400.
      await using plain = await Listener.on(createServer(() => requests++));
      await using server = await withKey(`https://127.0.0.1:${plain.port}`);
      expect(await ask(server, method, {})).toEqual({
        answer: 14,
        outcome: "notApplied",
        environment: undefined,
      });
      expect(requests).toBe(0);
    },
  );

  it.each(["connect", "disconnect"] as const)(
    "a TLS handshake without an answer: %s is not sent",
    async (method) => {
      await using gateway = await silent();
      await using server = await withKey(`https://127.0.0.1:${gateway.port}`);
      expect(await ask(server, method, { timeoutSeconds: 2 })).toEqual(notSentInTime);
      expect(gateway.heard).not.toEqual([]);
      expect(gateway.heard.join("")).not.toMatch(/POST|HTTP/);
    },
  );

  it.each([
    ["no such host", "connect", "https://no-such-host.invalid"],
    ["no such host", "disconnect", "https://no-such-host.invalid"],
    ["a connection that is refused", "connect", "http://127.0.0.1:9"],
    ["a connection that is refused", "disconnect", "http://127.0.0.1:9"],
  ] as const)("%s: %s is not sent", async (_, method, url) => {
    await using server = await withKey(url);
    expect(await ask(server, method, { timeoutSeconds: 3 })).toEqual(notSentInTime);
  });

  it.each(["connect", "disconnect"] as const)(
    "a gateway that never returns the state: %s isn't sent",
    async (method) => {
      await using gateway = await SandboxHost.start();
      await using server = await signedIn(gateway);
      await gateway.script({ route: "GetEnvironment", times: null, fault: { delayMs: 3_600_000 } });
      expect(await ask(server, method, { timeoutSeconds: 2 })).toEqual(notSentInTime);
      expect(await gateway.posts()).toEqual([]);
    },
  );
});

/**
 * Runs one change with a row's fault, on a new server, because polling slows down once an account has shown its limit. Checks that the
 * reported outcome matches the gateway's state.
 */
async function meet(gateway: SandboxHost, method: Method, row: Row): Promise<Expected> {
  const { environmentId, before, after } = changes[method];
  await using server = await withKey(gateway.url);
  await script(gateway, method, row);
  const { answer, outcome, environment } = await ask(server, method, row);

  const times = (await gateway.received())
    .filter(({ method: verb, path }) => verb === "POST" && path.includes(`/${environmentId}:`))
    .map(({ time }) => Date.parse(time));
  for (const [index, time] of times.slice(1).entries()) {
    expect(time - (times[index] ?? 0), "sent again too early").toBeGreaterThanOrEqual(
      row.gap ?? Number.POSITIVE_INFINITY,
    );
  }
  if (outcome !== "unknown") {
    const truth = await gateway.environment(environmentId);
    expect({ state: environment?.state, nodePoolId: environment?.connection?.nodePoolId }).toEqual({
      state: truth.state,
      nodePoolId: truth.connection?.nodePoolId,
    });
  }
  expect(memoryOf(server.process.pid).peak, "MiB, with 50 to begin with and 32 to a body").toBeLessThan(400);
  const state = { [before]: "before", [after]: "after" }[environment?.state ?? ""] as Expected["state"];
  return { answer, ...(outcome && { outcome }), state, posts: times.length };
}

async function ask(
  server: Server,
  method: Method,
  { timeoutSeconds }: { readonly timeoutSeconds?: number },
): Promise<Pick<Expected, "answer" | "outcome"> & { environment: EnvironmentInfo | undefined }> {
  const { environmentId, params } = changes[method];
  const limit = timeoutSeconds === undefined ? {} : { timeoutSeconds };
  try {
    const environment: EnvironmentInfo = await server.connection.sendRequest(method, {
      environmentId,
      ...params,
      ...limit,
    });
    return { answer: "done", environment };
  } catch (error) {
    if (!(error instanceof ResponseError)) throw error;
    expect(error.message, "a sentence without secrets").toMatch(/^(?!.*fw_).+\.$/);
    const data = error.data as ErrorData | undefined;
    return { answer: error.code, outcome: data?.outcome, environment: data?.environment };
  }
}

async function script(gateway: SandboxHost, method: Method, row: Row): Promise<void> {
  const { route, environmentId } = changes[method];
  await gateway.script({ ...row.script, route, resourceId: environmentId });
}

async function signedIn(gateway: SandboxHost): Promise<Server> {
  const server = await Server.open({ gatewayUrl: gateway.url });
  await server.request("signIn", { apiKey: sandboxKeys.main });
  return server;
}

/** A server that knows the key and account without a gateway. */
function withKey(gatewayUrl: string): Promise<Server> {
  return Server.open({ gatewayUrl, accountId: "acme-research" }, { FIREWORKS_API_KEY: sandboxKeys.main });
}

/** Waits for a condition, up to the test's own time limit. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setImmediate(resolve));
}
