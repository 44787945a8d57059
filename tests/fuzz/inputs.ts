/** Structured random input, none of which leads to a real host. */
import { readFileSync } from "node:fs";
import fc, { type Arbitrary } from "fast-check";
import { type Answer, encodings, framings } from "./gateway.js";
import { key } from "./keySearch.js";
import { frame } from "./target.js";

interface Method {
  name: string;
  params: { name: string }[];
}
const contract = readFileSync(new URL("../../protocol/openrpc.json", import.meta.url), "utf8");
const { methods }: { methods: Method[] } = JSON.parse(contract);
const members = new Set(methods.flatMap(({ params }) => params.map(({ name }) => name)));

const split = (values: string) => values.split("|");
const oneOf = (values: string) => fc.constantFrom(...split(values));
const list = <T>(item: Arbitrary<T>, minLength: number, maxLength: number) =>
  fc.array(item, { minLength, maxLength });
const weighted = <T>(...options: [weight: number, arbitrary: Arbitrary<T>][]) =>
  fc.oneof(...options.map(([weight, arbitrary]) => ({ weight, arbitrary })));

const text = fc.oneof(
  fc.constantFrom(
    ...split("| |\0|\u2028|\ud800|../..|%2e%2e|null|NaN|1e999|-0|train-a|h100-8x|acme-research|sandbox"),
    ...["a".repeat(70), "x".repeat(20_000), "arn:aws:iam::123456789012:role/x", key, `Bearer ${key}`],
  ),
  fc.string({ unit: "binary", maxLength: 40 }),
);
const number = fc.oneof(fc.integer(), fc.double(), fc.constantFrom(1, 8, 2 ** 31, -1, 1.5));
const scalar = fc.oneof(text, number, fc.boolean(), fc.constant(null));
/** Any JSON, often with the contract's members. */
const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 4 },
    scalar,
    fc.array(tie("json"), { maxLength: 4 }),
    fc.dictionary(fc.oneof(fc.constantFrom(...members), text), tie("json"), { maxKeys: 5 }),
  ),
}));
const jsonText = json.map((value) => JSON.stringify(value) ?? "null");

/** A value that is mostly one of these. */
const mostly = (...wanted: unknown[]) => weighted([12, fc.constantFrom(...wanted)], [1, json]);
/** Choices for a value: a list, or text with separators. Or the members of a record, each of which can be missing. */
type Choices = Arbitrary<unknown> | string | readonly unknown[] | { readonly [name: string]: Choices };
function like(choices: Choices): Arbitrary<unknown> {
  if (choices instanceof fc.Arbitrary) return choices;
  if (typeof choices === "string") return mostly(...split(choices));
  if (Array.isArray(choices)) return mostly(...choices);
  return record(choices as { [name: string]: Choices });
}
const record = (choices: { readonly [name: string]: Choices }, requiredKeys: string[] = []) =>
  fc.record(Object.fromEntries(Object.entries(choices).map(([name, of]) => [name, like(of)])), {
    requiredKeys,
  });

// Bytes.

/** A body after this header isn't read. */
export const latin1 = "Content-Type: text/plain; charset=latin1";
/** A message that is cut, doubled, or has something in the middle, but not the key, because an id is returned as it is. */
const damaged = fc.tuple(json, fc.nat(200), text).map(([params, at, noise]) => {
  const whole = JSON.stringify({ jsonrpc: "2.0", id: "x", method: "getAccount", params });
  return whole.slice(0, at) + noise.replaceAll(key, "") + whole.slice(at);
});
const nested = fc.integer({ min: 1, max: 200 }).map((depth) => "[".repeat(depth) + "]".repeat(depth));
const frameBody = weighted([4, jsonText], [2, text], [2, damaged], [1, nested]);
const contentType = "application/vscode-jsonrpc; charset";
const header = oneOf(
  `Content-Type: ${contentType}=utf-8|content-type: ${contentType}="UTF8"|${latin1}|X-Nobody: knows|x:`,
);
const name = oneOf("Content-Length|content-length|CONTENT-LENGTH");
/** Valid frames with any body, and the sizes of the pieces to send them in. None ends the connection. */
export const wholeFrames = fc.record({
  frames: list(fc.record({ body: frameBody, before: list(header, 0, 2), name }), 1, 12),
  pieces: list(fc.integer({ min: 1, max: 400 }), 1, 8),
});
const length = fc.oneof(fc.integer(), oneOf("4000000000|4194304|1e3|0x10|+5"), text);
/** Invalid frames, and noise. Some end the connection. */
export const noise = list(
  weighted(
    [4, frameBody.map(frame)],
    [2, fc.tuple(text, text).map(([name, value]) => `${name}: ${value}\r\n${frame("{}")}`)],
    [2, fc.tuple(length, text).map(([length, rest]) => `Content-Length: ${length}\r\n\r\n${rest}`)],
    [1, text],
  ),
  1,
  8,
);

