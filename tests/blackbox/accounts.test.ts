import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { SandboxHost, sandboxKeys } from "./support/sandboxHost.js";
import { Server } from "./support/server.js";

describe("accounts", () => {
  it("has none without a key", async () => {
    await using gateway = await SandboxHost.start();
    await using server = await Server.open({ gatewayUrl: gateway.url });
    expect(await server.request("getAccount", {})).toBeNull();
  });

  it("takes a key from the environment, and says so", async () => {
    await using gateway = await SandboxHost.start();
    await using server = await Server.open(
      {},
      { FIREWORKS_BASE_URL: gateway.url, FIREWORKS_API_KEY: sandboxKeys.second },
    );
    expect(await server.request("getAccount", {})).toMatchObject({
      accountId: "globex-vision",
      keySource: "environment",
      keyOrigin: "FIREWORKS_API_KEY",
    });
  });

  it("takes a key from auth.ini, and says so", async () => {
    await using gateway = await SandboxHost.start();
    const home = mkdtempSync(join(tmpdir(), "companion-home-"));
    mkdirSync(join(home, ".fireworks"));
    const file = join(home, ".fireworks", "auth.ini");
    writeFileSync(
      file,
      `; a comment\n[fireworks]\napi_key = "${sandboxKeys.main}"\naccount_id=acme-research\n`,
    );
    await using server = await Server.open({ gatewayUrl: gateway.url }, { HOME: home, USERPROFILE: home });
    expect(await server.request("getAccount", {})).toMatchObject({
      accountId: "acme-research",
      keySource: "file",
      keyOrigin: file,
    });
  });

  it("asks which account to use if a key has several, and uses the given one", async () => {
    await using gateway = await SandboxHost.start();
    await using server = await Server.open({ gatewayUrl: gateway.url });
    const several = await server.failure("signIn", { apiKey: sandboxKeys.both });
    expect(several).toMatchObject({
      code: 9,
      message: expect.stringContaining("acme-research, globex-vision"),
    });
    const account = await server.request("signIn", { apiKey: sandboxKeys.both, accountId: "globex-vision" });
    expect(account.accountId).toBe("globex-vision");
  });

  it.each([
    ["both" as const, ["acme-research", "globex-vision"]],
    ["second" as const, ["globex-vision"]],
    ["suspended" as const, ["initech-labs"]],
  ])("lists the accounts of the %s key, before and after signing in with it", async (name, ids) => {
    await using gateway = await SandboxHost.start(["--page-size", "1"]);
    await using server = await Server.open({ gatewayUrl: gateway.url });
    const apiKey = sandboxKeys[name];
    const { accounts } = await server.request("listAccounts", { apiKey });
    expect(accounts.map(({ accountId }) => accountId)).toEqual(ids);
    expect(await server.request("getAccount", {})).toBeNull();
    await server.request("signIn", { apiKey, accountId: ids[0] ?? "" });
    expect(await server.request("listAccounts", {})).toEqual({ accounts });
  });

  it("reports a suspended account", async () => {
    await using gateway = await SandboxHost.start();
    await using server = await Server.open({ gatewayUrl: gateway.url });
    expect(await server.request("listAccounts", { apiKey: sandboxKeys.suspended })).toEqual({
      accounts: [{ accountId: "initech-labs", displayName: "Initech Labs", suspendState: "CREDIT_DEPLETED" }],
    });
  });

  it.each([
    { status: 403, body: '{"code":7,"message":"no"}' },
    { status: 404, body: "Not Found" },
    { status: 501 },
    { status: 200, body: "{}" },
  ])("lists the key's own account if the gateway lists none: %j", async (fault) => {
    await using gateway = await SandboxHost.start();
    await using server = await Server.open({ gatewayUrl: gateway.url });
    await gateway.script({ route: "ListAccounts", fault });
    const { accounts } = await server.request("listAccounts", { apiKey: sandboxKeys.main });
    expect(accounts.map(({ accountId }) => accountId)).toEqual(["acme-research"]);
  });

  it("lists none without a key, and none with a bad one", async () => {
    await using gateway = await SandboxHost.start();
    await using server = await Server.open({ gatewayUrl: gateway.url });
    expect((await server.failure("listAccounts", {})).code).toBe(16);
    const failed = await server.failure("listAccounts", { apiKey: "fw_test_wrong_0123456789" });
    expect(failed.code).toBe(16);
    expect(JSON.stringify([failed, server.log])).not.toContain("fw_test");
    await server.request("signIn", { apiKey: sandboxKeys.main });
    await gateway.script({ route: "ListAccounts", times: null, fault: { status: 503 } });
    expect((await server.failure("listAccounts", {})).code).toBe(14);
  });

  it("forgets the key, even one from the environment", async () => {
    await using gateway = await SandboxHost.start();
    await using server = await Server.open(
      { gatewayUrl: gateway.url },
      { FIREWORKS_API_KEY: sandboxKeys.main },
    );
    expect((await server.request("listEnvironments", {})).environments.length).toBeGreaterThan(3);
    await server.request("signOut", {});
    expect(await server.request("getAccount", {})).toBeNull();
    expect((await server.failure("listEnvironments", {})).code).toBe(16);
  });

  it("switches to another account with the key in use", async () => {
    await using gateway = await SandboxHost.start();
    const key = { FIREWORKS_API_KEY: sandboxKeys.both, FIREWORKS_ACCOUNT_ID: "acme-research" };
    await using server = await Server.open({ gatewayUrl: gateway.url }, key);
    expect(await server.request("getAccount", {})).toMatchObject({ accountId: "acme-research" });
    const account = await server.request("signIn", { accountId: "globex-vision" });
    expect(account).toMatchObject({ accountId: "globex-vision", keySource: "environment" });
    const { environments } = await server.request("listEnvironments", {});
    expect(environments.map(({ accountId }) => accountId)).toContain("globex-vision");
    expect((await server.failure("signIn", { accountId: "somebody-else" })).code).toBeGreaterThan(0);
    expect(await server.request("getAccount", {}), "a refusal changes nothing").toEqual(account);
  });

  it("uses the key from the environment again only on request", async () => {
    await using gateway = await SandboxHost.start();
    await using server = await Server.open(
      { gatewayUrl: gateway.url },
      { FIREWORKS_API_KEY: sandboxKeys.main },
    );
    await server.request("signOut", {});
    expect(await server.request("getAccount", {})).toBeNull();
    expect(await server.request("signIn", {})).toMatchObject({ keySource: "environment" });
    expect((await server.request("listEnvironments", {})).environments.length).toBeGreaterThan(3);
  });

  it("reports that there is no key", async () => {
    await using gateway = await SandboxHost.start();
    await using server = await Server.open({ gatewayUrl: gateway.url });
    expect(await server.failure("signIn", {})).toMatchObject({ code: 16 });
  });

  it("lists every page, and the free capacity of each node pool", async () => {
    await using gateway = await SandboxHost.start(["--page-size", "2"]);
    await using server = await Server.open({ gatewayUrl: gateway.url });
    await server.request("signIn", { apiKey: sandboxKeys.main });
    const { environments } = await server.request("listEnvironments", {});
    expect(environments.map(({ environmentId }) => environmentId)).toEqual(
      expect.arrayContaining(["train-a", "train-b", "eval-c", "fresh-d", "shared-tools", "brittle-e"]),
    );
    const { nodePools } = await server.request("listNodePools", {});
    expect(nodePools.find(({ nodePoolId }) => nodePoolId === "h100-8x")).toMatchObject({
      state: "READY",
      instanceType: "p5.48xlarge",
      zone: "us-east-1a",
      freeRanks: 10,
      ceilingRanks: 26,
    });
    expect(nodePools.find(({ nodePoolId }) => nodePoolId === "h200-full")?.freeRanks).toBe(0);
    expect(nodePools.find(({ nodePoolId }) => nodePoolId === "l40s-failed")?.status?.code).toBe(
      "RESOURCE_EXHAUSTED",
    );
  });

  it("keeps the key out of all output, even while tracing", async () => {
    await using gateway = await SandboxHost.start();
    await using server = Server.spawn();
    await server.request("initialize", {
      trace: "verbose",
      initializationOptions: { gatewayUrl: gateway.url },
    });
    await server.request("signIn", { apiKey: sandboxKeys.main });
    await server.failure("signIn", { apiKey: "fw_test_wrong_0123456789" });
    await gateway.script({
      route: "ListEnvironments",
      times: null,
      fault: { status: 500, body: `{"code":13,"message":"${sandboxKeys.main}"}` },
    });
    const failed = await server.failure("listEnvironments", {});
    const written = JSON.stringify([server.log, server.stderr, failed]);
    expect(server.log.length).toBeGreaterThan(3);
    expect(failed.data?.gatewayMessage).toBe("[redacted]");
    expect(written).not.toMatch(/fw_(sandbox|test)_/);
  });
});
