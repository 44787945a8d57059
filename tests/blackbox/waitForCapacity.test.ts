import { describe, expect, it } from "vitest";
import { CancellationTokenSource } from "vscode-jsonrpc/node";
import { SandboxHost, sandboxKeys } from "./support/sandboxHost.js";
import { Server } from "./support/server.js";

const environmentId = "train-a";
const connection = { nodePoolId: "h100-8x", numRanks: 8 };
const connectWhenFree = { environmentId, connection, allowUnprotected: true };

/** Times that are invalid, and what the errors contain. */
const invalid: [wait: unknown, message: string][] = [
  [{}, "waitForCapacity must have either until or durationSeconds"],
  [
    { until: "2999-01-01T00:00:00Z", durationSeconds: 60 },
    "waitForCapacity must have either until or durationSeconds",
  ],
  [{ durationSeconds: 0 }, "waitForCapacity.durationSeconds must be an integer from 1 to 31536000"],
  [{ durationSeconds: 31_536_001 }, "waitForCapacity.durationSeconds must be an integer from 1 to 31536000"],
  [{ durationSeconds: "2 h" }, "waitForCapacity.durationSeconds must be an integer from 1 to 31536000"],
  [{ until: "tonight" }, "waitForCapacity.until must be a time in RFC 3339"],
  [{ until: "2001-01-01T00:00:00Z" }, "waitForCapacity.until must be a time in the future"],
  [{ until: "2999-01-01T00:00:00Z" }, "at most a year from now"],
  ["tomorrow", "waitForCapacity must be an object"],
];

async function open(gateway: SandboxHost): Promise<Server> {
  const server = await Server.open({ gatewayUrl: gateway.url });
  await server.request("signIn", { apiKey: sandboxKeys.main });
  return server;
}

/** A server, and a gateway whose node pool is full. */
async function openFull(gateway: SandboxHost): Promise<Server> {
  const server = await open(gateway);
  await server.request("connect", {
    environmentId: "shared-tools",
    connection: { nodePoolId: "h100-8x", numRanks: 24 },
    allowUnprotected: true,
  });
  return server;
}

async function connects(gateway: SandboxHost) {
  return (await gateway.posts()).filter(({ path }) => path.includes(`${environmentId}:connect`));
}

/** Waits until the server has reported the free ranks. */
async function untilWaiting(server: Server, token: string) {
  await expect
    .poll(() => server.progress.find((progress) => progress.token === token)?.value)
    .toMatchObject({ kind: "begin", stage: "waitingForRoom", freeRanks: expect.any(Number) });
}

describe("waiting for capacity", () => {
  it("connects at once, and once, if there is room", async () => {
    await using gateway = await SandboxHost.start();
    await using server = await open(gateway);
    const connected = await server.request("connect", {
      ...connectWhenFree,
      waitForCapacity: { durationSeconds: 60 },
    });
    expect(connected.state).toBe("CONNECTED");
    expect(await connects(gateway)).toHaveLength(1);
  });

  it("reports the free ranks, and ends with nothing sent when its time is over", async () => {
    await using gateway = await SandboxHost.start();
    await using server = await openFull(gateway);
    const failure = await server.failure("connect", {
      ...connectWhenFree,
      waitForCapacity: { until: new Date(Date.now() + 2000).toISOString() },
      workDoneToken: "w",
    });
    expect(failure).toMatchObject({
      code: 8,
      message: "h100-8x had no room in time. Nothing was sent.",
      data: { outcome: "notApplied" },
    });
    const values = server.progress.filter(({ token }) => token === "w").map(({ value }) => value);
    expect(values.map(({ kind }) => kind)).toEqual(["begin", "end"]);
    expect(values[0]).toMatchObject({
      stage: "waitingForRoom",
      freeRanks: expect.any(Number),
      cancellable: true,
    });
    expect(values[0]?.freeRanks).toBeLessThan(connection.numRanks);
    expect(await connects(gateway)).toEqual([]);
  });

  it("ends when another change of the environment is requested, which isn't held up", async () => {
    await using gateway = await SandboxHost.start();
    await using server = await openFull(gateway);
    const waiting = server.failure("connect", {
      ...connectWhenFree,
      waitForCapacity: { durationSeconds: 60 },
      workDoneToken: "w",
    });
    await untilWaiting(server, "w");
    const other = await server.request("connect", {
      ...connectWhenFree,
      connection: { nodePoolId: "cpu-large", numRanks: 1 },
    });
    expect(other.connection?.nodePoolId).toBe("cpu-large");
    expect(await waiting).toMatchObject({ code: 10, data: { outcome: "notApplied" } });
    expect(await connects(gateway)).toHaveLength(1);
  });

  it("ends with nothing sent when it's canceled, and when the user signs out", async () => {
    await using gateway = await SandboxHost.start();
    await using server = await openFull(gateway);
    const cancel = new CancellationTokenSource();
    const params = { ...connectWhenFree, waitForCapacity: { durationSeconds: 60 } };
    const canceled = server.connection.sendRequest(
      "connect",
      { ...params, workDoneToken: "c" },
      cancel.token,
    );
    await untilWaiting(server, "c");
    cancel.cancel();
    await expect(canceled).rejects.toMatchObject({ code: -32800, data: { outcome: "notApplied" } });

    const signedOut = server.failure("connect", { ...params, workDoneToken: "s" });
    await untilWaiting(server, "s");
    await server.request("signOut", {});
    expect(await signedOut).toMatchObject({ code: 16, message: "Signed out. Nothing was sent." });
    expect(await connects(gateway)).toEqual([]);
  });

  it("is refused if its time isn't valid, and nothing is sent", async () => {
    await using gateway = await SandboxHost.start();
    await using server = await open(gateway);
    for (const [waitForCapacity, message] of invalid) {
      const failure = await server.failure("connect", { ...connectWhenFree, waitForCapacity });
      expect(failure.code).toBe(-32602);
      expect(failure.message).toContain(message);
    }
    expect(await connects(gateway)).toEqual([]);
  });
});