// Messages.

const environmentId = like("train-a|train-b|eval-c|nobody|acme-research");
const connection = {
  nodePoolId: "h100-8x|h200-full|l40s-failed|nobody",
  numRanks: [1, 8, 0, 2 ** 31],
  role: "arn:aws:iam::123456789012:role/x|x",
  useLocalStorage: [true, false],
};
const known = {
  environmentId,
  accountId: "acme-research|acme",
  nodePoolId: "h100-8x",
  connection: weighted<unknown>([12, record(connection, ["nodePoolId"])], [1, json]),
  wait: "accepted|settled",
  timeoutSeconds: [1, 2, 0, 99_999_999],
  apiKey: [key, "x", ""],
  workDoneToken: ["t", 1, null],
  partialResultToken: ["p", 2],
  environments: list(record({ environmentId, accountId: scalar }, ["environmentId"]), 0, 5),
  force: [true, false],
  resetSnapshots: [true, false],
  numRanks: [1, 64],
  value: "off|messages|verbose",
};
/** The params of a method, mostly with its own members. */
function paramsOf({ params: own }: Method): Arbitrary<unknown> {
  const members = Object.entries(known).filter(([name]) => own.some((param) => param.name === name));
  const params = weighted<unknown>([10, record(Object.fromEntries(members))], [2, record(known)], [2, json]);
  // A token is returned as it is, which isn't a leak.
  const isLeak = ([name, value]: [string, unknown]) =>
    /Token$/.test(name) && JSON.stringify(value)?.includes(key);
  return params.map((value) =>
    typeof value === "object" && value !== null
      ? Object.fromEntries(Object.entries(value).filter((member) => !isLeak(member)))
      : value,
  );
}

/** A message, and how to send it: as a request with an id, which may be that of the request before, or as a notification. */
export type Sent = { message: object; isRequest: boolean; version: unknown; sameId: boolean };
export type Step = Sent | { batch: Sent[] } | { reply: unknown } | { cancel: unknown };

function sequence(included: Method[]): Arbitrary<Step[]> {
  const likely = fc.constantFrom(...included).chain((method) => {
    const members = { method: fc.constant(method.name), params: paramsOf(method) };
    return record(members, ["method"]);
  });
  const message = weighted<object>([12, likely], [1, record({ method: scalar, params: json }, ["method"])]);
  const sent = fc.record({
    message,
    isRequest: weighted([6, fc.constant(true)], [1, fc.constant(false)]),
    version: weighted<unknown>([15, fc.constant("2.0")], [1, scalar]),
    sameId: weighted([15, fc.constant(false)], [1, fc.constant(true)]),
  });
  const stray = fc.oneof(fc.record({ reply: scalar }), fc.record({ cancel: scalar }));
  return list(weighted<Step>([12, sent], [2, fc.record({ batch: list(sent, 1, 6) })], [1, stray]), 1, 16);
}
const lifecycle = methods.filter(({ name }) => ["shutdown", "exit", "initialize"].includes(name));
/** Messages in a session that stays open. */
export const conversation = sequence(methods.filter((method) => !lifecycle.includes(method)));
/** Messages from the first to the last of a process, in any order. */
export const life = sequence([...methods, ...lifecycle, ...lifecycle]);

// The gateway's responses.

