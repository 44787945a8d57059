import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { LeaseEndingParams } from "../../extension/src/protocol.g.js";
import { SandboxHost, sandboxKeys } from "./support/sandboxHost.js";
import { Server } from "./support/server.js";

const environmentId = "train-a";
const connection = { nodePoolId: "h100-8x", numRanks: 8 };
const oneHour = { durationSeconds: 3600 };

/** Ends that are invalid, and what the errors contain. */
const invalid: [lease: unknown, message: string][] = [
  [{}, "either until or durationSeconds"],
  [{ until: "2999-01-01T00:00:00Z", durationSeconds: 60 }, "either until or durationSeconds"],
  [{ durationSeconds: 0 }, "lease.durationSeconds must be an integer from 60 to 31536000"],
  [{ durationSeconds: 31_536_001 }, "lease.durationSeconds must be an integer from 60 to 31536000"],
  [{ durationSeconds: "2 h" }, "lease.durationSeconds must be an integer from 60 to 31536000"],
  [{ until: "18:30" }, "lease.until must be a time in RFC 3339"],
  [{ until: "2026-11-28T18:30:00" }, "lease.until must be a time in RFC 3339"],
  [{ until: 7 }, "lease.until must be a time in RFC 3339"],
  [{ until: "2001-01-01T00:00:00Z" }, "lease.until must be a time in the future"],
  [{ until: "2999-01-01T00:00:00Z" }, "at most a year from now"],
  [{ hours: 2 }, 'lease has an unknown member "hours"'],
  ["tomorrow", "lease must be an object"],
];

async function open(gateway: SandboxHost, storagePath: string): Promise<Server> {
  const server = await Server.open({ gatewayUrl: gateway.url, storagePath });
  await server.request("signIn", { apiKey: sandboxKeys.main });
  return server;
}

const newFolder = () => mkdtempSync(join(tmpdir(), "companion-storage-"));
const soon = (milliseconds: number) => ({ until: new Date(Date.now() + milliseconds).toISOString() });

async function disconnects(gateway: SandboxHost) {
  return (await gateway.posts()).filter(({ path }) => path.endsWith(":disconnect"));
}

async function leaseOf(server: Server) {
  return (await server.request("getEnvironment", { environmentId })).lease;
}

function leasesFile(storage: string): string {
  const [name = ""] = readdirSync(join(storage, "state")).filter((name) => name.startsWith("v1.leases."));
  return join(storage, "state", name);
}

/**
 * Moves the stored lease back, as if time had passed while no server ran.
 * @returns its new end in milliseconds
 */
function earlier(storage: string, milliseconds: number): number {
  const file = leasesFile(storage);
  let end = "";
  const move = (_: string, member: string, time: string) => {
    const moved = new Date(Date.parse(time) - milliseconds).toISOString();
    if (member === "until") end = moved;
    return `"${member}":"${moved}"`;
  };
  writeFileSync(file, readFileSync(file, "utf8").replace(/"(since|until)":"([^"]*)"/g, move));
  return Date.parse(end);
}

