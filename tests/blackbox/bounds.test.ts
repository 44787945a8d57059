import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { InitializationOptions, Requests } from "../../extension/src/protocol.g.js";
import { SandboxHost, sandboxKeys } from "./support/sandboxHost.js";
import { type Failure, Server } from "./support/server.js";

type Actor = NonNullable<InitializationOptions["actor"]>;

const connection = { nodePoolId: "h100-8x", numRanks: 8 };
const lease = { durationSeconds: 3600 };
const train = { environmentId: "train-a", connection, lease };
const isRoot = process.getuid?.() === 0;

/** A user's machine: a home folder, with or without bounds. */
class Machine {
  readonly home = mkdtempSync(join(tmpdir(), "companion-home-"));
  readonly storage = mkdtempSync(join(tmpdir(), "companion-storage-"));
  readonly folder = join(this.home, ".fireworks");
  readonly path = join(this.folder, "companion-bounds.json");

  constructor(
    readonly gateway: SandboxHost,
    bounds?: unknown,
  ) {
    mkdirSync(this.folder);
    if (bounds !== undefined) writeFileSync(this.path, JSON.stringify(bounds));
  }

  /** Starts a server for a client that has the key in its environment and knows its account, so that nothing is asked before a call. */
  start(actor: Actor, storagePath = this.storage, shell?: string): Promise<Server> {
    const environment = { HOME: this.home, USERPROFILE: this.home, FIREWORKS_API_KEY: sandboxKeys.main };
    const options = { gatewayUrl: this.gateway.url, storagePath, accountId: "acme-research", actor };
    return Server.open(options, environment, shell);
  }
}

/** What the error of a refused call has. */
function refusedBy(bound: string | undefined, message: RegExp): unknown {
  return {
    code: 9,
    message: expect.stringMatching(message),
    data: {
      status: "FAILED_PRECONDITION",
      outcome: "notApplied",
      ...(bound && { bound }),
      retryable: false,
      actions: [],
    },
  };
}

async function requests(gateway: SandboxHost, verb: string): Promise<number> {
  return (await gateway.posts()).filter(({ path }) => path.endsWith(`:${verb}`)).length;
}

/** The environments that `--environments 40` adds. */
const ids = Array.from({ length: 40 }, (_, i) => `sweep-${String(i + 1).padStart(5, "0")}`);

/** The state after a connect, or the bound that refused it. */
function outcomeOf(server: Server, params: Requests["connect"]["params"]): Promise<string | undefined> {
  return server.request("connect", params).then(
    ({ state }) => state,
    (error: Failure) => error.data?.bound,
  );
}

/** Connects that are refused to an agent without a file, by which bound, and what the error says. */
const refused: [what: string, params: object, bound: string, message: RegExp][] = [
  [
    "that's too long",
    { lease: { durationSeconds: 7201 } },
    "maxHours",
    /^maxHours is 2, but this would be 2\.01\. Only a person can change that, in .*companion-bounds\.json\. Nothing was sent\.$/,
  ],
  [
    "that ends too late",
    { lease: { until: new Date(Date.now() + 100 * 3_600_000).toISOString() } },
    "maxHours",
    /^maxHours is 2/,
  ],
  [
    "that waits for room",
    { lease: { durationSeconds: 7201 }, waitForCapacity: { durationSeconds: 60 } },
    "maxHours",
    /^maxHours/,
  ],
  [
    "without protection",
    { allowUnprotected: true },
    "actor",
    /^Only a person can use allowUnprotected\. Nothing was sent\.$/,
  ],
];