const status = { code: ["OK", "INTERNAL", 13, "NO_SUCH_CODE"], message: text };
const environment = record({
  name: "accounts/acme/clusters/c/environments/train-a|train-a|environments/|",
  displayName: text,
  state: ["CONNECTED", "DISCONNECTED", "CONNECTING", "DISCONNECTING", "NO_SUCH_STATE", 3],
  status,
  connection: {
    ...{ nodePoolId: "h100-8x", numRanks: [1, 8, "8", 2 ** 40], useLocalStorage: [true] },
    ...{ role: text, zone: text },
  },
  updateTime: "2026-11-22T08:00:00Z|2026-11-22T08:00:00.123456789+01:00|yesterday|9999-12-31T23:59:59Z",
  createdBy: text,
  shared: [true, false, "true"],
  annotations: json,
});
const nodePool = record({
  name: "accounts/acme/nodePools/h100-8x|",
  displayName: text,
  state: "READY|FAILED",
  status,
  minNodeCount: scalar,
  maxNodeCount: [0, 4, -1, 2 ** 31],
  eksNodePool: { instanceType: text, zone: text, spot: scalar },
  nodePoolStats: {
    ...{ nodeCount: [2, -1], ranksPerNode: [8, 2 ** 31 - 1], environmentRanks: [1] },
    batchJobRanks: fc.oneof(fc.constant({ RUNNING: 8 }), json),
  },
});
const account = record({
  name: "accounts/acme",
  email: text,
  suspendState: ["UNSUSPENDED", "CREDIT_DEPLETED", 7],
});
const nextPageToken = weighted([6, fc.constant("")], [1, oneOf(`2|${"y".repeat(9_000)}`)], [1, json]);
const page = (name: string, item: Arbitrary<unknown>) => {
  const items = weighted<unknown>([8, list(item, 0, 4)], [1, json]);
  return record({ [name]: items, nextPageToken, totalSize: scalar }, [name]);
};
const error = fc.oneof(
  record({ code: [3, 5, 7, 9, 16, "NOT_FOUND"], message: `no|bad key ${key}`, details: json }),
  fc.record({ error: fc.oneof(text, fc.record({ message: text, code: scalar })) }),
  fc.record({ fault: fc.record({ faultstring: text }) }),
);
const pages = [page("environments", environment), page("nodePools", nodePool), page("accounts", account)];
const resource = fc.oneof(environment, ...pages, nodePool, account, error, fc.constant({}));

const codes = oneOf("204|302|400|401|403|404|409|412|418|500|501|502|503|504");
const oddStatusLine = oneOf(
  "HTTP/1.0 200 OK|HTTP/1.1 999 X|HTTP/1.1 abc|ICY 200 OK|HTTP/3 200||HTTP/1.1 101 Switching Protocols|" +
    "HTTP/1.1 100 Continue",
);
const headerLine = oneOf(
  "Content-Type: application/json|Content-Type: text/html|Content-Type: ;;;|Server: x|X-Request-Id: r-1|" +
    `X-Request-Id: ${key}|X-Long: ${"x".repeat(40_000)}|Set-Cookie: a=b|x-fireworks-account-id: acme|no colon|` +
    "x-fireworks-account-id: ../..|: no name|Location: https://elsewhere.invalid/|Content-Encoding: nonsense",
);
const signInPage = fc.constant(`<html><title>Sign in</title>${key}</html>`);
const keysOf = <T extends object>(table: T) => Object.keys(table) as (keyof T)[];
const answer: Arbitrary<Answer> = fc.record({
  statusLine: weighted(
    [10, fc.constant("HTTP/1.1 200 OK")],
    [6, codes.map((code) => `HTTP/1.1 ${code} X`)],
    [1, oddStatusLine],
  ),
  headerLines: list(headerLine, 0, 3),
  body: weighted([12, resource.map((of) => JSON.stringify(of))], [2, jsonText], [2, text], [1, signInPage]),
  encoding: weighted([2, fc.constant("identity")], [1, fc.constantFrom(...keysOf(encodings))]),
  framing: weighted([3, fc.constantFrom("length", "chunked")], [1, fc.constantFrom(...keysOf(framings))]),
  fate: weighted<Answer["fate"]>([6, fc.constant("keep")], [1, fc.constantFrom("close", "reset", "stall")]),
});
export const answers = list(answer, 1, 6);

