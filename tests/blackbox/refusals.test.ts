import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RawServer } from "./support/rawServer.js";
import { SandboxHost, sandboxKeys } from "./support/sandboxHost.js";
import { Server } from "./support/server.js";

const pool = { nodePoolId: "h100-8x" };
const role = "arn:aws:iam::123456789012:role/trainer";

/** Invalid params, and what the message must contain. */
const wrongParams: [method: "connect" | "disconnect", params: unknown, named: string, takes: string][] = [
  ["connect", {}, "environmentId", "an id"],
  ["connect", { environmentId: "train-a" }, "connection", "object"],
  ["connect", { environmentId: "", connection: pool }, "environmentId", "an id of 1 to 63"],
  ["connect", { environmentId: null, connection: pool }, "environmentId", "an id of 1 to 63"],
  [
    "connect",
    { environmentId: "accounts/a/environments/e", connection: pool },
    "environmentId",
    "an id of 1 to 63",
  ],
  ["connect", { environmentId: "../train-a", connection: pool }, "environmentId", "an id of 1 to 63"],
  ["connect", { environmentId: "Train-A", connection: pool }, "environmentId", "an id of 1 to 63"],
  ["connect", { environmentId: 7, connection: pool }, "environmentId", "an id of 1 to 63"],
  [
    "connect",
    { environmentId: "train-a", accountId: "Acme", connection: pool },
    "accountId",
    "an id of 1 to 63",
  ],
  ["connect", { environmentId: "train-a", connection: {} }, "connection.nodePoolId", "an id of 1 to 63"],
  [
    "connect",
    { environmentId: "train-a", connection: { nodePoolId: "" } },
    "connection.nodePoolId",
    "an id of 1 to 63",
  ],
  ["connect", { environmentId: "train-a", connection: null }, "connection", "object"],
  ["connect", { environmentId: "train-a", connection: [pool] }, "connection", "object"],
  ["connect", { environmentId: "train-a", connection: "h100-8x" }, "connection", "object"],
  [
    "connect",
    { environmentId: "train-a", connection: { ...pool, zone: "us-east-1a" } },
    "zone",
    "nodePoolId, numRanks, role, useLocalStorage",
  ],
  ["connect", { environmentId: "train-a", connection: { ...pool, numRank: 8 } }, "numRank", "numRanks"],
  [
    "connect",
    { environmentId: "train-a", connection: { ...pool, numRanks: 0 } },
    "connection.numRanks",
    "an integer from 1 to 2147483647",
  ],
  [
    "connect",
    { environmentId: "train-a", connection: { ...pool, numRanks: -1 } },
    "connection.numRanks",
    "an integer from 1 to 2147483647",
  ],
  [
    "connect",
    { environmentId: "train-a", connection: { ...pool, numRanks: 1.5 } },
    "connection.numRanks",
    "an integer from 1 to 2147483647",
  ],
  [
    "connect",
    { environmentId: "train-a", connection: { ...pool, numRanks: 2147483648 } },
    "connection.numRanks",
    "an integer from 1 to 2147483647",
  ],
  [
    "connect",
    { environmentId: "train-a", connection: { ...pool, numRanks: "8" } },
    "connection.numRanks",
    "an integer from 1 to 2147483647",
  ],
  [
    "connect",
    { environmentId: "train-a", connection: { ...pool, role: "trainer" } },
    "connection.role",
    "the ARN of an IAM role",
  ],
  [
    "connect",
    { environmentId: "train-a", connection: { ...pool, role: role.replace("iam", "sts") } },
    "connection.role",
    "not an assumed-role (sts) ARN",
  ],
  [
    "connect",
    { environmentId: "train-a", connection: { ...pool, useLocalStorage: "yes" } },
    "connection.useLocalStorage",
    "true or false",
  ],
  [
    "connect",
    { environmentId: "train-a", connection: pool, vscodeVersion: "" },
    "vscodeVersion",
    "a version",
  ],
  [
    "connect",
    { environmentId: "train-a", connection: pool, wait: "done" },
    "wait",
    '"settled" or "accepted"',
  ],
  [
    "connect",
    { environmentId: "train-a", connection: pool, timeoutSeconds: 0 },
    "timeoutSeconds",
    "an integer from 1 to 86400",
  ],
  [
    "connect",
    { environmentId: "train-a", connection: pool, workDoneToken: {} },
    "workDoneToken",
    "an integer or a string",
  ],
  ["connect", { environmentId: "train-a", connection: pool, force: true }, "force", "environmentId"],
  ["connect", [{ environmentId: "train-a", connection: pool }], "params", "object"],
  ["disconnect", {}, "environmentId", "an id of 1 to 63"],
  ["disconnect", { environmentId: "train-a/x" }, "environmentId", "an id of 1 to 63"],
  ["disconnect", { environmentId: "train-a", force: "true" }, "force", "true or false"],
  ["disconnect", { environmentId: "train-a", resetSnapshots: 1 }, "resetSnapshots", "true or false"],
  ["disconnect", { environmentId: "train-a", connection: pool }, "connection", "environmentId"],
];

