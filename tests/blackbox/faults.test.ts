import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { ResponseError } from "vscode-jsonrpc/node";
import type { EnvironmentInfo, ErrorData } from "../../extension/src/protocol.g.js";
import { type Fault, SandboxHost, sandboxKeys } from "./support/sandboxHost.js";
import { Server } from "./support/server.js";

/** The two changes; each fault is met by both at once, each on an environment of its own. */
const changes = {
  connect: {
    environmentId: "train-a",
    route: "ConnectEnvironment",
    params: { connection: { nodePoolId: "h100-8x", numRanks: 8 } },
    before: "DISCONNECTED",
    after: "CONNECTED",
  },
  disconnect: {
    environmentId: "eval-c",
    route: "DisconnectEnvironment",
    params: {},
    before: "CONNECTED",
    after: "DISCONNECTED",
  },
} as const;
type Method = keyof typeof changes;

/** What the caller is told, and what went out. `state` is the environment's in that answer: before the change, or after. */
interface Told {
  /** `done`, or the error's code. */
  readonly answer: "done" | number;
  readonly outcome?: ErrorData["outcome"];
  readonly state: "before" | "after" | undefined;
  readonly posts: number;
}

interface Row {
  readonly fault: string;
  readonly script: Omit<Fault, "route" | "resourceId">;
  readonly told: Told;
  readonly timeoutSeconds?: number;
  /** Milliseconds that have to lie between two requests of the same change. */
  readonly gap?: number;
}

const done: Told = { answer: "done", state: "after", posts: 1 };
const sentAgain: Told = { ...done, posts: 2 };
const refused = (code: number): Told => ({ answer: code, outcome: "notApplied", state: "before", posts: 1 });
const answering = (status: number, body = "", headers = {}) => ({ fault: { status, body, headers } });
const afterEffect = (status: number, body = "", headers = {}) => ({
  fault: { status, body, headers, afterEffect: true },
});
const rpc = (code: number) => JSON.stringify({ code, message: "as scripted", details: [] });
const html = "<html><head><title>502 Bad Gateway</title></head></html>";

/** The gateway did it, and its answer does not say so: one look tells. */
const effectHidden: Row[] = [
  { fault: "a reset after the effect", script: { preset: "ResetAfterEffect" }, told: done },
  { fault: "504 after success", script: { preset: "Http504AfterEffect" }, told: done },
  { fault: "500 after the effect", script: afterEffect(500, rpc(13)), told: done },
  { fault: "502 with HTML after the effect", script: afterEffect(502, html), told: done },
  { fault: "503 after the effect", script: afterEffect(503, rpc(14)), told: done },
  {
    fault: "503 with Retry-After after the effect",
    script: afterEffect(503, "", { "Retry-After": "1" }),
    told: done,
  },
  { fault: "408 after the effect", script: afterEffect(408), told: done },
  { fault: "409 after the effect", script: afterEffect(409, rpc(10)), told: done },
  { fault: "an empty body on 200", script: afterEffect(200), told: done },
  { fault: "a body that is cut", script: { fault: { cutBodyAt: 1 } }, told: done },
  { fault: "a body of a gigabyte", script: { fault: { hugeBodyBytes: 1_000_000_000 } }, told: done },
  {
    fault: "a gigabyte of an error",
    script: { fault: { status: 500, afterEffect: true, hugeBodyBytes: 1e9 } },
    told: done,
  },
  { fault: "HTML on 200 after the effect", script: afterEffect(200, html), told: done },
];

/** The gateway did nothing, and its answer leaves that open: it is asked until nothing can come any more. */
const nothingHappened: Row[] = [
  { fault: "a reset before the effect", script: { preset: "ResetBeforeEffect" }, told: refused(14) },
  { fault: "500", script: answering(500, rpc(13)), told: refused(13) },
  { fault: "502 with HTML", script: { preset: "Html502" }, told: refused(14) },
  { fault: "504", script: answering(504, rpc(4)), told: refused(4) },
  { fault: "408", script: answering(408), told: refused(4) },
  { fault: "409", script: answering(409, rpc(10)), told: refused(10) },
  {
    fault: "a redirect to a login page",
    script: answering(302, "", { Location: "https://login.invalid/" }),
    told: refused(2),
  },
  { fault: "HTML on 200", script: answering(200, html), told: refused(2) },
  { fault: "503", script: answering(503, rpc(14)), told: sentAgain, gap: 15_000 },
  {
    fault: "503 with Retry-After",
    script: answering(503, "", { "Retry-After": "1" }),
    told: sentAgain,
    gap: 15_000,
  },
];

