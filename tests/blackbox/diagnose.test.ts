import { createServer } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DiagnoseParams } from "../../extension/src/protocol.g.js";
import { culprit, diagnose } from "./support/diagnosing.js";
import { SandboxHost, sandboxKeys } from "./support/sandboxHost.js";
import { Server } from "./support/server.js";
import { answering, freePort, Listener } from "./support/tlsServers.js";

let gateway: SandboxHost;
beforeAll(async () => {
  gateway = await SandboxHost.start();
});
afterAll(() => gateway[Symbol.asyncDispose]());

const main = { FIREWORKS_API_KEY: sandboxKeys.main };

describe("diagnose, with a working network", () => {
  it("finds everything well", async () => {
    const { steps } = await diagnose(
      { gatewayUrl: gateway.url },
      { params: { environmentId: "eval-c" }, env: main },
    );
    expect(steps.filter(({ verdict }) => verdict === "failed" || verdict === "warning")).toEqual([]);
    const said = Object.fromEntries(steps.map(({ id, message }) => [id, message]));
    expect(said).toMatchObject({
      key: "The gateway accepts the API key (FIREWORKS_API_KEY).",
      environment: "State of eval-c: Connected.",
      nodePool: "h100-8x is ready.",
    });
    expect(said.versions).toMatch(/companion-server \d.*\.NET \d+\..*VS Code 1\.139\.1/);
  });

  it("needs no network for the sandbox", async () => {
    const { steps } = await diagnose({ gatewayUrl: "sandbox" }, { params: { environmentId: "train-b" } });
    expect(steps.map(({ verdict }) => verdict)).not.toContain("failed");
    expect(steps.find(({ id }) => id === "tls")?.message).toBe("The sandbox runs in this process.");
  });

  const culprits: [
    what: string,
    env: NodeJS.ProcessEnv,
    params: DiagnoseParams,
    step: string,
    message: RegExp,
    fix?: string,
  ][] = [
    ["no key", {}, {}, "key", /No API key found/, "signIn"],
    [
      "a wrong key",
      { FIREWORKS_API_KEY: "fw_test_wrong_0123456789" },
      {},
      "key",
      /doesn't accept the API key \(FIREWORKS_API_KEY\)/,
      "signIn",
    ],
    [
      "an account that the key does not reach",
      main,
      { accountId: "somebody-else" },
      "account",
      /can't access this account/,
      "openSettings",
    ],
    [
      "a suspended account",
      { FIREWORKS_API_KEY: sandboxKeys.suspended },
      {},
      "suspension",
      /suspended \(CREDIT_DEPLETED\)/,
      "openBilling",
    ],
    [
      "an unknown environment",
      main,
      { environmentId: "no-such-thing" },
      "environment",
      /has no environment no-such-thing/,
      "selectEnvironment",
    ],
    [
      "an unknown node pool",
      main,
      { environmentId: "train-a", nodePoolId: "no-such-pool" },
      "nodePool",
      /has no node pool no-such-pool/,
      "connect",
    ],
    [
      "a node pool that failed",
      main,
      { nodePoolId: "l40s-failed" },
      "nodePool",
      /l40s-failed can't be used \(failed\)/,
      "connect",
    ],
    [
      "a full node pool",
      main,
      { nodePoolId: "h200-full", numRanks: 8 },
      "capacity",
      /doesn't have enough capacity: 8 ranks requested, 0 ranks free/,
      "connect",
    ],
  ];
  it.each(culprits)("names the cause: %s", async (_, env, params, step, message, fix) => {
    const found = culprit(await diagnose({ gatewayUrl: gateway.url }, { params, env }));
    expect(found).toMatchObject({ id: step, fix, message: expect.stringMatching(message) });
  });

  it("names a rejected sign-in key and the gateway", async () => {
    await using server = await Server.open({ gatewayUrl: gateway.url });
    const key = async () => culprit(await server.request("diagnose", {}));
    expect((await key())?.message).toContain("No API key found");
    await server.failure("signIn", { apiKey: "fw_test_wrong_0123456789" });
    expect(await key()).toMatchObject({
      id: "key",
      fix: "signIn",
      message: `${gateway.url} rejected the API key you signed in with (HTTP 401). Sign in with a valid one.`,
    });
    await server.request("signOut", {});
    expect((await key())?.message).toContain("No API key found");
  });

  it("warns if the node pool must scale up first", async () => {
    const { steps } = await diagnose(
      { gatewayUrl: gateway.url },
      { params: { nodePoolId: "h100-8x", numRanks: 16 }, env: main },
    );
    expect(steps.find(({ id }) => id === "capacity")).toMatchObject({
      verdict: "warning",
      message: expect.stringContaining("must scale up first: 16 ranks requested, 10 ranks free"),
    });
  });
});

