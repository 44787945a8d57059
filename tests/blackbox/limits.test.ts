import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { memoryOf, mostMemoryOf } from "../fuzz/memory.js";
import { serverPath } from "./support/programs.js";
import { RawServer } from "./support/rawServer.js";
import { Server } from "./support/server.js";
import { Listener } from "./support/tlsServers.js";
import { until } from "./support/until.js";

const mostMemory = mostMemoryOf(serverPath);
const key = { FIREWORKS_API_KEY: "fw_test_0123456789abcdef", FIREWORKS_ACCOUNT_ID: "acme" };

/** A gateway that accepts any key, and calls a function for each list of a kind. */
async function gatewayThat(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  kind = "/environments",
) {
  const server = createServer((request, response) => {
    if (request.url?.includes(kind)) answer(request, response);
    else response.end();
  });
  return Listener.on(server);
}

/** Responds with the page that the request's token refers to. */
function paged(count: number, pageAt: (page: number) => string) {
  return (request: IncomingMessage, response: ServerResponse) => {
    const number = Number(new URL(request.url ?? "", "http://gateway").searchParams.get("pageToken") ?? 1);
    const page = pageAt(number);
    response.end(number < count ? `${page.slice(0, -1)},"nextPageToken":"${number + 1}"}` : page);
  };
}

const filler = (mebibytes: number, item: string | ((index: number) => string), kind = "environments") => {
  const itemAt = typeof item === "string" ? () => item : item;
  const items = Array.from(
    { length: Math.floor((mebibytes * 1024 * 1024) / (itemAt(0).length + 1)) },
    (_, index) => itemAt(index),
  );
  return `{"${kind}":[${items.join(",")}]}`;
};

const largest = "n".repeat(350);

const nodePool = (id: string) =>
  `{"name":"accounts/acme/nodePools/p${id}","displayName":"${largest}","nodePoolStats":{}}`;
const role = "arn:aws:iam::123456789012:role/";

/** Every kind of list, with its method and a sample item. */
const lists: [
  what: string,
  method: string,
  kind: string,
  itemAt: (id: string) => string,
  params: (n: number) => object,
][] = [
  ["node pools", "listNodePools", "nodePools", nodePool, () => ({})],
  ["node pools in parts", "listNodePools", "nodePools", nodePool, (n) => ({ partialResultToken: n })],
  [
    "environments in parts",
    "listEnvironments",
    "environments",
    (id) => `{"name":"accounts/acme/environments/e${id}","displayName":"${largest}"}`,
    (n) => ({ partialResultToken: n }),
  ],
  [
    "roles",
    "listRoles",
    "awsIamRoleBindings",
    (id) => `{"role":"${role}${id}","principal":"${largest}"}`,
    () => ({}),
  ],
  [
    "accounts",
    "listAccounts",
    "accounts",
    (id) => `{"name":"accounts/a${id}","displayName":"${largest}"}`,
    () => ({}),
  ],
];

/** Pages of nearly 100 KiB. */
function pagesOf(kind: string, itemAt: (id: string) => string): (page: number) => string {
  const pages = new Map<number, string>();
  return (page) => {
    const known = pages.get(page) ?? filler(0.095, (index) => itemAt(`${page}-${index}`), kind);
    pages.set(page, known);
    return known;
  };
}

const hostile: [what: string, answer: (request: IncomingMessage, response: ServerResponse) => void][] = [
  ["a body without end", (_, response) => void endless(response, " ".repeat(65_536))],
  ["an object without end", (_, response) => void endless(response, '{"a":'.repeat(10_000))],
  ["4 MB of empty objects", (_, response) => void response.end(filler(3.9, "{}"))],
  ["4 MB of environments", (_, response) => void response.end(filler(3.9, '{"name":"e"}'))],
  [
    "256 MB that are packed well",
    (_, response) => {
      response.setHeader("Content-Encoding", "gzip");
      response.end(bomb);
    },
  ],
  [
    "pages of new tokens, as large as they may be",
    (request, response) => {
      const page = `"nextPageToken":"${request.url?.length}-${Math.random()}"`;
      response.end(
        `${filler(3.5, `{"name":"${"e".repeat(60)}","displayName":"${"n".repeat(5_000)}"}`).slice(0, -1)},${page}}`,
      );
    },
  ],
  [
    "small pages without end",
    (_, response) => void response.end(`{"environments":[{"name":"e"}],"nextPageToken":"${Math.random()}"}`),
  ],
  [
    "headers without end",
    (_, response) => {
      response.socket?.write("HTTP/1.1 200 OK\r\n");
      endless(response.socket as unknown as ServerResponse, `X-A: ${"x".repeat(8_000)}\r\n`);
    },
  ],
];
const bomb = gzipSync(Buffer.alloc(256 * 1024 * 1024, 32), { level: 9 });

function endless(stream: Pick<ServerResponse, "write" | "once" | "on">, text: string): void {
  stream.on("error", () => undefined);
  let open = true;
  stream.on("close", () => (open = false));
  const more = () => {
    while (open && stream.write(text));
    if (open) stream.once("drain", more);
  };
  more();
}