/** A definite refusal: nothing happened, and where the gateway names a time, it is asked again then. */
const refusals: Row[] = [
  { fault: "412", script: answering(412), told: refused(9) },
  { fault: "429", script: answering(429, rpc(8)), told: refused(8) },
  {
    fault: "429 with Retry-After that is no number",
    script: answering(429, "", { "Retry-After": "soon" }),
    told: refused(8),
  },
  {
    fault: "429 with a Retry-After of years",
    script: answering(429, "", { "Retry-After": "999999999" }),
    told: refused(8),
  },
  {
    fault: "429 with an infinite retry-after-ms",
    script: answering(429, "", { "retry-after-ms": "1e400" }),
    told: refused(8),
  },
  {
    fault: "429 with Retry-After in seconds",
    script: answering(429, "", { "Retry-After": "2" }),
    told: sentAgain,
    gap: 2_000,
  },
  {
    fault: "429 with retry-after-ms",
    script: answering(429, "", { "retry-after-ms": "1200" }),
    told: sentAgain,
    gap: 1_200,
  },
  {
    fault: "429 with a negative Retry-After",
    script: answering(429, "", { "Retry-After": "-5" }),
    told: sentAgain,
    gap: 0,
  },
  {
    fault: "429 with Retry-After as an HTTP date",
    // Counted from the answer's own Date, so that no clock has to be right.
    script: answering(429, "", { Date: httpDate(0), "Retry-After": httpDate(2) }),
    told: sentAgain,
    gap: 2_000,
  },
];

/** No answer of use within the caller's time: what is told is what was last confirmed. */
const noAnswer: Row[] = [
  {
    fault: "a connection that is accepted and never answered",
    script: { fault: { delayMs: 3_600_000 } },
    told: { answer: 4, outcome: "unknown", state: "before", posts: 1 },
    timeoutSeconds: 2,
  },
  {
    fault: "{} with nothing behind it",
    script: answering(200, "{}"),
    told: { answer: 4, outcome: "unknown", state: "before", posts: 1 },
    timeoutSeconds: 4,
  },
];

/** What is told where the time was up before anything could be sent. */
const notSentInTime = { answer: 4, outcome: "notApplied", environment: undefined };

describe.concurrent("each fault, met by a connect and by a disconnect", { timeout: 120_000 }, () => {
  const rows = [...nothingHappened, ...noAnswer, ...refusals, ...effectHidden];
  it.each(rows.map((row) => [row.fault, row] as const))("%s", async (_, row) => {
    await using gateway = await SandboxHost.start();
    const [connect, disconnect] = await Promise.all([
      meet(gateway, "connect", row),
      meet(gateway, "disconnect", row),
    ]);
    expect({ connect, disconnect }).toEqual({ connect: row.told, disconnect: row.told });
  });

  it("a gateway that cannot be asked after a reset: unknown, and nothing is sent again", async () => {
    const row: Row = {
      fault: "reset",
      script: { preset: "ResetAfterEffect" },
      told: { answer: 14, outcome: "unknown", state: "before", posts: 1 },
    };
    await using gateway = await SandboxHost.start();
    await using server = await signedIn(gateway);
    const refusal = { status: 403, body: rpc(7) };
    await gateway.script({
      route: "GetEnvironment",
      resourceId: "train-a",
      skip: 1,
      times: null,
      fault: refusal,
    });
    await script(gateway, "connect", row);
    expect(await ask(server, "connect", row)).toMatchObject({
      answer: 14,
      outcome: "unknown",
      environment: { state: "DISCONNECTED" },
    });
    expect(await gateway.posts()).toHaveLength(1);
  });

  it.each([
    ["connect", "notApplied"],
    ["disconnect", "applied"],
  ] as const)("an environment that is gone after a reset of its %s: %s", async (method, outcome) => {
    const row: Row = { fault: "reset", script: { preset: "ResetAfterEffect" }, told: done };
    await using gateway = await SandboxHost.start();
    await using server = await signedIn(gateway);
    const gone = { status: 404, body: rpc(5) };
    await gateway.script({ route: "GetEnvironment", skip: 1, times: null, fault: gone });
    await script(gateway, method, row);
    expect(await ask(server, method, row)).toEqual({ answer: 5, outcome, environment: undefined });
    expect(await gateway.posts()).toHaveLength(1);
  });

  it("somebody else's connect in between: it is told, and nothing is sent again", async () => {
    const row: Row = { fault: "503", script: answering(503, "", { "Retry-After": "2" }), told: done };
    await using gateway = await SandboxHost.start();
    await using server = await signedIn(gateway);
    await script(gateway, "connect", row);
    const asked = ask(server, "connect", row);
    await until(async () => (await gateway.posts()).length === 1);
    await gateway.changeElsewhere("train-a", "connect", { connection: { nodePoolId: "cpu-large" } });

    expect(await asked).toMatchObject({
      outcome: "notApplied",
      environment: { state: "CONNECTED", connection: { nodePoolId: "cpu-large" } },
    });
    expect(await gateway.posts()).toHaveLength(2);
    expect(await gateway.environment("train-a")).toMatchObject({
      state: "CONNECTED",
      connection: { nodePoolId: "cpu-large" },
    });
  });

  it.each(["connect", "disconnect"] as const)(
    "no TLS where https is asked for: %s is not sent",
    async (method) => {
      let requests = 0;
      // Answers a handshake as every HTTP server does: with 400, in plain text.
      await using plain = createServer(() => requests++).listen(0, "127.0.0.1");
      await once(plain, "listening");
      await using server = await withKey(`https://127.0.0.1:${(plain.address() as AddressInfo).port}`);
      expect(await ask(server, method, {})).toEqual({
        answer: 14,
        outcome: "notApplied",
        environment: undefined,
      });
      expect(requests).toBe(0);
    },
  );

  it.each(["connect", "disconnect"] as const)(
    "a TLS handshake without an answer: %s is not sent",
    async (method) => {
      await using gateway = await SandboxHost.start();
      await using server = await withKey(gateway.url.replace("http:", "https:"));
      expect(await ask(server, method, { timeoutSeconds: 2 })).toEqual(notSentInTime);
      expect(await gateway.received()).toEqual([]);
    },
  );

  it.each([
    ["no such host", "connect", "https://no-such-host.invalid"],
    ["no such host", "disconnect", "https://no-such-host.invalid"],
    ["a connection that is refused", "connect", "http://127.0.0.1:9"],
    ["a connection that is refused", "disconnect", "http://127.0.0.1:9"],
  ] as const)("%s: %s is not sent", async (_, method, url) => {
    await using server = await withKey(url);
    expect(await ask(server, method, { timeoutSeconds: 3 })).toEqual(notSentInTime);
  });

  it.each(["connect", "disconnect"] as const)(
    "a gateway that never says how it stands: %s is not sent",
    async (method) => {
      await using gateway = await SandboxHost.start();
      await using server = await signedIn(gateway);
      await gateway.script({ route: "GetEnvironment", times: null, fault: { delayMs: 3_600_000 } });
      expect(await ask(server, method, { timeoutSeconds: 2 })).toEqual(notSentInTime);
      expect(await gateway.posts()).toEqual([]);
    },
  );
});

