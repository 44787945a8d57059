// @ts-check
/**
 * A gateway in its own process that responds at once, or after `--delay` milliseconds, so that only the client is measured.
 * All environments exist and are connected. `--environments` of them are listed, 200 per page.
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

/** @param {string} name */
const environment = (name) => ({
  name,
  displayName: `Environment ${name.slice(name.lastIndexOf("/") + 1)}`,
  state: "CONNECTED",
  status: { code: "OK", message: "" },
  connection: { nodePoolId: "h100-8x", numRanks: 8, role: "", zone: "us-east-1a", useLocalStorage: false },
  createTime: "2026-11-01T08:00:00Z",
  updateTime: "2026-11-22T08:00:00Z",
  createdBy: "ada@acme.example",
});

/**
 * @param {string} account
 * @param {number} count
 * @param {number} from
 */
function page(account, count, from) {
  const key = `${account} ${count} ${from}`;
  const known = pages.get(key);
  if (known) return known;
  const size = Math.min(pageSize, count - from);
  const environments = Array.from({ length: size }, (_, i) =>
    environment(`accounts/${account}/environments/e${from + i}`),
  );
  const next = from + size < count ? `&${from + size}` : "";
  const made = Buffer.from(JSON.stringify({ environments, nextPageToken: next, totalSize: count }));
  pages.set(key, made);
  return made;
}

/** @param {string} path */
function answer(path) {
  const url = new URL(path, "http://gateway");
  const [, , , account = "", kind, id = ""] = url.pathname.split("/");
  if (kind === "environments" && id === "")
    return page(
      account,
      Number(account.replace(/\D/g, "")) || 1,
      Number(url.searchParams.get("pageToken")?.slice(1) ?? 0),
    );
  if (kind === "environments" && !id.includes(":"))
    return Buffer.from(JSON.stringify(environment(url.pathname.slice("/v1/".length))));
  return Buffer.from("{}");
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
      response.writeHead(200, { "Content-Type": "application/json", "Content-Length": bytes.length });
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