let gateway: SandboxHost;

beforeAll(async () => {
  gateway = await SandboxHost.start();
});

afterAll(() => gateway[Symbol.asyncDispose]());

describe("wrong params", () => {
  it("are refused with -32602 and a message that names the member and valid values, before anything is sent", async () => {
    await using server = await Server.open({ gatewayUrl: gateway.url });
    await server.request("signIn", { apiKey: sandboxKeys.main });
    const before = (await gateway.received()).length;
    for (const [method, params, named, takes] of wrongParams) {
      const { code, message } = await server.failure(method, params);
      expect({ code, message }, JSON.stringify(params)).toEqual({
        code: -32602,
        message: expect.stringContaining(named),
      });
      expect(message, JSON.stringify(params)).toContain(takes);
    }
    expect(await gateway.received()).toHaveLength(before);
  });

  it("never appear in the message", async () => {
    await using server = await Server.open({ gatewayUrl: gateway.url });
    const key = "fw_test_0123456789 with a space";
    expect((await server.failure("signIn", { apiKey: key })).message).not.toContain("fw_test");
    expect((await server.failure("connect", { environmentId: key, connection: pool })).message).not.toContain(
      "fw_test",
    );
  });
});

describe("unusual but valid messages", () => {
  it.each([
    ["1.0", 1],
    ["10e2", 1000],
    ["-0", 0],
    ["9007199254740993.0", "9007199254740993"],
  ])("an id %s is the integer that it represents", async (id, integer) => {
    await using server = new RawServer();
    await server.initialize();
    server.send(`{"jsonrpc":"2.0","id":${id},"method":"getAccount"}`);
    const [answer] = await server.replies(1);
    expect(answer?.error).toBeUndefined();
    expect(Number(answer?.id)).toBe(Number(integer));
  });

  it.each([["null"], ["[]"], ["[null]"], [" [ null ] "]])(
    "params %s are the same as none",
    async (params) => {
      await using server = new RawServer();
      await server.initialize();
      server.send(`{"jsonrpc":"2.0","id":1,"method":"getAccount","params":${params}}`);
      server.send(`{"jsonrpc":"2.0","id":2,"method":"getEnvironment","params":${params}}`);
      const [without, required] = await server.replies(2);
      expect(without?.error).toBeUndefined();
      expect(required?.error).toMatchObject({
        code: -32602,
        message: expect.stringContaining("environmentId is missing"),
      });
    },
  );

  it.each([["1.5"], ["[null,null]"], ["[[]]"], ["0"], ['""'], ["true"]])(
    "params %s are refused",
    async (params) => {
      await using server = new RawServer();
      await server.initialize();
      server.send(`{"jsonrpc":"2.0","id":1,"method":"getAccount","params":${params}}`);
      expect((await server.replies(1))[0]?.error).toMatchObject({
        code: -32602,
        message: expect.stringContaining("params must be"),
      });
    },
  );
});

