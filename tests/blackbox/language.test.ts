import { describe, expect, it } from "vitest";
import { SandboxHost, sandboxKeys } from "./support/sandboxHost.js";
import { Server } from "./support/server.js";

async function speaking(locale: string, gateway: SandboxHost): Promise<Server> {
  const server = Server.spawn();
  await server.request("initialize", { locale, initializationOptions: { gatewayUrl: gateway.url } });
  return server;
}

describe("the client's language", () => {
  it("is used for people: in progress and errors", async () => {
    await using gateway = await SandboxHost.start();
    await using server = await speaking("de", gateway);
    const refused = await server.failure("signIn", { apiKey: "fw_test_wrong_0123456789" });
    expect(refused.message).toBe(
      "Das Gateway akzeptiert den API-Schlüssel nicht. Melden Sie sich mit einem gültigen an.",
    );
    await server.request("signIn", { apiKey: sandboxKeys.main });
    const connection = { nodePoolId: "h100-8x", numRanks: 8 };
    await server.request("connect", { environmentId: "train-a", connection, workDoneToken: 1 });
    expect(server.progress[0]?.value).toMatchObject({
      title: "train-a wird mit h100-8x verbunden",
      message: "Der Zustand der Umgebung wird geprüft",
    });
    const full = { nodePoolId: "h200-full" };
    const failed = await server.failure("connect", { environmentId: "train-b", connection: full });
    expect(failed).toMatchObject({
      code: 8,
      message: expect.stringMatching(
        /^Reward model training wurde nicht verbunden\. Meldung vom Gateway: .*no capacity/,
      ),
      data: { detail: expect.stringContaining("Wählen Sie einen anderen Knotenpool") },
    });
  });

  it("is used in a diagnosis", async () => {
    await using server = Server.spawn();
    await server.request("initialize", { locale: "de", initializationOptions: { gatewayUrl: "sandbox" } });
    const { steps } = await server.request("diagnose", { environmentId: "train-b" });
    expect(Object.fromEntries(steps.map(({ id, message }) => [id, message]))).toMatchObject({
      tls: "Die Sandbox wird in diesem Prozess ausgeführt.",
      account: "Mit dem Schlüssel ist Zugriff auf das Konto acme-research möglich.",
      environment: "Zustand von train-b: Getrennt.",
      capacity: "Die Kapazität von h100-8x reicht aus: 4 Ranks angefordert, 10 Ranks frei.",
    });
  });

  it("isn't used for developers: errors in requests stay in English", async () => {
    await using gateway = await SandboxHost.start();
    await using server = await speaking("de", gateway);
    const failed = await server.failure("getEnvironment", { environmentId: "Train A" });
    expect(failed).toMatchObject({
      code: -32602,
      message: expect.stringContaining("must be an id of 1 to 63"),
    });
  });

  it("is English if there is no translation", async () => {
    await using gateway = await SandboxHost.start();
    await using server = await speaking("fr", gateway);
    expect((await server.failure("listEnvironments", {})).message).toContain("No API key found");
  });
});
