// @ts-check
/** Files of credentials, options of `initialize`, and variables of the environment. None of them leads to a real host. */
import fc from "fast-check";
import { key } from "../target/keySearch.mjs";
import { json, mostly, text } from "./values.mjs";

/** A file of credentials: lines of it, and noise, in one encoding or another. */
export const authIni = fc.record({
  lines: fc.array(
    fc.oneof(
      fc.constantFrom(
        ...["[default]", "[fireworks]", "[other]", "[", "]", "# c", "; c", "=", ":", "\ufeff"],
        ...[
          `api_key=${key}`,
          `api_key = "${key}"`,
          `API_KEY: '${key}' # c`,
          "account_id = acme",
          `account_id = ${key}`,
        ],
      ),
      fc.tuple(text, text).map(([name, value]) => `${name}=${value}`),
      text,
    ),
    { maxLength: 12 },
  ),
  newline: fc.constantFrom("\n", "\r\n", "\r"),
  encoding: fc.constantFrom(
    /** @type {const} */ ("utf8"),
    /** @type {const} */ ("utf8"),
    /** @type {const} */ ("utf16le"),
    /** @type {const} */ ("latin1"),
  ),
});

const url = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      ...[
        "sandbox",
        "https://gateway.invalid",
        "http://127.0.0.1:9",
        "http://[::1]:9",
        "https://127.0.0.1:9/base/",
      ],
      ...[
        `https://${key}@x`,
        "http://gateway.invalid",
        "https://x:99999",
        "https://[",
        "file:///etc/passwd",
        "https://\u0130.invalid",
      ],
    ),
  },
  { weight: 1, arbitrary: text },
);
const proxy = mostly(
  ...[
    "http://127.0.0.1:9",
    `http://a:${key}@127.0.0.1:9`,
    "socks5://127.0.0.1:9",
    "https://127.0.0.1:9",
    "127.0.0.1:9",
    "ftp://x",
    "%",
  ],
);
const noProxy = mostly("*", "localhost", ".invalid", "10.0.0.0/8", "[::1]:9", "10.0.0.0/99", "a,b", " ");
const file = mostly(
  "/etc/ssl/certs/ca-certificates.crt",
  "/etc/passwd",
  "/dev/null",
  "/dev/zero",
  "/",
  "/no/such/file",
  "relative",
  "\0",
);

/** @type {fc.Arbitrary<Record<string, unknown>>} */
export const options = fc.record(
  {
    gatewayUrl: fc.oneof({ weight: 12, arbitrary: url }, { weight: 1, arbitrary: json }),
    accountId: mostly("acme", ""),
    proxy,
    proxySupport: mostly("off", "on", "fallback", "override", "sideways"),
    proxyAuthorization: mostly(
      `Basic ${Buffer.from(`a:${key}`).toString("base64")}`,
      "Bearer x",
      "Basic",
      "Basic !",
    ),
    noProxy: fc.oneof(
      { weight: 8, arbitrary: fc.array(fc.oneof(noProxy, text), { maxLength: 3 }) },
      { weight: 1, arbitrary: json },
    ),
    strictSSL: mostly(true, false),
    caFile: file,
    vscodeVersion: mostly("1.139.1", ""),
    storagePath: mostly("", "/dev/null", "/no/such/folder", "\0"),
  },
  { requiredKeys: [] },
);

const visible = (/** @type {fc.Arbitrary<unknown>} */ value) =>
  value
    .filter(
      (/** @type {unknown} */ one) => typeof one === "string" && !one.includes("\0") && one.length < 1000,
    )
    .map(String);

/** @type {fc.Arbitrary<Record<string, string>>} */
export const variables = fc.record(
  {
    FIREWORKS_API_KEY: visible(mostly(key, `"${key}"`, "", "with space")),
    FIREWORKS_ACCOUNT_ID: visible(mostly("acme", "")),
    FIREWORKS_BASE_URL: visible(url),
    FIREWORKS_PROFILE: visible(mostly("a", "../..", "")),
    FIREWORKS_AUTH_FILE: visible(file),
    HTTPS_PROXY: visible(proxy),
    NO_PROXY: visible(noProxy),
    SSL_CERT_FILE: visible(file),
    NODE_EXTRA_CA_CERTS: visible(file),
  },
  { requiredKeys: [] },
);
