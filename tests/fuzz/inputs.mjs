// @ts-check
/** What is fed to the server: mostly almost right, which goes deeper than noise does. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { frame, key } from "./target.mjs";

const contract = JSON.parse(readFileSync(new URL("../../protocol/openrpc.json", import.meta.url), "utf8"));
/** @type {string[]} */
const methods = contract.methods.map((/** @type {{ name: string }} */ { name }) => name);
const members = [...new Set(JSON.stringify(contract).match(/(?<="name":")[a-zA-Z]+(?=","required")/g) ?? [])];

const nasty = fc.constantFrom(
  ...[
    "",
    " ",
    "\0",
    "\u2028",
    "\ud800",
    "../..",
    "%2e%2e",
    "null",
    "NaN",
    "1e999",
    "-0",
    "a".repeat(70),
    "x".repeat(20_000),
  ],
  ...[
    "train-a",
    "h100-8x",
    "acme-research",
    "arn:aws:iam::123456789012:role/x",
    "sandbox",
    key,
    `Bearer ${key}`,
  ],
);
export const text = fc.oneof(nasty, fc.string({ unit: "binary", maxLength: 40 }));
const scalar = fc.oneof(
  text,
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.constantFrom(1, 8, 2 ** 31, -1, 1.5),
);

/** Any JSON whose members are often those of the contract. */
export const json =
  fc.letrec((tie) => ({
    value: fc.oneof({ maxDepth: 4 }, scalar, tie("list"), tie("object")),
    list: fc.array(tie("value"), { maxLength: 4 }),
    object: fc.dictionary(fc.oneof(fc.constantFrom(...members), text), tie("value"), { maxKeys: 5 }),
  })).value ?? scalar;

const ended = new Set(["shutdown", "exit", "initialize"]);
const params = fc.oneof(
  json,
  fc.record(
    {
      environmentId: fc.constantFrom("train-a", "eval-c", "nobody"),
      connection: fc.record(
        { nodePoolId: fc.constantFrom("h100-8x", "h200-full"), numRanks: scalar },
        { requiredKeys: ["nodePoolId"] },
      ),
      wait: fc.constantFrom("accepted", "settled"),
      timeoutSeconds: fc.constantFrom(1, 2, 0, 99_999_999),
      apiKey: fc.constantFrom(key, "x", ""),
      workDoneToken: scalar,
    },
    { requiredKeys: [] },
  ),
);

/** A message without its id, which the one who sends it gives. */
export const message = fc.record(
  {
    jsonrpc: fc.oneof({ weight: 9, arbitrary: fc.constant("2.0") }, { weight: 1, arbitrary: scalar }),
    method: fc.oneof(
      { weight: 9, arbitrary: fc.constantFrom(...methods.filter((name) => !ended.has(name))) },
      { weight: 1, arbitrary: scalar },
    ),
    params,
    isRequest: fc.boolean(),
  },
  { requiredKeys: ["jsonrpc", "method", "isRequest"] },
);

/** Bytes for the pipe: frames, frames that are not quite right, and noise. */
export const bytes = fc.oneof(
  { weight: 5, arbitrary: json.map((value) => frame(JSON.stringify(value) ?? "null")) },
  { weight: 2, arbitrary: text.map(frame) },
  {
    weight: 2,
    arbitrary: fc.tuple(text, text).map(([name, value]) => `${name}: ${value}\r\n${frame("{}")}`),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.oneof(fc.integer(), text), text)
      .map(([length, body]) => `Content-Length: ${length}\r\n\r\n${body}`),
  },
  { weight: 1, arbitrary: text },
);

/** What a gateway answers, or somebody in its place. */
export const answer = fc.record({
  status: fc.constantFrom(200, 200, 200, 200, 204, 302, 400, 401, 403, 404, 412, 418, 429, 501),
  type: fc.constantFrom("application/json", "text/html", ""),
  retryAfter: fc.option(
    fc.constantFrom("0", "1", "-1", "999999999", "soon", "Sun, 22 Nov 2026 08:00:00 GMT"),
  ),
  body: fc.oneof(
    text,
    json.map((value) => JSON.stringify(value) ?? ""),
    fc
      .dictionary(
        fc.constantFrom(
          "name",
          "state",
          "status",
          "environments",
          "nodePools",
          "accounts",
          "nextPageToken",
          "code",
          "message",
          "error",
          "connection",
        ),
        json,
      )
      .map((value) => JSON.stringify(value)),
    json.map((value) =>
      JSON.stringify({
        environments: [{ name: "a/b/train-a", state: value, status: value, connection: value }],
        nextPageToken: value,
      }),
    ),
  ),
});

/** A file of credentials: lines of it, and noise. */
export const authIni = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "[default]",
        "[fireworks]",
        "[",
        `api_key=${key}`,
        `api_key = "${key}"`,
        "account_id = acme",
        "# c",
        "; c",
        "=",
        "\ufeff",
      ),
      fc.tuple(text, text).map(([name, value]) => `${name}=${value}`),
      text,
    ),
    { maxLength: 12 },
  )
  .map((lines) => lines.join("\n"));

/** Options of `initialize`, none of which leads to a real host. */
export const options = fc.record(
  {
    gatewayUrl: fc.oneof(
      fc.constantFrom("sandbox", "https://gateway.invalid", "http://127.0.0.1:9", `https://${key}@x`),
      json,
    ),
    accountId: json,
    proxy: fc.oneof(
      fc.constantFrom("http://127.0.0.1:9", `http://a:${key}@127.0.0.1:9`, "socks5://127.0.0.1:9"),
      json,
    ),
    proxySupport: json,
    proxyAuthorization: fc.oneof(
      fc.constantFrom(`Basic ${Buffer.from(`a:${key}`).toString("base64")}`, "Bearer x"),
      json,
    ),
    noProxy: fc.oneof(fc.array(text, { maxLength: 3 }), json),
    strictSSL: json,
    caFile: fc.oneof(fc.constantFrom("/etc/passwd", "/dev/null", "/"), json),
    vscodeVersion: json,
  },
  { requiredKeys: [] },
);