describe("diagnose, with a broken network", () => {
  it("names a host name that does not resolve", async () => {
    const found = culprit(await diagnose({ gatewayUrl: "https://gateway.invalid" }, { env: main }));
    expect(found).toMatchObject({ id: "nameResolution", fix: "openSettings" });
    expect(found?.message).toContain("Couldn't resolve the gateway's host name, gateway.invalid");
  });

  it("names a port that refuses connections", async () => {
    const port = await freePort();
    const found = culprit(await diagnose({ gatewayUrl: `https://127.0.0.1:${port}` }, { env: main }));
    expect(found?.id).toBe("tcp");
    expect(found?.message).toContain(`127.0.0.1 (port ${port}) refuses connections`);
  });

  it("names a port that does not use TLS", async () => {
    await using plain = await answering("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
    const found = culprit(await diagnose({ gatewayUrl: `https://127.0.0.1:${plain.port}` }, { env: main }));
    expect(found?.id).toBe("tls");
    expect(found?.message).toContain("before a certificate was presented");
  });

  it.each([
    ["a page", "200 OK\r\nContent-Type: text/html\r\nContent-Length: 13\r\n\r\n<html></html>"],
    ["a redirect", "302 Found\r\nLocation: https://login.invalid/\r\nContent-Length: 0\r\n\r\n"],
  ])("names %s instead of the gateway", async (_, answer) => {
    await using portal = await answering(`HTTP/1.1 ${answer}`);
    const found = culprit(await diagnose({ gatewayUrl: portal.url }, { env: main }));
    expect(found).toMatchObject({ id: "http", message: expect.stringContaining("Received a web page") });
  });

  it.each([
    "500 Internal Server Error\r\nContent-Length: 0\r\n\r\n",
    "502 Bad Gateway\r\nContent-Type: text/html\r\nContent-Length: 13\r\n\r\n<html></html>",
    "503 Service Unavailable\r\nRetry-After: 60\r\nContent-Length: 0\r\n\r\n",
  ])("names an HTTP error of the gateway: %s", async (answer) => {
    await using broken = await answering(`HTTP/1.1 ${answer}`);
    const found = culprit(await diagnose({ gatewayUrl: broken.url }, { env: main }));
    const message = `The gateway, or a proxy in front of it, is failing (HTTP ${answer.slice(0, 3)})`;
    expect(found).toMatchObject({ id: "http", message: expect.stringContaining(message) });
  });

  it("names a port that does not use HTTP", async () => {
    await using other = await answering("220 mail.example ESMTP\r\n");
    const found = culprit(await diagnose({ gatewayUrl: other.url }, { env: main }));
    expect(found?.id).toBe("http");
  });

  it("names a suspended account if the gateway rejects requests because of it", async () => {
    await using server = await Listener.on(
      createServer((request, response) => {
        response.statusCode = request.url === "/verifyApiKey" ? 200 : 412;
        response.setHeader("x-fireworks-account-id", "acme");
        response.end(response.statusCode === 412 ? '{"code":9,"message":"unpaid"}' : "");
      }),
    );
    const found = culprit(await diagnose({ gatewayUrl: server.url }, { env: main }));
    expect(found).toMatchObject({ id: "suspension", fix: "openBilling", detail: "unpaid" });
  });

  it("names a proxy that refuses connections", async () => {
    const port = await freePort();
    const found = culprit(
      await diagnose(
        { gatewayUrl: "https://gateway.invalid", proxy: `http://127.0.0.1:${port}` },
        { env: main },
      ),
    );
    expect(found).toMatchObject({ id: "proxy", fix: "openProxySettings" });
    expect(found?.message).toMatch(
      /The proxy http:\/\/127\.0\.0\.1:\d+ \(from the http\.proxy setting\) refuses connections/,
    );
  });

  it("names a proxy whose name does not resolve, and its variable", async () => {
    const env = { ...main, HTTPS_PROXY: "http://proxy.invalid:3128" };
    const found = culprit(await diagnose({ gatewayUrl: "https://gateway.invalid" }, { env }));
    expect(found).toMatchObject({ id: "nameResolution", fix: "openProxySettings" });
    expect(found?.message).toMatch(/the proxy's host name, proxy\.invalid\. .*HTTPS_PROXY/);
  });

  it.each([
    ["403 Forbidden", /doesn't allow connections to gateway\.invalid \(HTTP 403\)/],
    ["503 Service Unavailable", /can't reach gateway\.invalid \(HTTP 503\)/],
    [
      '407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="x"',
      /requires a user name and password/,
    ],
  ])("names a proxy that answers %s", async (status, message) => {
    await using proxy = await answering(
      `HTTP/1.1 ${status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`,
    );
    const found = culprit(
      await diagnose({ gatewayUrl: "https://gateway.invalid", proxy: proxy.url }, { env: main }),
    );
    expect(found).toMatchObject({ id: "proxy", message: expect.stringMatching(message) });
  });

  it.each(["on", "fallback", "override", "what-comes-next"])(
    "uses the proxy from the setting or the environment if http.proxySupport is %s",
    async (proxySupport) => {
      await using proxy = await answering(
        "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
      );
      const url = proxy.url;
      const gatewayUrl = "https://gateway.invalid";
      expect(culprit(await diagnose({ gatewayUrl, proxy: url, proxySupport }))?.id).toBe("proxy");
      const byVariable = await diagnose({ gatewayUrl, proxySupport }, { env: { HTTPS_PROXY: url } });
      expect(culprit(byVariable)?.id).toBe("proxy");
    },
  );

  it("uses no proxy if http.proxySupport is off", async () => {
    const { steps } = await diagnose(
      { gatewayUrl: "https://gateway.invalid", proxy: "http://127.0.0.1:1", proxySupport: "off" },
      { env: { ...main, HTTPS_PROXY: "http://127.0.0.1:1" } },
    );
    expect(steps.find(({ verdict }) => verdict === "failed")?.id).toBe("nameResolution");
  });

  it.each([
    ["http.proxy", { proxy: '"http://127.0.0.1:3128"' }, {}],
    ["HTTPS_PROXY", {}, { HTTPS_PROXY: "'http://127.0.0.1:3128'" }],
    ["all_proxy", {}, { all_proxy: "socks6://127.0.0.1:1080" }],
  ])("names an unusable proxy, and sends nothing without it: %s", async (origin, options, env) => {
    await using direct = await answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    await using server = await Server.open(
      { gatewayUrl: `https://127.0.0.1:${direct.port}`, ...options },
      { ...main, ...env },
    );
    const refused = {
      message: expect.stringMatching(new RegExp(`^${origin} must be an http, .* URL, such as`)),
    };
    expect(culprit(await server.request("diagnose", {}))).toMatchObject({
      ...refused,
      id: "settings",
      fix: "openProxySettings",
    });
    expect(await server.failure("listEnvironments", {})).toMatchObject({
      ...refused,
      code: 3,
      data: { actions: ["openProxySettings"] },
    });
  });

  it("ignores unreadable entries of http.noProxy and NO_PROXY, and reports them in the diagnosis and the log", async () => {
    await using server = await Server.open(
      { gatewayUrl: gateway.url, noProxy: ["<local>", "192.168.*"] },
      { ...main, NO_PROXY: "intranet.example,http://intranet" },
    );
    const { steps } = await server.request("diagnose", {});
    const skipped = ["http.noProxy", "<local>, 192.168.*", "NO_PROXY", "http://intranet"];
    const step = steps.find(({ id }) => id === "settings");
    expect(step?.verdict).toBe("warning");
    for (const text of skipped) expect(step?.message).toContain(text);
    expect(step?.message).not.toContain("intranet.example");
    expect(server.log.map(({ message }) => message)).toContainEqual(
      expect.stringContaining("NO_PROXY has an entry that can't be read and is ignored: http://intranet"),
    );
  });

  it.each([
    ["403 Forbidden", /doesn't allow connections to gateway\.invalid \(HTTP 403\)/, "openProxySettings"],
    ["502 Bad Gateway", /can't reach gateway\.invalid \(HTTP 502\)/, "openSettings"],
    [
      '407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="x"',
      /requires a user name and password/,
      "openProxySettings",
    ],
  ])("reports the same without a diagnosis: %s", async (status, message, fix) => {
    await using proxy = await answering(
      `HTTP/1.1 ${status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`,
    );
    const options = { gatewayUrl: "https://gateway.invalid", proxy: proxy.url };
    await using server = await Server.open(options, main);
    const said = { message: expect.stringMatching(message) };
    expect(await server.failure("getAccount", {})).toMatchObject({
      ...said,
      data: { actions: [fix, "diagnose"] },
    });
    expect(culprit(await server.request("diagnose", {}))).toMatchObject({ ...said, fix });
  });

  it("reports a login page with 200 like a diagnosis", async () => {
    const page = "<!DOCTYPE html><title>Log in</title>";
    await using portal = await answering(
      `HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: ${page.length}\r\n\r\n${page}`,
    );
    await using server = await Server.open({ gatewayUrl: portal.url }, main);
    const { message } = await server.failure("getAccount", {});
    expect(message).toBe(culprit(await server.request("diagnose", {}))?.message);
  });

  it("names a setting that cannot be used", async () => {
    const found = culprit(
      await diagnose({ gatewayUrl: "https://gateway.invalid", caFile: "/no/such/file.pem" }),
    );
    expect(found).toMatchObject({ id: "settings", fix: "openSettings" });
    expect(found?.message).toContain("caFile must be the path of a readable PEM file");
  });
});
