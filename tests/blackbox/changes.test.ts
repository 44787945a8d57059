import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { CancellationTokenSource } from "vscode-jsonrpc/node";
import type { EnvironmentInfo } from "../../extension/src/protocol.g.js";
import { SandboxHost, sandboxKeys } from "./support/sandboxHost.js";
import { Server } from "./support/server.js";
import { until } from "./support/until.js";

const connectToH100 = { environmentId: "train-a", connection: { nodePoolId: "h100-8x", numRanks: 8 } };

async function signedIn(gateway: SandboxHost, storagePath?: string): Promise<Server> {
  const server = await Server.open({ gatewayUrl: gateway.url, ...(storagePath && { storagePath }) });
  await server.request("signIn", { apiKey: sandboxKeys.main });
  return server;
}

describe("connect and disconnect over real HTTP", () => {
  it("connects with progress, then disconnects, with exactly the documented bodies", async () => {
    await using gateway = await SandboxHost.start(["--connect-ms", "8000"]); // long enough for one poll, even on a busy machine
    await using server = await signedIn(gateway);

    const connected = await server.request("connect", { ...connectToH100, workDoneToken: "c" });
    expect(connected).toMatchObject({
      state: "CONNECTED",
      connection: { nodePoolId: "h100-8x", numRanks: 8, zone: "us-east-1a" },
    });
    const disconnected = await server.request("disconnect", { environmentId: "train-a", workDoneToken: 7 });
    expect(disconnected.state).toBe("DISCONNECTED");

    expect(await gateway.posts()).toEqual([
      {
        path: "/v1/accounts/acme-research/environments/train-a:connect",
        body: { connection: { nodePoolId: "h100-8x", numRanks: 8 }, vscodeVersion: "1.139.1" },
      },
      { path: "/v1/accounts/acme-research/environments/train-a:disconnect", body: {} },
    ]);
    const values = server.progress.filter(({ token }) => token === "c").map(({ value }) => value);
    expect(values.map(({ kind, stage }) => `${kind} ${stage}`)).toEqual([
      "begin looking",
      "report requested",
      "report accepted",
      "report connecting",
      "end connected",
    ]);
    for (const { since } of values.slice(0, -1))
      expect(Date.parse(since ?? "")).toBeLessThanOrEqual(Date.now());
    expect(server.progress.at(-1)).toEqual({ token: 7, value: { kind: "end", stage: "disconnected" } });
    expect(server.changes.map(({ environment }) => environment?.state)).toContain("CONNECTING");
  });

  it("sends every member that is set, and prefers an explicit vscodeVersion", async () => {
    await using gateway = await SandboxHost.start();
    await using server = await signedIn(gateway);
    const connection = {
      nodePoolId: "cpu-large",
      numRanks: 2,
      role: "arn:aws:iam::123456789012:role/trainer",
      useLocalStorage: true,
    };
    await server.request("connect", {
      environmentId: "train-a",
      connection,
      vscodeVersion: "1.100.0",
      wait: "accepted",
    });
    expect((await gateway.posts())[0]?.body).toEqual({ connection, vscodeVersion: "1.100.0" });

    await server.failure("disconnect", { environmentId: "train-b", force: true, resetSnapshots: false });
    expect((await gateway.posts())[1]?.body).toEqual({ force: true, resetSnapshots: false });
  });

  it("responds to an accepted connect with the gateway's state", async () => {
    await using gateway = await SandboxHost.start(["--connect-ms", "60000"]);
    await using server = await signedIn(gateway);
    expect((await server.request("connect", { ...connectToH100, wait: "accepted" })).state).toBe(
      "CONNECTING",
    );
  });

  it("reports how long a connect to a node pool usually takes, once it is known", async () => {
    await using gateway = await SandboxHost.start();
    await using server = await signedIn(gateway, mkdtempSync(join(tmpdir(), "companion-storage-")));
    const expected = async (workDoneToken: string) => {
      await server.request("connect", { ...connectToH100, workDoneToken });
      await server.request("disconnect", { environmentId: "train-a" });
      return server.progress.find(({ token }) => token === workDoneToken)?.value.expectedSeconds;
    };
    expect(await expected("first")).toBeUndefined();
    expect(await expected("second")).toBeGreaterThanOrEqual(1);
  });

  it("reports when an environment entered its state, only if it was observed", async () => {
    await using gateway = await SandboxHost.start();
    await using server = await signedIn(gateway);
    const connected = await server.request("connect", connectToH100);
    expect(Date.parse(connected.stateSince ?? "")).toBeLessThanOrEqual(Date.parse(connected.observedAt));
    expect((await server.request("getEnvironment", { environmentId: "train-a" })).stateSince).toBe(
      connected.stateSince,
    );
    expect((await server.request("getEnvironment", { environmentId: "eval-c" })).stateSince).toBeUndefined();

    await using other = await signedIn(gateway);
    expect((await other.request("getEnvironment", { environmentId: "train-a" })).stateSince).toBeUndefined();
  });

  it("refuses a second change while one is in progress, and sends nothing", async () => {
    await using gateway = await SandboxHost.start();
    await using server = await signedIn(gateway);
    const first = server.request("connect", connectToH100);
    const second = await server.failure("connect", connectToH100);
    expect(second).toMatchObject({ code: 9, data: { status: "FAILED_PRECONDITION", outcome: "notApplied" } });
    expect((await first).state).toBe("CONNECTED");
    expect(await gateway.posts()).toHaveLength(1);
  });

  it("stops waiting when canceled, and reports what may still happen", async () => {
    await using gateway = await SandboxHost.start(["--connect-ms", "60000"]);
    await using server = await signedIn(gateway);
    const cancel = new CancellationTokenSource();
    const connecting = server.connection.sendRequest(
      "connect",
      { ...connectToH100, workDoneToken: 1 },
      cancel.token,
    );
    const failed = connecting.then(
      () => undefined,
      (error: unknown) => error,
    );
    await until(() => server.changes.some(({ environment }) => environment?.state === "CONNECTING"));
    cancel.cancel();
    expect(await failed).toMatchObject({
      code: -32800,
      message: expect.stringContaining("Language model training may still connect"),
      data: { outcome: "unknown", environment: { state: "CONNECTING" } },
    });
  });

  it("ends at its time limit", async () => {
    await using gateway = await SandboxHost.start(["--connect-ms", "60000"]);
    await using server = await signedIn(gateway);
    await server.request("getEnvironment", { environmentId: connectToH100.environmentId }); // so that the limit ends after the request is sent
    const late = await server.failure("connect", { ...connectToH100, timeoutSeconds: 5 });
    expect(late).toMatchObject({ code: 4, data: { status: "DEADLINE_EXCEEDED", outcome: "unknown" } });
  });

  it.each([
    ["Http504AfterEffect", "CONNECTED"],
    ["ResetAfterEffect", "CONNECTED"],
  ] as const)(
    "settles %s by asking: the effect is there, and nothing is sent again",
    async (preset, state) => {
      await using gateway = await SandboxHost.start();
      await using server = await signedIn(gateway);
      await gateway.script({ route: "ConnectEnvironment", preset });
      const connected: EnvironmentInfo = await server.request("connect", connectToH100);
      expect(connected.state).toBe(state);
      expect(await gateway.posts()).toHaveLength(1);
    },
  );

  it.each(["Html502", "ResetBeforeEffect"] as const)(
    "settles %s by asking: nothing has happened, and nothing is sent again",
    async (preset) => {
      await using gateway = await SandboxHost.start();
      await using server = await signedIn(gateway);
      await gateway.script({ route: "ConnectEnvironment", preset });
      const failed = await server.failure("connect", connectToH100);
      expect(failed.data).toMatchObject({ outcome: "notApplied", environment: { state: "DISCONNECTED" } });
      expect(await gateway.posts()).toHaveLength(1);
    },
    60_000,
  );

  it.each(["disconnect", "getEnvironment", "planConnect"] as const)(
    "publishes each failed read of %s",
    async (method) => {
      await using gateway = await SandboxHost.start();
      await using server = await signedIn(gateway);
      await server.request("getEnvironment", { environmentId: "eval-c" });
      await gateway.script({ route: "GetEnvironment", times: 1000, fault: { status: 502 } });
      const params = {
        environmentId: "eval-c",
        ...(method === "planConnect" && { connection: { nodePoolId: "h100-8x" } }),
        ...(method === "disconnect" && { timeoutSeconds: 6 }),
      };
      const failed = await server.failure(method, params as never);
      const problems = server.changes.filter(({ problem }) => problem);
      expect(problems.length).toBeGreaterThan(2);
      for (const { problem, environment } of problems) {
        expect([problem?.code, environment?.state]).toEqual([14, "CONNECTED"]);
      }
      if (method === "disconnect") {
        expect(failed.data).toMatchObject({ outcome: "notApplied" });
        expect(failed.message).toMatch(/Nothing was sent\.$/);
      }
      expect(await gateway.posts()).toEqual([]);
    },
    30_000,
  );

  it("watches an environment and reports changes by others", async () => {
    await using gateway = await SandboxHost.start();
    await using server = await signedIn(gateway);
    await server.request("watchEnvironments", { environments: [{ environmentId: "eval-c" }] });
    await until(() => server.changes.length > 0);
    expect(server.changes[0]).toMatchObject({
      accountId: "acme-research",
      environmentId: "eval-c",
      environment: { state: "CONNECTED" },
    });
    await server.request("watchEnvironments", { environments: [] });
  });
});