describe("an agent", () => {
  it.each(refused)(
    "can't make a connect %s, and the gateway isn't asked",
    async (_, params, bound, message) => {
      await using gateway = await SandboxHost.start();
      await using server = await new Machine(gateway).start("agent");
      expect(await server.failure("connect", { ...train, ...params })).toMatchObject(
        refusedBy(bound, message) as object,
      );
      expect(await gateway.received()).toEqual([]);
    },
  );

  it("must say when a connection ends", async () => {
    await using gateway = await SandboxHost.start();
    await using server = await new Machine(gateway).start("agent");
    const params = { environmentId: "train-a", connection };
    expect(await server.failure("connect", params)).toMatchObject({
      code: -32602,
      message:
        "params.lease is missing; it must be an object with either until or durationSeconds, at most 2 hours from now.",
    });
    expect(await gateway.received()).toEqual([]);
  });

  it("gets one node, and only reads tell how large it is", async () => {
    await using gateway = await SandboxHost.start();
    await using server = await new Machine(gateway).start("agent");
    const params = { ...train, connection: { ...connection, numRanks: 9 } };
    expect(await server.failure("connect", params)).toMatchObject(
      refusedBy("maxNodes", /^maxNodes is 1, but this would be 2 \(9 ranks, with 8 on each\)\./) as object,
    );
    expect(await gateway.posts()).toEqual([]);
    expect((await server.request("connect", train)).state).toBe("CONNECTED");
  });

  it("may end what it started, as often as it asks, and use the place again", async () => {
    await using gateway = await SandboxHost.start();
    const machine = new Machine(gateway);
    await using server = await machine.start("agent");
    for (const environmentId of ["train-a", "train-b"]) {
      await server.request("connect", { ...train, environmentId });
      await using another = await machine.start("agent");
      expect((await another.request("disconnect", { environmentId })).state).toBe("DISCONNECTED");
      expect(await another.failure("disconnect", { environmentId })).toMatchObject({
        code: 9,
        message: expect.stringMatching(/isn't connected to a node pool/),
        data: { outcome: "notApplied" },
      });
    }
    expect(await requests(gateway, "disconnect")).toBe(2);
  });

  it("neither ends nor replaces what a person started, even by ignoring what it was told", async () => {
    await using gateway = await SandboxHost.start();
    const machine = new Machine(gateway);
    await using person = await machine.start("person", mkdtempSync(join(tmpdir(), "companion-storage-")));
    await using server = await machine.start("agent");
    await person.request("connect", { environmentId: "train-a", connection });
    const calls: [method: string, params: object, bound: string][] = [
      ["disconnect", { environmentId: "train-a" }, "mayEndOthers"],
      ["disconnect", { environmentId: "train-a", force: true }, "actor"],
      ["disconnect", { environmentId: "train-a", resetSnapshots: true }, "actor"],
      ["setLease", { environmentId: "train-a", lease: { durationSeconds: 60 } }, "mayEndOthers"],
      ["setLease", { environmentId: "train-a", lease: null }, "mayEndOthers"],
      ["connect", train, "mayEndOthers"],
      ["connect", { ...train, connection: { nodePoolId: "cpu-large" } }, "mayEndOthers"],
      ["signIn", {}, "actor"],
      ["signOut", {}, "actor"],
      ["clearUsage", {}, "actor"],
    ];
    for (const [method, params, bound] of calls)
      expect(await server.failure(method, params), method).toMatchObject(
        refusedBy(bound, /Nothing was sent\.$/) as object,
      );
    expect(await gateway.posts()).toHaveLength(1);
    expect((await gateway.environment("train-a")).state).toBe("CONNECTED");
  });

  it("may only move an end to an earlier time", async () => {
    await using gateway = await SandboxHost.start();
    await using server = await new Machine(gateway).start("agent");
    const { lease: set } = await server.request("connect", train);
    for (const later of [{ durationSeconds: 3700 }, { until: "2999-01-01T00:00:00Z" }, null]) {
      const failure = await server.failure("setLease", { environmentId: "train-a", lease: later });
      expect(failure.data?.bound ?? failure.code).toBe(later && "until" in later ? -32602 : "mayExtend");
    }
    expect((await server.request("getEnvironment", { environmentId: "train-a" })).lease).toEqual(set);
    const shortened = await server.request("setLease", {
      environmentId: "train-a",
      lease: { durationSeconds: 600 },
    });
    expect(Date.parse(shortened.lease?.until ?? "")).toBeLessThan(Date.parse(set?.until ?? ""));
  });

  it("is marked in the history", async () => {
    await using gateway = await SandboxHost.start();
    const machine = new Machine(gateway);
    await using person = await machine.start("person");
    {
      await using server = await machine.start("agent");
      await server.request("connect", train);
      await server.request("disconnect", { environmentId: "train-a" });
      await server.request("shutdown", {});
    }
    await person.request("connect", { environmentId: "train-b", connection });
    await person.request("disconnect", { environmentId: "train-b" });
    const { groups } = await person.request("getUsage", { groupBy: ["connection"] });
    expect(Object.fromEntries(groups.map(({ environmentId, by }) => [environmentId, by]))).toEqual({
      "train-a": "agent",
      "train-b": undefined,
    });
  });
});

describe("two servers that attack at once", () => {
  it.each([
    ["with one storage folder", false],
    ["each with a storage folder of its own", true],
  ])("get one place between them, %s", async (_, areApart) => {
    await using gateway = await SandboxHost.start(["--environments", "40", "--connect-ms", "100"]);
    const machine = new Machine(gateway);
    await using one = await machine.start("agent");
    const apart = areApart ? mkdtempSync(join(tmpdir(), "companion-storage-")) : undefined;
    await using other = await machine.start("agent", apart);
    const outcomes = await Promise.all(
      ids.map((environmentId, i) => outcomeOf(i % 2 === 0 ? one : other, { ...train, environmentId })),
    );
    expect(outcomes.toSorted()).toEqual(["CONNECTED", ...Array(39).fill("maxEnvironments")]);
    expect(await requests(gateway, "connect")).toBe(1);
  });

  it("share the hours of a day", async () => {
    await using gateway = await SandboxHost.start(["--environments", "12", "--connect-ms", "100"]);
    const machine = new Machine(gateway, { maxEnvironments: 100, maxRankHoursPerDay: 5.5 });
    await using one = await machine.start("agent");
    await using other = await machine.start("commandLine");
    const until = new Date(Date.now() + 3_600_000);
    const outcomes = await Promise.all(
      ids.slice(0, 12).map((environmentId, i) =>
        outcomeOf(i % 2 === 0 ? one : other, {
          environmentId,
          connection: { nodePoolId: "cpu-large" },
          lease: { until: until.toISOString() },
        }),
      ),
    );
    const connected = outcomes.filter((outcome) => outcome === "CONNECTED").length;
    expect(outcomes.filter((outcome) => outcome === "maxRankHoursPerDay")).toHaveLength(12 - connected);
    if (until.getDate() === new Date().getDate()) expect(connected).toBe(5);
    else expect(connected).toBeGreaterThanOrEqual(5); // part of the hour is in another day
    expect(await requests(gateway, "connect")).toBe(connected);
  });
});

/** Ways to make the file unusable, and what the error says. */
const unusable: [what: string, spoil: (machine: Machine) => void, reason: RegExp][] = [
  [
    "has a mistyped member",
    ({ path }) => writeFileSync(path, '{"maxHour": 8}'),
    /companion-bounds\.json: maxHour isn't allowed; allowed members: nodePools, maxNodes/,
  ],
  ["has a comment", ({ path }) => writeFileSync(path, "{} // none"), /it isn't valid JSON \(line 1\)/],
  ["is half written", ({ path }) => writeFileSync(path, '{"maxHours": 8'), /it isn't valid JSON/],
  ["is empty", ({ path }) => writeFileSync(path, ""), /it must be a file with a JSON object/],
  ["is a folder", ({ path }) => mkdirSync(path), /it can't be read/],
  [
    "is a link to nothing",
    ({ path }) => symlinkSync("nowhere", path),
    /it's a link to a file that doesn't exist/,
  ],
  ["is too large", ({ path }) => writeFileSync(path, "{}".padEnd(65_537)), /it must be at most 64 KiB/],
];

describe.each(["agent", "commandLine"] as const)("a file that can't be used by %s", (actor) => {
  it("allows nothing until it's fixed, and nothing is sent", async () => {
    await using gateway = await SandboxHost.start();
    const machine = new Machine(gateway);
    await using server = await machine.start(actor);
    for (const [what, spoil, reason] of unusable) {
      spoil(machine);
      const calls: [method: string, params: object][] = [
        ["connect", train],
        ["disconnect", { environmentId: "eval-c" }],
        ["setLease", { environmentId: "eval-c", lease }],
      ];
      for (const [method, params] of calls)
        expect(await server.failure(method, params), what).toMatchObject(
          refusedBy("boundsFile", reason) as object,
        );
      rmSync(machine.path, { recursive: true });
    }
    expect(await gateway.received()).toEqual([]);
    expect((await server.request("connect", train)).state).toBe("CONNECTED");
  });

  it("doesn't concern a person", async () => {
    await using gateway = await SandboxHost.start();
    const machine = new Machine(gateway, { maxEnvironment: 0 });
    await using person = await machine.start("person");
    expect((await person.request("connect", { environmentId: "train-a", connection })).state).toBe(
      "CONNECTED",
    );
    await using server = await machine.start(actor);
    expect((await server.failure("disconnect", { environmentId: "train-a" })).data?.bound).toBe("boundsFile");
  });

  it.skipIf(process.platform === "win32")("because of its permissions allows nothing", async () => {
    await using gateway = await SandboxHost.start();
    const machine = new Machine(gateway, {});
    chmodSync(machine.folder, 0);
    const shell = isRoot
      ? `exec setpriv --reuid 65534 --clear-groups --bounding-set -all "$0" "$@"`
      : undefined;
    if (isRoot) for (const folder of [machine.home, machine.storage]) chmodSync(folder, 0o777);
    await using server = await machine.start(actor, undefined, shell);
    expect(await server.failure("connect", train)).toMatchObject(
      refusedBy("boundsFile", /companion-bounds\.json: it can't be read/) as object,
    );
    expect(await gateway.received()).toEqual([]);
    chmodSync(machine.folder, 0o700);
  });
});

describe("the file in the documentation", () => {
  it("has every member, and binds", async () => {
    const page = readFileSync(new URL("../../docs/bounds.md", import.meta.url), "utf8");
    const example = JSON.parse(/```json\n([\s\S]*?)```/.exec(page)?.[1] ?? "") as object;
    expect(Object.keys(example)).toEqual(
      [...page.matchAll(/^\| `(m\w+|nodePools)` \|/gm)].map(([, name]) => name),
    );
    await using gateway = await SandboxHost.start();
    await using server = await new Machine(gateway, example).start("agent");
    const elsewhere = { ...train, connection: { nodePoolId: "h100-spot" } };
    expect((await server.failure("connect", elsewhere)).data?.bound).toBe("nodePools");
    expect((await server.request("connect", train)).state).toBe("CONNECTED");
  });
});

describe("the command line", () => {
  it("is free without a file, and bound by what the file states", async () => {
    await using gateway = await SandboxHost.start();
    const machine = new Machine(gateway);
    await using server = await machine.start("commandLine");
    const params = { environmentId: "train-a", connection: { ...connection, numRanks: 16 } };
    expect((await server.request("connect", params)).lease).toBeUndefined();
    await server.request("disconnect", { environmentId: "train-a" });

    writeFileSync(machine.path, JSON.stringify({ nodePools: ["cpu-large"], maxHours: 1 }));
    await gateway.clear();
    expect((await server.failure("connect", params)).message).toMatch(
      /^params\.lease is missing; .* at most 1 hours from now\.$/,
    );
    expect(await server.failure("connect", { ...params, lease })).toMatchObject(
      refusedBy("nodePools", /^nodePools is cpu-large, without h100-8x\./) as object,
    );
    expect(await gateway.received()).toEqual([]);
  });

  it("and agents are told apart, and nothing else is taken for one", async () => {
    await using server = Server.spawn();
    const failure = await server.failure("initialize", {
      initializationOptions: { gatewayUrl: "sandbox", actor: "Agent" },
    });
    expect(failure).toMatchObject({
      code: -32602,
      message: expect.stringContaining(
        'initializationOptions.actor must be "person", "commandLine", or "agent"',
      ),
    });
  });
});