describe("a lease", () => {
  it("counts from the confirmed connection, and is told with the environment until it's cleared", async () => {
    await using gateway = await SandboxHost.start();
    await using server = await open(gateway, newFolder());
    const connected = await server.request("connect", { environmentId, connection, lease: oneHour });
    expect(connected.lease).toEqual({ until: expect.any(String), keptBy: ["vscode"] });
    const end = Date.parse(connected.lease?.until ?? "");
    expect(end - Date.parse(connected.observedAt)).toBe(3_600_000);

    const { environments } = await server.request("listEnvironments", {});
    expect(environments.filter(({ lease }) => lease).map((found) => found.environmentId)).toEqual([
      environmentId,
    ]);
    expect((await server.request("getEnvironment", { environmentId })).lease).toEqual(connected.lease);
    expect((await server.request("setLease", { environmentId, lease: null })).lease).toBeUndefined();
    expect(server.changes.at(-1)?.environment?.lease).toBeUndefined();
    expect((await server.request("getEnvironment", { environmentId })).lease).toBeUndefined();
  });

  it("ends the connection once, without force, whichever of two windows does it", async () => {
    await using gateway = await SandboxHost.start();
    const storage = newFolder();
    await using first = await open(gateway, storage);
    await using second = await open(gateway, storage);
    await second.request("watchEnvironments", { environments: [{ environmentId }] });
    await first.request("connect", { environmentId, connection, lease: oneHour });
    await first.request("setLease", { environmentId, lease: soon(3000) });
    expect(await disconnects(gateway)).toEqual([]);

    await expect.poll(async () => (await gateway.environment(environmentId)).state).toBe("DISCONNECTED");
    expect(await disconnects(gateway)).toEqual([{ path: expect.stringContaining(environmentId), body: {} }]);
    await expect.poll(() => leaseOf(first)).toBeUndefined();
  });

  it("is kept by another window if the one that set it is gone", async () => {
    await using gateway = await SandboxHost.start();
    const storage = newFolder();
    await using second = await open(gateway, storage);
    await second.request("watchEnvironments", { environments: [{ environmentId }] });
    const first = await open(gateway, storage);
    await first.request("connect", { environmentId, connection });
    await first.request("setLease", { environmentId, lease: soon(3000) });
    await first[Symbol.asyncDispose]();
    await expect.poll(async () => (await gateway.environment(environmentId)).state).toBe("DISCONNECTED");
    expect(await disconnects(gateway)).toHaveLength(1);
  });

  it("that passed while nothing ran is announced before the disconnect, and can still be cleared", async () => {
    await using gateway = await SandboxHost.start();
    const storage = newFolder();
    const first = await open(gateway, storage);
    await first.request("connect", { environmentId, connection, lease: oneHour });
    await first[Symbol.asyncDispose]();
    const missed = earlier(storage, 2 * 3_600_000);

    await using second = await open(gateway, storage);
    await second.request("getEnvironment", { environmentId });
    await expect.poll(() => second.endings).toHaveLength(1);
    const [{ until }] = second.endings as [LeaseEndingParams];
    const left = Date.parse(until) - Date.now();
    expect(left).toBeGreaterThan(60_000);
    expect(left).toBeLessThanOrEqual(120_000);
    const lease = await leaseOf(second);
    expect(lease).toMatchObject({ until, keptBy: ["vscode"] });
    expect(Date.parse(lease?.missed ?? "")).toBe(missed);
    expect(await disconnects(gateway)).toEqual([]);
    expect((await second.request("setLease", { environmentId, lease: null })).lease).toBeUndefined();
  });

  it("doesn't end what someone else connected in the meantime", async () => {
    await using gateway = await SandboxHost.start(["--connect-ms", "100", "--disconnect-ms", "100"]);
    await using server = await open(gateway, newFolder());
    await server.request("connect", { environmentId, connection });
    await server.request("setLease", { environmentId, lease: soon(3000) });
    await gateway.changeElsewhere(environmentId, "connect", { connection: { nodePoolId: "cpu-large" } });
    await expect.poll(() => leaseOf(server)).toBeUndefined();
    await new Promise((resolve) => setTimeout(resolve, 4000)); // past the end
    expect(await disconnects(gateway)).toEqual([]);
    expect((await gateway.environment(environmentId)).state).toBe("CONNECTED");
  });

  it("is refused before anything is sent if it can't be stored", async () => {
    await using gateway = await SandboxHost.start();
    const storage = newFolder();
    writeFileSync(join(storage, "state"), ""); // instead of the folder
    await using server = await open(gateway, storage);
    const params = { environmentId, connection, allowUnprotected: true };
    expect(await server.failure("connect", { ...params, lease: oneHour })).toMatchObject({
      code: 9,
      message: expect.stringMatching(/Couldn't store when .* ends: .*state.*\. Nothing was sent\./),
      data: { outcome: "notApplied" },
    });
    expect(await gateway.posts()).toEqual([]);
    expect((await server.request("connect", params)).state).toBe("CONNECTED");
  });

  it("of a later version is left alone, and a half-written one is replaced", async () => {
    await using gateway = await SandboxHost.start();
    const storage = newFolder();
    await using server = await open(gateway, storage);
    await server.request("connect", { environmentId, connection, lease: oneHour });
    const file = leasesFile(storage);
    writeFileSync(file, '{"version":2,"leases":"?"}');
    expect(await server.failure("setLease", { environmentId, lease: oneHour })).toMatchObject({
      code: 9,
      message: expect.stringContaining("newer version"),
    });
    writeFileSync(file, '{"version":1,"lea');
    expect((await server.request("setLease", { environmentId, lease: oneHour })).lease?.keptBy).toEqual([
      "vscode",
    ]);
  });

  it("is refused if it isn't a valid end, and nothing is sent", async () => {
    await using gateway = await SandboxHost.start();
    await using server = await open(gateway, newFolder());
    await gateway.clear();
    for (const [lease, message] of invalid) {
      const refusal = { code: -32602, message: expect.stringContaining(message) };
      expect(await server.failure("connect", { environmentId, connection, lease })).toMatchObject(refusal);
      expect(await server.failure("setLease", { environmentId, lease })).toMatchObject(refusal);
    }
    expect(await gateway.received()).toEqual([]);
  });

  it("must be set to an object or null, and only while the environment is connected", async () => {
    await using gateway = await SandboxHost.start();
    await using server = await open(gateway, newFolder());
    expect((await server.failure("setLease", { environmentId })).message).toContain("lease is missing");
    expect(await server.failure("setLease", { environmentId, lease: oneHour })).toMatchObject({
      code: 9,
      message: expect.stringContaining("isn't connected"),
    });
  });
});
