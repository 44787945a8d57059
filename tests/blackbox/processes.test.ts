import { execFileSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { SandboxHost, sandboxKeys } from "./support/sandboxHost.js";
import { Server } from "./support/server.js";
import { Listener } from "./support/tlsServers.js";
import { until } from "./support/until.js";

const connectToH100 = { environmentId: "train-a", connection: { nodePoolId: "h100-8x", numRanks: 8 } };
const isRoot = process.getuid?.() === 0;

/** Two windows on one machine: two processes that share a storage folder. */
async function window(
  gateway: SandboxHost,
  storagePath: string,
  environment: NodeJS.ProcessEnv = {},
  shell?: string,
): Promise<Server> {
  const server = await Server.open({ gatewayUrl: gateway.url, storagePath }, environment, shell);
  await server.request("signIn", { apiKey: sandboxKeys.main });
  return server;
}

describe("several processes on one machine", () => {
  it("change an environment one at a time, each after the other", async () => {
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

  it("report after a kill what was in progress, and send nothing again", async () => {
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

  it("notice each other's changes long before their next read", async () => {
    await using gateway = await SandboxHost.start(["--connect-ms", "1000"]);
    const storage = mkdtempSync(join(tmpdir(), "companion-storage-"));
    await using first = await window(gateway, storage);
    await using second = await window(gateway, storage);
    await second.request("watchEnvironments", { environments: [{ environmentId: "train-a" }] });
    const states = () => second.changes.map(({ environment }) => environment?.state);
    await until(() => states().length > 0); // from now on, its next read is due in 30 s

    await first.request("connect", connectToH100);
    await until(() => states().at(-1) === "CONNECTED");
  }, 20_000);

  it("learn how long a node pool takes, and report it with the next connect", async () => {
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

  it("keep what each of twenty has learned, even if all finish at once", async () => {
    const count = 20;
    const pools = new Map<string, string>();
    await using listener = await Listener.on(
      createServer(async (request, response) => {
        const [, id, verb] = /environments\/([^:]+)(:connect)?/.exec(request.url ?? "") ?? [];
        if (verb) pools.set(id ?? "", JSON.parse(await text(request)).connection.nodePoolId);
        const state =
          pools.size === count ? "CONNECTED" : pools.has(id ?? "") ? "CONNECTING" : "DISCONNECTED";
        const connection = pools.has(id ?? "") ? { nodePoolId: pools.get(id ?? "") } : null;
        response.end(verb ? "{}" : JSON.stringify({ name: id, state, connection }));
      }),
    );
    const storagePath = mkdtempSync(join(tmpdir(), "companion-storage-"));
    const options = { gatewayUrl: listener.url, storagePath };
    const key = { FIREWORKS_API_KEY: "fw_test_0123456789abcdef", FIREWORKS_ACCOUNT_ID: "acme" };
    const servers = await Promise.all(Array.from({ length: count }, () => Server.open(options, key)));
    const connected = await Promise.all(
      servers.map((server, n) =>
        server.request("connect", { environmentId: `e${n}`, connection: { nodePoolId: `p${n}` } }),
      ),
    );
    expect(new Set(connected.map(({ state }) => state))).toEqual(new Set(["CONNECTED"]));
    const learned = readdirSync(join(storagePath, "state")).filter((name) => name.startsWith("v1.duration."));
    expect(learned).toHaveLength(count);
    for (const name of learned)
      expect(Number(readFileSync(join(storagePath, "state", name), "utf8"))).toBeGreaterThan(0);
    await Promise.all(servers.map((server) => server[Symbol.asyncDispose]()));
  }, 120_000);
});

/** Reasons for an unusable storage folder, and how they are reported. */
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
  ["no file locks", /doesn't work/, () => {}, { DOTNET_SYSTEM_IO_DISABLEFILELOCKING: "1" }],
];

/** The same for a folder that was usable at first, and how to start the server if that differs. */
const spoilt: [
  what: string,
  reason: RegExp,
  spoil: (server: Server, storage: string) => void,
  shell: string | undefined,
][] = [
  [
    "a full disk",
    /too large/,
    ({ process }) => limit(process.pid, "--fsize=0"),
    `trap "" XFSZ; exec "$0" "$@"`, // a full disk sends no signal
  ],
  [
    "no file descriptor left",
    /[Tt]oo many open files/,
    ({ process }) => {
      const taken = new Set(readdirSync(`/proc/${process.pid}/fd`).map(Number));
      let free = 0;
      while (taken.has(free)) free++;
      limit(process.pid, `--nofile=${free}`);
    },
    undefined,
  ],
  [
    "a lock file of another user",
    /denied/,
    (_, storage) => {
      for (const name of readdirSync(join(storage, "state")).filter((name) => name.startsWith("change."))) {
        const path = join(storage, "state", name);
        if (isRoot) chownSync(path, 65_534, 65_534);
        else chmodSync(path, 0);
      }
    },
    isRoot ? `exec setpriv --bounding-set -all "$0" "$@"` : undefined, // root can open everything
  ],
];

function limit(pid: number | undefined, option: string): void {
  execFileSync("prlimit", ["--pid", String(pid), option]);
}

describe.skipIf(process.platform === "win32")("a storage folder that cannot be used", () => {
  it.each(unusable)("with %s can disconnect, and connect with consent", async (_, reason, spoil, env) => {
    await using gateway = await SandboxHost.start(["--connect-ms", "50", "--disconnect-ms", "50"]);
    const storage = mkdtempSync(join(tmpdir(), "companion-storage-"));
    spoil(storage);
    await using server = await window(gateway, storage, env);
    await changesUnprotected(gateway, server, reason);
  });

  it.skipIf(process.platform !== "linux").each(spoilt)(
    "with %s after a while lets a person disconnect, and connect with consent",
    async (_, reason, spoil, shell) => {
      await using gateway = await SandboxHost.start(["--connect-ms", "50", "--disconnect-ms", "50"]);
      const storage = mkdtempSync(join(tmpdir(), "companion-storage-"));
      await using server = await window(gateway, storage, {}, shell);
      expect(await server.request("connect", connectToH100)).not.toHaveProperty("unprotected");
      await server.request("disconnect", { environmentId: "train-a" });
      spoil(server, storage);
      await changesUnprotected(gateway, server, reason);
    },
  );

  it("with pipes instead of files responds at once", async () => {
    await using gateway = await SandboxHost.start(["--connect-ms", "50"]);
    const storage = mkdtempSync(join(tmpdir(), "companion-storage-"));
    mkdirSync(join(storage, "state"));
    for (const name of ["intent.a.b.json", "durations.json", "bell", "state/bell", "state/change.0123"])
      execFileSync("mkfifo", [join(storage, name)]);
    await using server = await window(gateway, storage);
    expect((await server.request("connect", connectToH100)).state).toBe("CONNECTED");
  });
});

/** Checks that a connect is refused unless allowed, that a disconnect is sent, and that both report why they weren't protected. */
async function changesUnprotected(gateway: SandboxHost, server: Server, reason: RegExp): Promise<void> {
  const before = (await gateway.posts()).length;
  const unprotected = expect.stringMatching(reason);
  expect(await server.failure("connect", connectToH100)).toMatchObject({
    code: 9,
    data: { status: "FAILED_PRECONDITION", outcome: "notApplied", retryable: false, unprotected },
  });
  expect(await gateway.posts()).toHaveLength(before);

  const connected = await server.request("connect", { ...connectToH100, allowUnprotected: true });
  expect(connected).toMatchObject({ state: "CONNECTED", unprotected });
  const disconnected = await server.request("disconnect", { environmentId: "train-a" });
  expect(disconnected).toMatchObject({ state: "DISCONNECTED", unprotected });
  expect(await gateway.posts()).toHaveLength(before + 2);
  const lines = server.log.filter(({ type }) => type === 2).map(({ message }) => message);
  expect(lines).toEqual([
    expect.stringMatching(/The request to connect train-a isn't protected/),
    expect.stringMatching(/The request to disconnect train-a isn't protected/),
  ]);
  expect(await server.request("getEnvironment", { environmentId: "train-a" })).not.toHaveProperty(
    "unprotected",
  );
}