/**
 * Meets a row's fault with one change, by a server of its own that has asked nothing before: an account that has shown its limit is asked
 * slowly from then on. What is told to be in effect, or not to be, is what the gateway has.
 */
async function meet(gateway: SandboxHost, method: Method, row: Row): Promise<Told> {
  const { environmentId, before, after } = changes[method];
  await using server = await withKey(gateway.url);
  await script(gateway, method, row);
  const { answer, outcome, environment } = await ask(server, method, row);

  const times = (await gateway.received())
    .filter(({ method: verb, path }) => verb === "POST" && path.includes(`/${environmentId}:`))
    .map(({ time }) => Date.parse(time));
  for (const [index, time] of times.slice(1).entries()) {
    expect(time - (times[index] ?? 0), "sent again too early").toBeGreaterThanOrEqual(
      row.gap ?? Number.POSITIVE_INFINITY,
    );
  }
  if (outcome !== "unknown") {
    const truth = await gateway.environment(environmentId);
    expect({ state: environment?.state, nodePoolId: environment?.connection?.nodePoolId }).toEqual({
      state: truth.state,
      nodePoolId: truth.connection?.nodePoolId,
    });
  }
  expect(await server.peakMemory(), "MiB, with 50 to begin with and 32 to a body").toBeLessThan(400);
  const state = { [before]: "before", [after]: "after" }[environment?.state ?? ""] as Told["state"];
  return { answer, ...(outcome && { outcome }), state, posts: times.length };
}

async function ask(
  server: Server,
  method: Method,
  { timeoutSeconds }: { readonly timeoutSeconds?: number },
): Promise<Pick<Told, "answer" | "outcome"> & { environment: EnvironmentInfo | undefined }> {
  const { environmentId, params } = changes[method];
  const limit = timeoutSeconds === undefined ? {} : { timeoutSeconds };
  try {
    const environment: EnvironmentInfo = await server.connection.sendRequest(method, {
      environmentId,
      ...params,
      ...limit,
    });
    return { answer: "done", environment };
  } catch (error) {
    if (!(error instanceof ResponseError)) throw error;
    expect(error.message, "a sentence without secrets").toMatch(/^(?!.*fw_).+\.$/);
    const data = error.data as ErrorData | undefined;
    return { answer: error.code, outcome: data?.outcome, environment: data?.environment };
  }
}

async function script(gateway: SandboxHost, method: Method, row: Row): Promise<void> {
  const { route, environmentId } = changes[method];
  await gateway.script({ ...row.script, route, resourceId: environmentId });
}

async function signedIn(gateway: SandboxHost): Promise<Server> {
  const server = await Server.open({ gatewayUrl: gateway.url });
  await server.request("signIn", { apiKey: sandboxKeys.main });
  return server;
}

/** A server that needs no gateway to know key and account. */
function withKey(gatewayUrl: string): Promise<Server> {
  return Server.open({ gatewayUrl, accountId: "acme-research" }, { FIREWORKS_API_KEY: sandboxKeys.main });
}

/** A date as HTTP writes it, some seconds after a fixed one. */
function httpDate(seconds: number): string {
  return new Date(Date.UTC(2026, 10, 22, 8, 0, seconds)).toUTCString();
}

/** Waits until something has come to be; the test's own time limit is the bound. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setImmediate(resolve));
}