describe("what the gateway rejects", () => {
  it.each<[string, string | undefined, string, object, number, string, RegExp]>([
    [
      "no key",
      undefined,
      "connect",
      { environmentId: "train-a", connection: pool },
      16,
      "UNAUTHENTICATED",
      /Sign in/,
    ],
    [
      "an unknown environment",
      sandboxKeys.main,
      "connect",
      { environmentId: "no-such", connection: pool },
      5,
      "NOT_FOUND",
      /no-such/,
    ],
    [
      "an unknown node pool",
      sandboxKeys.main,
      "connect",
      { environmentId: "train-a", connection: { nodePoolId: "no-such" } },
      5,
      "NOT_FOUND",
      /no-such/,
    ],
    [
      "a forbidden account",
      sandboxKeys.main,
      "connect",
      { environmentId: "train-a", accountId: "globex-vision", connection: pool },
      7,
      "PERMISSION_DENIED",
      /another account/,
    ],
    [
      "a disconnect of what is not connected",
      sandboxKeys.main,
      "disconnect",
      { environmentId: "train-a" },
      9,
      "FAILED_PRECONDITION",
      /nothing to disconnect/,
    ],
    [
      "a node pool that is not ready",
      sandboxKeys.main,
      "connect",
      { environmentId: "train-a", connection: { nodePoolId: "l40s-failed" } },
      9,
      "FAILED_PRECONDITION",
      /rejected/,
    ],
    [
      "no capacity",
      sandboxKeys.main,
      "connect",
      { environmentId: "train-a", connection: { nodePoolId: "h200-full" } },
      8,
      "RESOURCE_EXHAUSTED",
      /another node pool/,
    ],
    [
      "a snapshot that fails",
      sandboxKeys.main,
      "disconnect",
      { environmentId: "brittle-e" },
      13,
      "INTERNAL",
      /still connected, and you're still charged .*rebuild the snapshots/,
    ],
  ])("%s: its code, outcome notApplied, and advice", async (_, key, method, params, code, status, advice) => {
    await using fresh = await SandboxHost.start();
    await using server = await Server.open({ gatewayUrl: fresh.url });
    if (key) await server.request("signIn", { apiKey: key });
    const failed = await server.failure(method, params);
    expect(failed).toMatchObject({ code, data: { status, outcome: "notApplied" } });
    expect(`${failed.message} ${failed.data?.detail}`).toMatch(advice);
  });

  it("a pending connection: 9, with the state that explains it", async () => {
    await using fresh = await SandboxHost.start(["--connect-ms", "60000"]);
    await using server = await Server.open({ gatewayUrl: fresh.url });
    await server.request("signIn", { apiKey: sandboxKeys.main });
    await server.request("connect", { environmentId: "train-a", connection: pool, wait: "accepted" });
    expect(await server.failure("connect", { environmentId: "train-a", connection: pool })).toMatchObject({
      code: 9,
      message: expect.stringContaining("already connecting"),
      data: {
        status: "FAILED_PRECONDITION",
        outcome: "notApplied",
        httpStatus: 400,
        environment: { state: "CONNECTING" },
      },
    });
  });

  it("a wrong key changes nothing", async () => {
    await using server = await Server.open({ gatewayUrl: gateway.url });
    await server.request("signIn", { apiKey: sandboxKeys.main });
    const refused = await server.failure("signIn", { apiKey: "fw_test_wrong_0123456789" });
    expect(refused).toMatchObject({ code: 16, data: { status: "UNAUTHENTICATED", httpStatus: 401 } });
    expect(await server.request("getAccount", {})).toMatchObject({ accountId: "acme-research" });
  });

  it("an unreachable gateway: nothing was sent", async () => {
    await using server = await Server.open({ gatewayUrl: "http://127.0.0.1:9" });
    const refused = await server.failure("signIn", { apiKey: sandboxKeys.main });
    expect(refused).toMatchObject({ code: 14, data: { status: "UNAVAILABLE", retryable: true } });
  });
});
