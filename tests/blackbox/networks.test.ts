import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import type { InitializationOptions } from "../../extension/src/protocol.g.js";
import { Authority } from "./support/authority.js";
import { SandboxHost, sandboxKeys } from "./support/sandboxHost.js";
import { Server } from "./support/server.js";
import { gatewayName, Squid } from "./support/squid.js";
import { http2Server, type Listener, silent, tlsBefore } from "./support/tlsServers.js";

const { openssl, squid } = inject("systemPrograms");
const user = { name: "ada", password: "correct horse battery" };
const userInUrl = `${user.name}:${encodeURIComponent(user.password)}`;
const basic = `Basic ${Buffer.from(`${user.name}:${user.password}`).toString("base64")}`;

/** The whole flow, which restores the environment's state. */
async function playFlow(options: InitializationOptions, env: NodeJS.ProcessEnv = {}): Promise<void> {
  await using server = await Server.open(options, env);
  const account = await server.request("signIn", { apiKey: sandboxKeys.main });
  expect(account.accountId).toBe("acme-research");
  expect((await server.request("listEnvironments", {})).environments.length).toBeGreaterThan(3);
  const connected = await server.request("connect", {
    environmentId: "train-a",
    connection: { nodePoolId: "h100-8x", numRanks: 8 },
  });
  expect(connected.state).toBe("CONNECTED");
  expect((await server.request("disconnect", { environmentId: "train-a" })).state).toBe("DISCONNECTED");
}

async function culprit(options: InitializationOptions, env: NodeJS.ProcessEnv = {}) {
  await using server = await Server.open(options, { FIREWORKS_API_KEY: sandboxKeys.main, ...env });
  const { steps } = await server.request("diagnose", {});
  return steps.find(({ verdict }) => verdict === "failed");
}

describe.skipIf(!openssl || !squid)("through the distribution's proxy", () => {
  const programs = { openssl: openssl ?? "", squid: squid ?? "" };
  let gateway: SandboxHost;
  let authority: Authority;
  let front: Listener;
  let url: string;
  beforeAll(async () => {
    gateway = await SandboxHost.start();
    authority = await Authority.create(programs.openssl);
    front = await tlsBefore(gateway.url, await authority.issue([gatewayName]));
    url = `https://${gatewayName}:${front.port}`;
  });
  afterAll(async () => {
    for (const one of [front, authority, gateway]) await one[Symbol.asyncDispose]();
  });
  const trusting = () => ({ gatewayUrl: url, caFile: authority.pem.certificate });

  it("runs the whole flow, with the setting and with the environment", async () => {
    await using proxy = await Squid.start(programs);
    await playFlow({ ...trusting(), proxy: proxy.url });
    await playFlow(trusting(), { HTTPS_PROXY: proxy.url });
    expect(await proxy.accessLog()).toMatch(new RegExp(`CONNECT ${gatewayName}:${front.port}`));
  });

  it("bypasses it for noProxy and NO_PROXY", async () => {
    await using proxy = await Squid.start(programs);
    const around = { id: "nameResolution" }; // only the proxy can resolve the name
    expect(await culprit({ ...trusting(), proxy: proxy.url, noProxy: [".test"] })).toMatchObject(around);
    expect(await culprit(trusting(), { HTTPS_PROXY: proxy.url, NO_PROXY: gatewayName })).toMatchObject(
      around,
    );
    expect(await culprit({ ...trusting(), proxySupport: "off" }, { HTTPS_PROXY: proxy.url })).toMatchObject(
      around,
    );
  });

  it("sends the user name and password, wherever they are set", async () => {
    await using proxy = await Squid.start(programs, { user });
    const withUser = proxy.url.replace("//", `//${userInUrl}@`);
    await playFlow({ ...trusting(), proxy: withUser });
    await playFlow({ ...trusting(), proxy: proxy.url, proxyAuthorization: basic });
    await playFlow({ ...trusting(), proxyAuthorization: basic }, { HTTPS_PROXY: proxy.url });
    await playFlow(trusting(), { HTTPS_PROXY: withUser });
    expect(await proxy.accessLog()).toMatch(new RegExp(`CONNECT ${gatewayName}:${front.port} ${user.name}`));
  });

  it("reports that it requires a password, or another one", async () => {
    await using proxy = await Squid.start(programs, { user });
    const wanted = { id: "proxy", message: expect.stringContaining("requires a user name and password") };
    expect(await culprit({ ...trusting(), proxy: proxy.url })).toMatchObject(wanted);
    const wrong = proxy.url.replace("//", "//ada:not-the-password@");
    expect(await culprit({ ...trusting(), proxy: wrong })).toMatchObject(wanted);
    await using server = await Server.open({ ...trusting(), proxy: wrong });
    const failed = await server.failure("signIn", { apiKey: sandboxKeys.main });
    expect(failed.message).toContain("proxy");
    expect(JSON.stringify(failed)).not.toContain("not-the-password");
  });

  it("can be intercepted only by a proxy whose authority is trusted", async () => {
    await using inspector = await Authority.create(programs.openssl, "Inspecting Authority");
    await using proxy = await Squid.start(programs, {
      interceptsAs: inspector.pem,
      trusts: authority.pem.certificate,
    });
    const through = { gatewayUrl: url, proxy: proxy.url };
    await playFlow({ ...through, caFile: inspector.pem.certificate });
    await playFlow(through, { NODE_EXTRA_CA_CERTS: inspector.pem.certificate });
    expect(await proxy.accessLog()).toContain(
      `https://${gatewayName}:${front.port}/v1/accounts/acme-research`,
    );

    expect(await culprit({ ...through, caFile: authority.pem.certificate })).toMatchObject({
      id: "tls",
      message: expect.stringContaining(`issuer isn't trusted on this machine: CN=${inspector.name}`),
    });
    await using server = await Server.open({ ...through, caFile: authority.pem.certificate });
    const failed = await server.failure("signIn", { apiKey: sandboxKeys.main });
    expect(failed.message).toMatch(/certificate/);
    expect(await proxy.accessLog()).not.toContain("/verifyApiKey 401");
  });
});

