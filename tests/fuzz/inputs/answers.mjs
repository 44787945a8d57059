// @ts-check
/** What a gateway answers, or somebody in its place. */
import fc from "fast-check";
import { key } from "../target/keySearch.mjs";
import { json, mostly, scalar, text } from "./values.mjs";

const status = fc.record(
  { code: mostly("OK", "INTERNAL", 13, "NO_SUCH_CODE"), message: text },
  { requiredKeys: [] },
);
const environment = fc.record(
  {
    name: mostly("accounts/acme/clusters/c/environments/train-a", "train-a", "environments/", ""),
    displayName: text,
    state: mostly("CONNECTED", "DISCONNECTED", "CONNECTING", "DISCONNECTING", "NO_SUCH_STATE", 3),
    status,
    connection: fc.record(
      {
        nodePoolId: mostly("h100-8x"),
        numRanks: mostly(1, 8, "8", 2 ** 40),
        role: text,
        zone: text,
        useLocalStorage: mostly(true),
      },
      { requiredKeys: [] },
    ),
    updateTime: mostly(
      "2026-11-22T08:00:00Z",
      "2026-11-22T08:00:00.123456789+01:00",
      "yesterday",
      "9999-12-31T23:59:59Z",
    ),
    createdBy: text,
    shared: mostly(true, false, "true"),
    annotations: json,
  },
  { requiredKeys: [] },
);
const nodePool = fc.record(
  {
    name: mostly("accounts/acme/nodePools/h100-8x", ""),
    displayName: text,
    state: mostly("READY", "FAILED"),
    status,
    minNodeCount: scalar,
    maxNodeCount: mostly(0, 4, -1, 2 ** 31),
    eksNodePool: fc.record({ instanceType: text, zone: text, spot: scalar }, { requiredKeys: [] }),
    nodePoolStats: fc.record(
      {
        nodeCount: mostly(2, -1),
        ranksPerNode: mostly(8, 2 ** 31 - 1),
        environmentRanks: mostly(1),
        batchJobRanks: fc.oneof(fc.constant({ RUNNING: 8 }), json),
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: [] },
);
const account = fc.record(
  { name: mostly("accounts/acme"), email: text, suspendState: mostly("UNSUSPENDED", "CREDIT_DEPLETED", 7) },
  { requiredKeys: [] },
);
/** @param {string} name @param {fc.Arbitrary<unknown>} item */
const list = (name, item) =>
  fc.record(
    {
      [name]: fc.oneof(
        { weight: 8, arbitrary: fc.array(item, { maxLength: 4 }) },
        { weight: 1, arbitrary: json },
      ),
      nextPageToken: fc.oneof(
        { weight: 6, arbitrary: fc.constant("") },
        { weight: 1, arbitrary: fc.constantFrom("2", "2", "y".repeat(9_000)) },
        { weight: 1, arbitrary: json },
      ),
      totalSize: scalar,
    },
    { requiredKeys: [name] },
  );
const error = fc.oneof(
  fc.record(
    { code: mostly(3, 5, 7, 9, 16, "NOT_FOUND"), message: mostly("no", `bad key ${key}`), details: json },
    { requiredKeys: [] },
  ),
  fc.record({ error: fc.oneof(text, fc.record({ message: text, code: scalar })) }),
  fc.record({ fault: fc.record({ faultstring: text }) }),
);

const body = fc.oneof(
  {
    weight: 12,
    arbitrary: fc
      .oneof(
        environment,
        list("environments", environment),
        list("nodePools", nodePool),
        list("accounts", account),
        nodePool,
        account,
        error,
        fc.constant({}),
      )
      .map((value) => JSON.stringify(value)),
  },
  { weight: 2, arbitrary: json.map((value) => JSON.stringify(value) ?? "") },
  { weight: 2, arbitrary: text },
  { weight: 1, arbitrary: fc.constant(`<html><title>Sign in</title>${key}</html>`) },
);

const headerLines = fc.array(
  fc.constantFrom(
    ...[
      "Content-Type: application/json",
      "Content-Type: text/html",
      "Content-Type: ;;;",
      "Server: x",
      "X-Request-Id: r-1",
    ],
    ...[
      `X-Request-Id: ${key}`,
      "x-fireworks-account-id: acme",
      "x-fireworks-account-id: ../..",
      `X-Long: ${"x".repeat(40_000)}`,
    ],
    ...[
      "Location: https://elsewhere.invalid/",
      "Set-Cookie: a=b",
      "no colon",
      ": no name",
      "Content-Encoding: nonsense",
    ],
  ),
  { maxLength: 3 },
);

const statusLine = fc.oneof(
  { weight: 10, arbitrary: fc.constantFrom("HTTP/1.1 200 OK") },
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      ...[204, 302, 400, 401, 403, 404, 409, 412, 418, 500, 501, 502, 503, 504].map(
        (code) => `HTTP/1.1 ${code} X`,
      ),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "HTTP/1.0 200 OK",
      "HTTP/1.1 999 X",
      "HTTP/1.1 abc",
      "ICY 200 OK",
      "HTTP/3 200",
      "",
      "HTTP/1.1 101 Switching Protocols",
      "HTTP/1.1 100 Continue",
    ),
  },
);

