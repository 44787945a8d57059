import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { SandboxHost, sandboxKeys } from "./support/sandboxHost.js";
import { Server } from "./support/server.js";

const environmentId = "train-a";
const connection = { nodePoolId: "h100-8x", numRanks: 8 };

async function open(gateway: SandboxHost, storagePath?: string): Promise<Server> {
  const server = await Server.open({ gatewayUrl: gateway.url, ...(storagePath && { storagePath }) });
  await server.request("signIn", { apiKey: sandboxKeys.main });
  return server;
}

const newFolder = () => mkdtempSync(join(tmpdir(), "companion-storage-"));
const fast = () => SandboxHost.start(["--connect-ms", "50", "--disconnect-ms", "50"]);

describe("the history", () => {
  it("has each connection with its end, also in the next process, until it's deleted", async () => {
    await using gateway = await fast();
    const storagePath = newFolder();
    {
      await using server = await open(gateway, storagePath);
      await server.request("listNodePools", {});
      await server.request("connect", { environmentId, connection });
      await server.request("disconnect", { environmentId });
      await server.request("connect", { environmentId, connection });
      await server.request("shutdown", {}); // otherwise, its last second isn't stored
    }
    await gateway.changeElsewhere(environmentId, "disconnect", {});
    await expect.poll(async () => (await gateway.environment(environmentId)).state).toBe("DISCONNECTED");

    await using server = await open(gateway, storagePath);
    await server.request("watchEnvironments", { environments: [{ environmentId }] });
    await server.request("getEnvironment", { environmentId });
    const { groups, notRecorded } = await server.request("getUsage", { groupBy: ["connection"] });
    expect(notRecorded).toBeUndefined();
    const ends = groups.toSorted((one, other) => Date.parse(one.from ?? "") - Date.parse(other.from ?? ""));
    expect(ends).toMatchObject([
      {
        environmentId,
        displayName: "Language model training",
        nodePoolId: "h100-8x",
        instanceType: "p5.48xlarge",
        numRanks: 8,
        end: "here",
      },
      { environmentId, end: "elsewhere" },
    ]);

    await server.request("clearUsage", {});
    expect((await server.request("getUsage", {})).groups).toEqual([]);
  });

  it("isn't kept without a folder, and the answer says so", async () => {
    await using gateway = await fast();
    await using server = await open(gateway);
    await server.request("getEnvironment", { environmentId: "eval-c" });
    expect(await server.request("getUsage", {})).toMatchObject({
      groups: [],
      notRecorded: "No storage folder is set.",
    });
  });

  it.each<[params: unknown, message: string]>([
    [{ since: "yesterday" }, "since must be a time in RFC 3339"],
    [{ since: "2999-01-01T00:00:00Z" }, "since must be in the past"],
    [{ since: "1999-01-01T00:00:00Z" }, "since must be at most 5 years ago"],
    [{ groupBy: ["month"] }, "groupBy must contain only day, environment, nodePool, connection"],
    [{ groupBy: "day" }, "groupBy"],
    [{ groupBy: [null] }, "groupBy"],
    [{ month: 11 }, 'unknown member "month"'],
  ])("refuses %j", async (params, message) => {
    await using gateway = await fast();
    await using server = await open(gateway, newFolder());
    const refused = await server.request("getUsage", params as never).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: -32602, message: expect.stringContaining(message) });
  });
});
