// @ts-check
/**
 * A gateway in its own process that responds at once, or after `--delay` milliseconds, so that only the client is measured.
 * All environments exist and are connected, and all node pools are ready. The digits in an account's ID say how many of each are listed,
 * 200 per page. A key such as fw_bench_acme-300 belongs to the account acme-300. If an account's ID ends with "changing", all its
 * environments change every 2 s.
 */
import { createServer } from "node:http";
import { parseArgs } from "node:util";

const { values } = parseArgs({ options: { delay: { type: "string", default: "0" } } });
const delay = Number(values.delay);
const pageSize = 200;
/** @type {{ method: string, path: string, body: string | null }[]} */
let received = [];
/** Open connections, except the benchmark's own, and their maximum since the benchmark last asked. */
const open = new Set();
let mostOpen = 0;
/** @type {Map<string, Buffer>} */
const pages = new Map();

/** How often changing environments change, in milliseconds. */
const changeTime = 2000;
const changingStates = ["CONNECTING", "DISCONNECTING"];

/** @param {string} account */
const stateIn = (account) =>
  (account.endsWith("changing") && changingStates[Math.floor(Date.now() / changeTime) % 2]) || "CONNECTED";

/**
 * @param {string} name
 * @param {string} state
 */
const environment = (name, state) => ({
  name,
  displayName: `Environment ${name.slice(name.lastIndexOf("/") + 1)}`,
  state,
  status: { code: "OK", message: "" },
  connection: { nodePoolId: "h100-8x", numRanks: 8, role: "", zone: "us-east-1a", useLocalStorage: false },
  createTime: "2026-11-01T08:00:00Z",
  updateTime: "2026-11-22T08:00:00Z",
  createdBy: "ada@acme.example",
});

/** @param {string} name */
const nodePool = (name) => ({
  name,
  state: "READY",
  maxNodeCount: 4,
  eksNodePool: { instanceType: "p5.48xlarge", zone: "us-east-1a" },
});

/** @type {Readonly<Record<string, (name: string, state: string) => object>>} */
const resources = { environments: environment, nodePools: nodePool };

/**
 * @param {string} account
 * @param {string} kind
 * @param {number} count
 * @param {number} from
 */
function page(account, kind, count, from) {
  const state = stateIn(account);
  const key = `${account} ${state} ${kind} ${from}`;
  const known = pages.get(key);
  if (known) return known;
  const size = Math.min(pageSize, count - from);
  const listed = Array.from({ length: size }, (_, i) =>
    resources[kind]?.(`accounts/${account}/${kind}/${kind[0]}${from + i}`, state),
  );
  const next = from + size < count ? `&${from + size}` : "";
  const made = Buffer.from(JSON.stringify({ [kind]: listed, nextPageToken: next, totalSize: count }));
  pages.set(key, made);
  return made;
}

/** @param {string} path */
function answer(path) {
  const url = new URL(path, "http://gateway");
  const [, , , account = "", kind, id = ""] = url.pathname.split("/");
  if (kind !== undefined && resources[kind] && id === "")
    return page(
      account,
      kind,
      Number(account.replace(/\D/g, "")) || 1,
      Number(url.searchParams.get("pageToken")?.slice(1) ?? 0),
    );
  if (kind !== undefined && resources[kind] && !id.includes(":"))
    return Buffer.from(JSON.stringify(resources[kind](url.pathname.slice("/v1/".length), stateIn(account))));
  if (id.endsWith(":getStats"))
    return Buffer.from(
      JSON.stringify({ nodeCount: 2, ranksPerNode: 8, environmentCount: 1, environmentRanks: 6 }),
    );
  return Buffer.from(JSON.stringify(kind === undefined && account ? { name: `accounts/${account}` } : {}));
}

/**
 * The account that a key belongs to, as the gateway tells it.
 * @param {string} [authorization]
 * @returns {Record<string, string>}
 */
function accountOf(authorization) {
  const account = /fw_bench_(\S+)/.exec(authorization ?? "")?.[1];
  return account ? { "x-fireworks-account-id": account } : {};
}

const server = createServer((request, response) => {
  let body = "";
  request.on("data", (chunk) => {
    body += chunk;
  });
  request.on("end", () => {
    const path = request.url ?? "";
    if (path === "/bench/received") {
      response.end(JSON.stringify({ requests: received, connections: mostOpen }));
      received = [];
      mostOpen = open.size;
      return;
    }
    if (received.length < 100) received.push({ method: request.method ?? "", path, body: body || null });
    const bytes = answer(path);
    const send = () => {
      response.writeHead(200, {
        "Content-Type": "application/json",
        "Content-Length": bytes.length,
        ...accountOf(request.headers.authorization),
      });
      response.end(request.method === "HEAD" ? undefined : bytes);
    };
    if (delay > 0) setTimeout(send, delay);
    else send();
  });
});
server.on("request", ({ url, socket }) => {
  if (url?.startsWith("/bench/") || open.has(socket)) return;
  mostOpen = Math.max(mostOpen, open.add(socket).size);
  socket.on("close", () => open.delete(socket));
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", 2048, () => {
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  process.send?.(`http://127.0.0.1:${port}`);
});
process.on("disconnect", () => process.exit(0));