describe.skipIf(process.platform !== "linux")("whatever the gateway answers", () => {
  it.each(hostile)("%s: a clear error, and little memory", async (_, answer) => {
    await using gateway = await gatewayThat(answer);
    await using server = await Server.open({ gatewayUrl: gateway.url }, key);
    const failed = await server.failure("listEnvironments", {});
    expect(failed.message).toMatch(/The gateway's (response|list) (is|isn't|contains|exceeds|doesn't) /);
    expect(memoryOf(server.process.pid).peak).toBeLessThan(mostMemory);
  });

  it("sixty-four of them at once", async () => {
    await using gateway = await gatewayThat((_, response) => void response.end(filler(3.9, '{"name":"e"}')));
    await using server = await Server.open({ gatewayUrl: gateway.url }, key);
    await Promise.all(
      Array.from({ length: 64 }, (_, n) => server.failure("getEnvironment", { environmentId: `e${n}` })),
    );
    expect(memoryOf(server.process.pid).peak).toBeLessThan(mostMemory);
  });
});

describe.skipIf(process.platform !== "linux")("whatever the client asks for", () => {
  it("sixteen of the largest lists at once", async () => {
    const pageAt = (page: number) =>
      filler(
        0.4,
        (index) =>
          `{"name":"accounts/acme/environments/e${page}-${index}","displayName":"${"n".repeat(900)}"}`,
      );
    await using gateway = await gatewayThat(paged(19, pageAt));
    await using server = await Server.open({ gatewayUrl: gateway.url }, key);
    const lists = await Promise.all(Array.from({ length: 16 }, () => server.request("listEnvironments", {})));
    const counts = lists.map(({ environments }) => environments.length);
    expect(new Set(counts).size).toBe(1);
    expect(counts[0]).toBeGreaterThan(8_000);
    expect(memoryOf(server.process.pid).peak).toBeLessThan(mostMemory);
  });

  it.each(lists)(
    "sixty of the largest at once: %s",
    async (_, method, kind, itemAt, params) => {
      const count = kind === "environments" ? 81 : 20;
      await using gateway = await gatewayThat(paged(count, pagesOf(kind, itemAt)), `/${kind}?`);
      await using server = await Server.open({ gatewayUrl: gateway.url }, key);
      const answers = await Promise.all(
        Array.from({ length: 60 }, (_, n) => server.connection.sendRequest<object>(method, params(n))),
      );
      const lengths = answers.map((answer) => Object.values(answer)[0].length);
      expect(new Set(lengths).size).toBe(1);
      expect(memoryOf(server.process.pid).peak).toBeLessThan(mostMemory);
    },
    120_000,
  );

  it("sixty oversized lists of node pools: each is refused", async () => {
    await using gateway = await gatewayThat(paged(81, pagesOf("nodePools", nodePool)), "/nodePools?");
    await using server = await Server.open({ gatewayUrl: gateway.url }, key);
    const failures = await Promise.all(Array.from({ length: 60 }, () => server.failure("listNodePools", {})));
    expect(new Set(failures.map(({ message }) => message))).toEqual(
      new Set(["The gateway's list exceeds Companion's size limit."]),
    );
    expect(memoryOf(server.process.pid).peak).toBeLessThan(mostMemory);
  }, 120_000);

  it("watching a thousand unlisted environments", async () => {
    const asked = new Map<string, number>();
    let lists = 0;
    await using gateway = await gatewayThat((request, response) => {
      const id = request.url?.split("/").at(-1) ?? "";
      if (id.startsWith("environments?")) {
        lists++;
        response.end("{}");
        return;
      }
      asked.set(id, (asked.get(id) ?? 0) + 1);
      response.end(`{"name":"accounts/acme/environments/${id}","state":"CONNECTED"}`);
    });
    await using server = await Server.open({ gatewayUrl: gateway.url }, key);
    const environments = Array.from({ length: 1_000 }, (_, n) => ({ environmentId: `e${n}` }));
    await server.request("watchEnvironments", { environments });
    await until(() => new Set(server.changes.map(({ environmentId }) => environmentId)).size === 1_000);
    expect(lists).toBe(1);
    expect([...asked.values()].reduce((sum, times) => sum + times)).toBe(1_000);
    expect(memoryOf(server.process.pid).peak).toBeLessThan(mostMemory);
  });
});

describe.skipIf(process.platform !== "linux")("whatever the client sends", () => {
  it.each([
    ["a frame of 4 GB", "Content-Length: 4000000000\r\n\r\n"],
    ["a header without end", "X-".repeat(100_000)],
  ])("%s: it ends, with little memory", async (_, text) => {
    await using server = Server.spawn();
    server.process.stdin.on("error", () => undefined);
    server.process.stdin.write(text);
    expect(await server.exited).toBe(1);
  });

  it.each<[what: string, message: (text: string) => object, named: string]>([
    [
      "ids",
      (id) => ({ id, method: "getAccount" }),
      "id must be a string, an integer, or null, of at most 256 bytes",
    ],
    ["method names", (method) => ({ id: 1, method }), "method must be a string of at most 256 bytes"],
  ])("%s of 4 MB: refused, and little memory", async (_, message, named) => {
    await using server = new RawServer();
    const empty = JSON.stringify(message("")).length;
    for (let count = 0; count < 24; count++)
      server.send({ jsonrpc: "2.0", ...message("x".repeat(4_000_000 - empty)), params: {} });
    for (const { error, id } of await server.replies(24)) {
      expect(error).toMatchObject({ code: -32600, message: expect.stringContaining(named) });
      expect([null, 1]).toContain(id);
    }
    expect(memoryOf(server.process.pid).peak).toBeLessThan(mostMemory);
  });

  it("ten thousand large requests: each is answered or refused once", async () => {
    await using server = await Server.open({ gatewayUrl: "sandbox" });
    const wrong = { environmentId: "x".repeat(10_000) };
    const answers = await Promise.all(
      Array.from({ length: 10_000 }, () => server.failure("getEnvironment", wrong)),
    );
    expect(new Set(answers.map(({ code }) => code))).toEqual(new Set([-32602]));
    expect(memoryOf(server.process.pid).peak).toBeLessThan(mostMemory);
  });
});