/**
 * @typedef {object} Answer
 * @property {string} statusLine
 * @property {string[]} headerLines
 * @property {string} body
 * @property {"identity" | "gzip" | "br" | "cut gzip" | "no gzip"} encoding
 * @property {"length" | "chunked" | "close" | "too long" | "too short" | "bad chunk"} framing
 * @property {"keep" | "close" | "reset" | "stall"} fate of the connection, after the answer or what there is of it
 */

/** @type {fc.Arbitrary<Answer>} */
export const answer = fc.record({
  statusLine,
  headerLines,
  body,
  encoding: fc.oneof(
    { weight: 8, arbitrary: fc.constant(/** @type {const} */ ("identity")) },
    {
      weight: 3,
      arbitrary: fc.constantFrom(
        /** @type {const} */ ("gzip"),
        /** @type {const} */ ("br"),
        /** @type {const} */ ("cut gzip"),
        /** @type {const} */ ("no gzip"),
      ),
    },
  ),
  framing: fc.oneof(
    {
      weight: 9,
      arbitrary: fc.constantFrom(/** @type {const} */ ("length"), /** @type {const} */ ("chunked")),
    },
    {
      weight: 2,
      arbitrary: fc.constantFrom(
        /** @type {const} */ ("close"),
        /** @type {const} */ ("too long"),
        /** @type {const} */ ("too short"),
        /** @type {const} */ ("bad chunk"),
      ),
    },
  ),
  fate: fc.oneof(
    { weight: 12, arbitrary: fc.constant(/** @type {const} */ ("keep")) },
    {
      weight: 2,
      arbitrary: fc.constantFrom(
        /** @type {const} */ ("close"),
        /** @type {const} */ ("reset"),
        /** @type {const} */ ("stall"),
      ),
    },
  ),
});

export const answers = fc.array(answer, { minLength: 1, maxLength: 6 });

/** What asks for patience: it changes how fast a process may ask, so that it has to end after it. */
export const waits = fc.array(
  fc
    .tuple(
      answer,
      fc.constantFrom("429 Too Many Requests", "503 Unavailable"),
      fc.constantFrom(
        "0",
        "1",
        "-1",
        "1.5",
        "999999999",
        "soon",
        "Sun, 22 Nov 2026 08:00:00 GMT",
        "Fri, 31 Dec 9999 23:59:59 GMT",
      ),
    )
    .map(([one, line, wait]) => ({
      ...one,
      statusLine: `HTTP/1.1 ${line}`,
      headerLines: [...one.headerLines, `Retry-After: ${wait}`],
    })),
  { minLength: 1, maxLength: 4 },
);
