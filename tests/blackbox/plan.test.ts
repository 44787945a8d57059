import { describe, expect, it } from "vitest";
import { SandboxHost, sandboxKeys } from "./support/sandboxHost.js";
import { Server } from "./support/server.js";

const role = "arn:aws:iam::123456789012:role/trainer";

async function signedIn(gateway: SandboxHost, locale?: string): Promise<Server> {
  const server = Server.spawn();
  const initializationOptions = { gatewayUrl: gateway.url };
  await server.request("initialize", { initializationOptions, ...(locale && { locale }) });
  await server.request("signIn", { apiKey: sandboxKeys.main });
  await gateway.clear();
  return server;
}

describe("planConnect over real HTTP", () => {
  it("reads the environment, one node pool, and the roles if there's one, and asks nothing", async () => {
    await using gateway = await SandboxHost.start();
    await using server = await signedIn(gateway);
    const connection = { nodePoolId: "a100-west", numRanks: 8, role };
    const plan = await server.request("planConnect", { environmentId: "train-a", connection });
    expect(plan).toMatchObject({
      environment: { environmentId: "train-a", state: "DISCONNECTED" },
      nextStep: "connect",
      risks: [],
      acceptedRisks: { role: { role, listed: true } },
    });
    const received = await gateway.received();
    expect(received.map(({ method, route }) => `${method} ${route}`).sort()).toEqual([
      "GET GetEnvironment",
      "GET GetNodePool",
      "GET GetNodePoolStats",
      "GET ListAwsIamRoleBindings",
    ]);
  });

  it("asks about each risk until it's accepted, in the client's language", async () => {
    await using gateway = await SandboxHost.start();
    await using server = await signedIn(gateway, "de");
    const params = { environmentId: "train-b", connection: { nodePoolId: "a100-west", numRanks: 12 } };
    const asked = await server.request("planConnect", params);
    expect(asked.nextStep).toBe("confirm");
    expect(asked.risks).toEqual([
      {
        kind: "scaleUp",
        message:
          "Derzeit nur 8 Ranks frei. a100-west muss zuerst hochskaliert werden, was Zeit in Anspruch nimmt.",
      },
      { kind: "otherZone", message: expect.stringContaining("us-west-2b") },
      { kind: "unevenRanks", message: "12 Ranks füllen keine ganzen Knoten mit je 8 Ranks." },
    ]);
    const { acceptedRisks } = asked;
    expect(await server.request("planConnect", { ...params, acceptedRisks })).toMatchObject({
      nextStep: "connect",
      acceptedRisks,
    });
  });

  it.each<[string, object, object]>([
    [
      "warns first of the interruption if there's no room to connect it again",
      { environmentId: "eval-c", connection: { nodePoolId: "h200-full" } },
      {
        nextStep: "confirm",
        risks: [
          {
            kind: "interruption",
            message:
              "It's connected to h100-8x now. Anything running in it will be interrupted. Because h200-full has no room for it now, it might not be connected again.",
          },
          { kind: "exceedsMaximum" },
          { kind: "otherZone" },
        ],
      },
    ],
    [
      "finds nothing to do",
      { environmentId: "eval-c", connection: { nodePoolId: "h100-8x", numRanks: 2 } },
      { nextStep: "nothing", risks: [] },
    ],
    [
      "says that a node pool isn't ready",
      { environmentId: "train-a", connection: { nodePoolId: "l40s-failed" } },
      {
        nextStep: "choose",
        reason: expect.stringMatching(/^l40s-failed can't be used \(failed: /),
      },
    ],
    [
      "says that a node pool doesn't exist",
      { environmentId: "train-a", connection: { nodePoolId: "nobody" } },
      { nextStep: "choose", reason: "nobody no longer exists." },
    ],
  ])("%s", async (_, params, plan) => {
    await using gateway = await SandboxHost.start();
    await using server = await signedIn(gateway);
    expect(await server.request("planConnect", params as never)).toMatchObject(plan);
    expect(await gateway.posts()).toEqual([]);
  });

  it("fails if the environment can't be read, and sends nothing", async () => {
    await using gateway = await SandboxHost.start();
    await using server = await signedIn(gateway);
    const params = { environmentId: "nobody", connection: { nodePoolId: "h100-8x" } };
    expect(await server.failure("planConnect", params)).toMatchObject({
      code: 5,
      message: expect.stringContaining("nobody"),
    });
    expect(await gateway.posts()).toEqual([]);
  });

  it("refuses unknown members", async () => {
    await using server = await Server.open({ gatewayUrl: "sandbox" });
    const params = { environmentId: "train-a", connection: { nodePoolId: "h100-8x" } };
    expect(await server.failure("planConnect", { ...params, acceptedRisks: { grows: true } })).toMatchObject({
      code: -32602,
      message: expect.stringContaining("grows"),
    });
  });
});
