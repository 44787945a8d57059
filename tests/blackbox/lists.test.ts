import { describe, expect, it } from "vitest";
import { CancellationTokenSource } from "vscode-jsonrpc/node";
import { SandboxHost, sandboxKeys } from "./support/sandboxHost.js";
import { Server } from "./support/server.js";
import { until } from "./support/until.js";

async function signedIn(gateway: SandboxHost): Promise<Server> {
  const server = await Server.open({ gatewayUrl: gateway.url });
  await server.request("signIn", { apiKey: sandboxKeys.main });
  return server;
}

describe("roles", () => {
  it("lists each role once, with its principal if there is only one", async () => {
    await using gateway = await SandboxHost.start(["--page-size", "1"]);
    await using server = await signedIn(gateway);
    const role = "arn:aws:iam::123456789012:role";
    expect(await server.request("listRoles", {})).toEqual({
      roles: [
        { role: `${role}/trainer` },
        { role: `${role}/research/data-reader`, principal: "ada@acme.example" },
        { role: `${role}/evaluator`, principal: "grace@acme.example" },
      ],
    });
  });

  it.each([
    [{ status: 403, body: '{"code":7,"message":"no"}' }, 7, "PERMISSION_DENIED"],
    [{ status: 404, body: '{"code":5}' }, 5, "NOT_FOUND"],
    [{ status: 404, body: "Not Found" }, 2, "UNKNOWN"],
    [{ status: 501 }, 12, "UNIMPLEMENTED"],
  ])("reports that a role can be entered if roles can't be read: %j", async (fault, code, status) => {
    await using gateway = await SandboxHost.start();
    await using server = await signedIn(gateway);
    await gateway.script({ route: "ListAwsIamRoleBindings", times: null, fault });
    expect(await server.failure("listRoles", {})).toMatchObject({
      code,
      message: expect.stringContaining("Enter the role's ARN"),
      data: { status },
    });
  });
});

describe("the usage of node pools", () => {
  it("is requested only for one that the list doesn't describe and the client asks about", async () => {
    await using gateway = await SandboxHost.start();
    await using server = await signedIn(gateway);
    const { nodePools } = await server.request("listNodePools", {});
    const found = nodePools.find(({ nodePoolId }) => nodePoolId === "a100-west");
    expect(found).toEqual(expect.not.objectContaining({ freeRanks: expect.anything() }));
    expect(nodePools.find(({ nodePoolId }) => nodePoolId === "h100-8x")?.freeRanks).toBe(10);
    await gateway.clear();

    const params = { nodePoolId: "a100-west", maxNodeCount: found?.maxNodeCount ?? 0 };
    expect(await server.request("getNodePoolUsage", params)).toEqual({
      nodeCount: 1,
      ranksPerNode: 8,
      freeRanks: 8,
      ceilingRanks: 16,
    });
    expect((await gateway.received()).map(({ route }) => route)).toEqual(["GetNodePoolStats"]);
  });

  it("isn't requested again if that fails", async () => {
    await using gateway = await SandboxHost.start();
    await using server = await signedIn(gateway);
    await gateway.clear();
    await gateway.script({ route: "GetNodePoolStats", times: null, fault: { status: 503 } });
    expect(await server.failure("getNodePoolUsage", { nodePoolId: "a100-west" })).toMatchObject({ code: 14 });
    expect(await gateway.received()).toHaveLength(1);
    expect(await server.failure("getNodePoolUsage", { nodePoolId: "p", maxNodeCount: -1 })).toMatchObject({
      code: -32602,
      message: expect.stringContaining("maxNodeCount"),
    });
  });
});

describe("lists, page by page", () => {
  it.each(["listEnvironments", "listNodePools"] as const)(
    "%s tells each page by its token, all of it before an empty answer",
    async (method) => {
      await using gateway = await SandboxHost.start(["--page-size", "2"]);
      await using server = await signedIn(gateway);
      const whole = Object.values(await server.request(method, {}))[0];
      const answer = await server.request(method, { partialResultToken: "p" });

      const parts = server.parts.map(({ value }) => Object.values(value)[0] ?? []);
      expect(server.parts.every(({ token }) => token === "p")).toBe(true);
      expect(parts.length).toBeGreaterThanOrEqual(3);
      const ids = (items: object[]) => items.map((item) => ({ ...item, observedAt: undefined }));
      expect(ids(parts.flat())).toEqual(ids(whole ?? []));
      expect(Object.keys(answer)).toEqual(Object.keys(server.parts[0]?.value ?? {}));
      expect(Object.values(answer)).toEqual([[]]);
    },
  );

  it("sends a page before the gateway has sent the next one", async () => {
    await using gateway = await SandboxHost.start(["--page-size", "2"]);
    await using server = await signedIn(gateway);
    await gateway.script({ route: "ListEnvironments", skip: 1, fault: { delayMs: 25_000 } });
    const cancel = new CancellationTokenSource();
    const listing = server.connection.sendRequest(
      "listEnvironments",
      { partialResultToken: 7 },
      cancel.token,
    );
    await until(() => server.parts.length > 0);
    expect(server.parts).toMatchObject([{ token: 7, value: { environments: [{}, {}] } }]);
    cancel.cancel();
    await expect(listing).rejects.toMatchObject({ code: -32800 });
  });

  it("lists thousands of environments, the first page after one request", async () => {
    await using gateway = await SandboxHost.start(["--environments", "5000"]);
    await using server = await signedIn(gateway);
    await server.request("listEnvironments", { partialResultToken: "p" });
    const sizes = server.parts.map(({ value }) => ("environments" in value ? value.environments.length : 0));
    expect(sizes).toHaveLength(26);
    expect(sizes[0]).toBe(200);
    const { environments } = await server.request("listEnvironments", {});
    expect(environments).toHaveLength(5010);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(5010);
  });

  it("fails if a later page fails, after sending the earlier ones", async () => {
    await using gateway = await SandboxHost.start(["--page-size", "2"]);
    await using server = await signedIn(gateway);
    await gateway.script({ route: "ListEnvironments", skip: 1, times: null, fault: { status: 500 } });
    const failed = await server.failure("listEnvironments", { partialResultToken: 1 });
    expect(failed.code).toBe(13);
    expect(server.parts).toHaveLength(1);
  });

  it.each([[1.5], [{}], [true]])("refuses %j as a token", async (partialResultToken) => {
    await using server = await Server.open({ gatewayUrl: "sandbox" });
    expect(await server.failure("listEnvironments", { partialResultToken })).toMatchObject({
      code: -32602,
      message: expect.stringMatching(/partialResultToken.*integer or a string/),
    });
  });
});
