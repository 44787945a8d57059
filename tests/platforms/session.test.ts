import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { SandboxHost, sandboxKeys } from "../blackbox/support/sandboxHost.js";
import { Server } from "../blackbox/support/server.js";

const environmentId = "train-a";
const key = { FIREWORKS_API_KEY: sandboxKeys.main };

describe("the main session", () => {
  it("signs in, lists, connects, disconnects, diagnoses, and exits with 0", async () => {
    await using gateway = await SandboxHost.start();
    const storagePath = mkdtempSync(join(tmpdir(), "companion-storage-"));
    await using server = await Server.open({ gatewayUrl: gateway.url, storagePath }, key);
    expect(await server.request("getAccount", {})).toMatchObject({
      accountId: "acme-research",
      keySource: "environment",
    });
    const { environments } = await server.request("listEnvironments", {});
    expect(environments.map((environment) => environment.environmentId)).toContain(environmentId);
    const { nodePools } = await server.request("listNodePools", {});
    expect(nodePools.map(({ nodePoolId }) => nodePoolId)).toContain("h100-8x");

    const connection = { nodePoolId: "h100-8x", numRanks: 8 };
    const connected = await server.request("connect", { environmentId, connection, workDoneToken: 1 });
    expect(connected).toMatchObject({ state: "CONNECTED", connection });
    expect(connected, "the storage folder is of use").not.toHaveProperty("unprotected");
    expect(server.progress.map(({ value }) => value.kind)).toEqual(expect.arrayContaining(["begin", "end"]));
    const disconnected = await server.request("disconnect", { environmentId });
    expect(disconnected.state).toBe("DISCONNECTED");
    expect((await gateway.posts()).map(({ path }) => path)).toEqual([
      expect.stringMatching(/train-a:connect$/),
      expect.stringMatching(/train-a:disconnect$/),
    ]);

    const { steps } = await server.request("diagnose", {});
    expect(steps.filter(({ verdict }) => verdict === "failed")).toEqual([]);
    await server.connection.sendRequest("shutdown");
    await server.connection.sendNotification("exit");
    expect(await server.exited).toBe(0);
    expect(server.stderr).toEqual([]);
  });

  it("ends when its input ends", async () => {
    await using server = await Server.open({ gatewayUrl: "sandbox" });
    server.process.stdin.end();
    expect(await server.exited).toBe(1);
  });

  it("ends after its client, a process of the same system", async () => {
    await using client = await Server.open({ gatewayUrl: "sandbox" });
    const { processId } = await client.request("getReport", {});
    await using server = Server.spawn({}, ["--stdio", "--clientProcessId", String(processId)]);
    await server.initialize();
    client.process.kill("SIGKILL");
    expect(await server.exited).toBe(1);
  });
});
