import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { SandboxHost, sandboxKeys } from "./support/sandboxHost.js";
import { Server } from "./support/server.js";
import { until } from "./support/until.js";

const connectToH100 = { environmentId: "train-a", connection: { nodePoolId: "h100-8x", numRanks: 8 } };

/** Two windows of one machine: two processes that keep their memory in one folder. */
async function window(
  gateway: SandboxHost,
  storagePath: string,
  environment: NodeJS.ProcessEnv = {},
): Promise<Server> {
  const server = await Server.open({ gatewayUrl: gateway.url, storagePath }, environment);
  await server.request("signIn", { apiKey: sandboxKeys.main });
  return server;
}

describe("several processes on one machine", () => {
  it("change an environment one at a time, and each may when the other is done", async () => {
    await using gateway = await SandboxHost.start(["--connect-ms", "1000"]);
    const storage = mkdtempSync(join(tmpdir(), "companion-storage-"));
    await using first = await window(gateway, storage);
    await using second = await window(gateway, storage);

    const connecting = first.request("connect", connectToH100);
    await first.request("getEnvironment", { environmentId: "train-a" });
    expect(await second.failure("connect", connectToH100)).toMatchObject({
      code: 9,
      message: expect.stringContaining("Another window on this machine"),
      data: { status: "FAILED_PRECONDITION", outcome: "notApplied" },
    });
    expect((await connecting).state).toBe("CONNECTED");
    expect(await gateway.posts()).toHaveLength(1);
    expect((await second.request("disconnect", { environmentId: "train-a" })).state).toBe("DISCONNECTED");
  });

  it("know after a kill what was under way, and send nothing again", async () => {
    await using gateway = await SandboxHost.start(["--connect-ms", "1500"]);
    const storage = mkdtempSync(join(tmpdir(), "companion-storage-"));
    const first = await window(gateway, storage);
    first.request("connect", connectToH100).catch(() => {});
    while ((await gateway.posts()).length === 0);
    await first[Symbol.asyncDispose]();

    await using second = Server.spawn();
    const { unsettled } = await second.initialize({ gatewayUrl: gateway.url, storagePath: storage });
    expect(unsettled).toEqual([
      { accountId: "acme-research", environmentId: "train-a", change: "connect", since: expect.any(String) },
    ]);
    await second.request("signIn", { apiKey: sandboxKeys.main });
    const now = await second.request("getEnvironment", { environmentId: "train-a" });
    expect(["CONNECTING", "CONNECTED"]).toContain(now.state);
    expect(await gateway.posts()).toHaveLength(1);

    await using third = Server.spawn();
    expect((await third.initialize({ gatewayUrl: gateway.url, storagePath: storage })).unsettled).toEqual([]);
  });

  it("hear of each other's changes long before their next look", async () => {
    await using gateway = await SandboxHost.start(["--connect-ms", "1000"]);
    const storage = mkdtempSync(join(tmpdir(), "companion-storage-"));
    await using first = await window(gateway, storage);
    await using second = await window(gateway, storage);
    await second.request("watchEnvironments", { environments: [{ environmentId: "train-a" }] });
    const states = () => second.changes.map(({ environment }) => environment?.state);
    await until(() => states().length > 0); // from here on its next look is due in 30 s

    await first.request("connect", connectToH100);
    await until(() => states().at(-1) === "CONNECTED");
  }, 20_000);

  it("learn how long a node pool takes, and tell it with the next connect", async () => {
    await using gateway = await SandboxHost.start(["--connect-ms", "4000", "--disconnect-ms", "100"]);
    const storage = mkdtempSync(join(tmpdir(), "companion-storage-"));
    await using server = await window(gateway, storage);
    await server.request("connect", { ...connectToH100, workDoneToken: "first" });
    await server.request("disconnect", { environmentId: "train-a" });
    await using other = await window(gateway, storage);
    await other.request("connect", { ...connectToH100, workDoneToken: "second" });
    const [unknown] = server.progress.filter(({ token }) => token === "first");
    const [learned] = other.progress.filter(({ token }) => token === "second");
    expect(unknown?.value.expectedSeconds).toBeUndefined();
    expect(learned?.value.expectedSeconds).toBeGreaterThanOrEqual(4);
  });
});

/** What makes a storage folder unusable, and what the reason is to name. */
const unusable: [what: string, reason: RegExp, spoil: (storage: string) => void, env: NodeJS.ProcessEnv][] = [
  [
    "a file in its place",
    /storage/,
    (storage) => {
      rmSync(storage, { recursive: true });
      writeFileSync(storage, "");
    },
    {},
  ],
  [
    "a link loop in its place",
    /storage/,
    (storage) => {
      rmSync(storage, { recursive: true });
      symlinkSync(storage, storage);
    },
    {},
  ],
  ["a link in it", /is a link/, (storage) => symlinkSync(tmpdir(), join(storage, "state")), {}],
  ["no file locks", /no effect/, () => {}, { DOTNET_SYSTEM_IO_DISABLEFILELOCKING: "1" }],
];

describe.skipIf(process.platform === "win32")("a storage folder that cannot be used", () => {
  it.each(unusable)(
    "with %s lets a person disconnect, and connect with consent",
    async (_, reason, spoil, env) => {
      await using gateway = await SandboxHost.start(["--connect-ms", "50", "--disconnect-ms", "50"]);
      const storage = mkdtempSync(join(tmpdir(), "companion-storage-"));
      spoil(storage);
      await using server = await window(gateway, storage, env);

      const unprotected = expect.stringMatching(reason);
      expect(await server.failure("connect", connectToH100)).toMatchObject({
        code: 9,
        data: { status: "FAILED_PRECONDITION", outcome: "notApplied", retryable: false, unprotected },
      });
      expect(await gateway.posts()).toHaveLength(0);

      const connected = await server.request("connect", { ...connectToH100, allowUnprotected: true });
      expect(connected).toMatchObject({ state: "CONNECTED", unprotected });
      const disconnected = await server.request("disconnect", { environmentId: "train-a" });
      expect(disconnected).toMatchObject({ state: "DISCONNECTED", unprotected });
      const lines = server.log.filter(({ type }) => type === 2).map(({ message }) => message);
      expect(lines).toEqual([
        expect.stringMatching(/The connect of train-a is not protected/),
        expect.stringMatching(/The disconnect of train-a is not protected/),
      ]);
      expect(await server.request("getEnvironment", { environmentId: "train-a" })).not.toHaveProperty(
        "unprotected",
      );
    },
  );

  it("with pipes for files answers at once", async () => {
    await using gateway = await SandboxHost.start(["--connect-ms", "50"]);
    const storage = mkdtempSync(join(tmpdir(), "companion-storage-"));
    mkdirSync(join(storage, "state"));
    for (const name of ["intent.a.b.json", "durations.json", "bell", "state/bell", "state/change.0123"])
      execFileSync("mkfifo", [join(storage, name)]);
    await using server = await window(gateway, storage);
    expect((await server.request("connect", connectToH100)).state).toBe("CONNECTED");
  });
});