const retryAfter = oneOf(
  "0|1|-1|1.5|999999999|soon|Sun, 22 Nov 2026 08:00:00 GMT|Fri, 31 Dec 9999 23:59:59 GMT",
);
/** Responses that ask for patience. They change how often a process may ask. */
export const waits = list(
  fc.tuple(answer, oneOf("429 Too Many Requests|503 Unavailable"), retryAfter).map(([one, line, wait]) => ({
    ...one,
    statusLine: `HTTP/1.1 ${line}`,
    headerLines: [...one.headerLines, `Retry-After: ${wait}`],
  })),
  1,
  4,
);

// Settings.

const iniLine = oneOf(
  "[default]|[fireworks]|[other]|[|]|# c|; c|=|:|\ufeff|account_id = acme|" +
    `account_id = ${key}|api_key=${key}|api_key = "${key}"|API_KEY: '${key}' # c`,
);
const pair = fc.tuple(text, text).map(([name, value]) => `${name}=${value}`);
/** The lines, line ends, and encoding of a credentials file. */
export const authIni = fc.record({
  lines: list(fc.oneof(iniLine, pair, text), 0, 12),
  newline: oneOf("\n|\r\n|\r"),
  encoding: fc.constantFrom("utf8", "utf8", "utf16le", "latin1"),
});

const knownUrl = oneOf(
  "sandbox|https://gateway.invalid|http://127.0.0.1:9|http://[::1]:9|https://127.0.0.1:9/base/|" +
    `https://${key}@x|http://gateway.invalid|https://x:99999|https://[|file:///etc/passwd|https://\u0130.invalid`,
);
const url = weighted([6, knownUrl], [1, text]);
const proxy = like(
  `http://127.0.0.1:9|http://a:${key}@127.0.0.1:9|socks5://127.0.0.1:9|https://127.0.0.1:9|127.0.0.1:9|ftp://x|%`,
);
const noProxy = like("*|localhost|.invalid|10.0.0.0/8|[::1]:9|10.0.0.0/99|a,b| ");
const file = like(
  "/etc/ssl/certs/ca-certificates.crt|/etc/passwd|/dev/null|/dev/zero|/|/no/such/file|relative|\0",
);
const options = record({
  gatewayUrl: weighted<unknown>([12, url], [1, json]),
  accountId: "acme|",
  proxy,
  proxySupport: "off|on|fallback|override|sideways",
  proxyAuthorization: `Basic ${Buffer.from(`a:${key}`).toString("base64")}|Bearer x|Basic|Basic !`,
  noProxy: weighted<unknown>([8, list(fc.oneof(noProxy, text), 0, 3)], [1, json]),
  strictSSL: [true, false],
  caFile: file,
  vscodeVersion: "1.139.1|",
  storagePath: "|/dev/null|/no/such/folder|\0",
});
const variables = {
  FIREWORKS_API_KEY: `${key}|"${key}"||with space`,
  FIREWORKS_ACCOUNT_ID: "acme|",
  FIREWORKS_BASE_URL: url,
  FIREWORKS_PROFILE: "a|../..|",
  FIREWORKS_AUTH_FILE: file,
  HTTPS_PROXY: proxy,
  NO_PROXY: noProxy,
  SSL_CERT_FILE: file,
  NODE_EXTRA_CA_CERTS: file,
};
const isVariable = (value: unknown): value is string =>
  typeof value === "string" && !value.includes("\0") && value.length < 1000;
const variable = (choices: Choices) => like(choices).filter(isVariable);
/** The environment, and the options of `initialize`, until some are accepted. */
export const settings = fc.record({
  tries: list(options, 1, 8),
  env: fc.record(
    Object.fromEntries(Object.entries(variables).map(([name, choices]) => [name, variable(choices)])),
    { requiredKeys: [] },
  ),
});