describe.skipIf(!openssl)("to the gateway itself", () => {
  let authority: Authority;
  beforeAll(async () => {
    authority = await Authority.create(openssl ?? "");
  });
  afterAll(() => authority[Symbol.asyncDispose]());

  it("uses HTTP/2 if it is offered", async () => {
    await using gateway = await http2Server(await authority.issue(["localhost"]));
    await using server = await Server.open({
      gatewayUrl: `https://localhost:${gateway.port}`,
      caFile: authority.pem.certificate,
    });
    const { steps } = await server.request("diagnose", {});
    expect(steps.find(({ id }) => id === "http")?.message).toBe("The gateway responds with HTTP/2.");
    await server.failure("signIn", { apiKey: sandboxKeys.main });
    expect(new Set(gateway.versions)).toEqual(new Set(["2.0"]));
  });

  it("reaches an IPv6 address", async () => {
    await using gateway = await SandboxHost.start();
    await using front = await tlsBefore(gateway.url, await authority.issue(["::1"]), "::1");
    await playFlow({ gatewayUrl: `https://[::1]:${front.port}`, caFile: authority.pem.certificate });
  });

  it("skips certificate verification only if strictSSL is false, and logs it", async () => {
    await using gateway = await SandboxHost.start();
    await using front = await tlsBefore(gateway.url, await authority.selfSigned("elsewhere.example"));
    await using server = await Server.open({
      gatewayUrl: `https://localhost:${front.port}`,
      strictSSL: false,
    });
    await server.request("signIn", { apiKey: sandboxKeys.main });
    expect(server.log.map(({ message }) => message)).toContainEqual(
      expect.stringContaining("Certificates aren't verified"),
    );
  });
});

describe("the key", () => {
  it("is sent only to the gateway's origin: no redirect is followed", async () => {
    await using gateway = await SandboxHost.start();
    await using elsewhere = await silent();
    await using server = await Server.open({ gatewayUrl: gateway.url });
    await server.request("signIn", { apiKey: sandboxKeys.main });
    for (const status of [301, 302, 303, 307, 308]) {
      const headers = { Location: elsewhere.url };
      await gateway.script({ route: "ListEnvironments", fault: { status, headers, body: "" } });
      await server.request("listEnvironments", {}); // read from the gateway again
    }
    expect(elsewhere.heard).toEqual([]);
  });

  it.each([
    "http://gateway.example",
    "http://192.0.2.1",
    "https://user:password@gateway.example",
    "https://user@gateway.example",
    "ftp://gateway.example",
    "file:///etc/passwd",
    "//gateway.example",
    "https://gateway.example?x=1",
    "https://gateway.example#x",
    "http://127.0.0.1.gateway.example",
    "http://localhost.gateway.example",
    "http://[::ffff:192.0.2.1]",
  ])("isn't sent to a gateway such as %s", async (gatewayUrl) => {
    await using server = Server.spawn();
    await expect(server.initialize({ gatewayUrl })).rejects.toMatchObject({
      code: -32602,
      message: expect.stringContaining("gatewayUrl must be"),
    });
    await using fromEnvironment = Server.spawn({ FIREWORKS_BASE_URL: gatewayUrl });
    await expect(fromEnvironment.initialize({})).rejects.toMatchObject({ code: -32602 });
  });
});
