import { describe, expect, it } from "vitest";
import { RawServer } from "./support/rawServer.js";

/** JSON texts (RFC 8259) at the limits of parsers. None of them is a message. */
const json: Record<string, readonly string[]> = {
  "literals and white space": ["null", "true", "false", " \t\r\n0\n", "[ ]", "{\n}"],
  numbers: [
    "-0",
    "0e1",
    "0E+01",
    "1E-2",
    "-1.5e+3",
    "1e400",
    "-1e-400",
    "1".repeat(400),
    `0.${"3".repeat(400)}`,
  ],
  "strings and escapes": [
    '""',
    '"\\"\\\\\\/\\b\\f\\n\\r\\t"',
    '"\\u0000"',
    '"\\uD83D\\uDE00"',
    '"\\ud83d"',
    '"\\udE00\\ud83d"',
    '"\\uFFFF\\uFDD0"',
    '"\u007f\u2028\u2029\ufeff\u{10ffff}"',
  ],
  names: ['{"":0}', '{"a":1,"a":2}', '{"\\ud800":0}', '{"__proto__":{},"constructor":[]}', '{"\\u0069d":1}'],
  nesting: ["[".repeat(60) + "]".repeat(60), `${'{"a":'.repeat(60)}0${"}".repeat(60)}`],
};

/** Texts that aren't JSON, although some parsers accept them. */
const broken: Record<string, readonly (string | Buffer)[]> = {
  "nothing and half of something": [
    "",
    " ",
    "[",
    "{",
    '"',
    '{"a"',
    '{"a":',
    "[1",
    "tru",
    "nul",
    '"\\',
    '"\\u12',
    "-",
  ],
  "something more": ["{}{}", "[] x", "null,", "[1]]", "{} // no", "1 2", "\0", "{}\0"],
  punctuation: [
    "[1,]",
    "[,1]",
    "[1,,2]",
    "[1 2]",
    '{"a":1,}',
    '{"a" 1}',
    '{"a":1 "b":2}',
    "{,}",
    "[}",
    "{]",
    "{1:2}",
  ],
  "numbers of other languages": [
    "01",
    "+1",
    ".5",
    "5.",
    "1e",
    "1e+",
    "0x1F",
    "1_000",
    "NaN",
    "Infinity",
    "-Infinity",
    "--1",
    "١",
  ],
  "strings of other languages": [
    "'a'",
    "{a:1}",
    '"\t"',
    '"\n"',
    '"\0"',
    '"\\x41"',
    '"\\a"',
    '"\\U0041"',
    '"\\u{41}"',
    "`a`",
  ],
  "comments and marks": ["/* */{}", "# x\n{}", "\ufeff{}", "\u00a0{}", "\u2028{}", "\f{}"],
  nesting: ["[".repeat(100_000), "[".repeat(65) + "]".repeat(65), '{"a":'.repeat(100_000)],
  "no UTF-8": [
    [0xff],
    [0x22, 0xc0, 0xaf, 0x22],
    [0x22, 0xed, 0xa0, 0x80, 0x22],
    [0x22, 0xe2, 0x82, 0x22],
    [0x22, 0xf4, 0x90, 0x80, 0x80, 0x22],
    [0x22, 0x80, 0x22],
    [0xff, 0xfe, 0x5b, 0x00, 0x5d, 0x00],
  ].map((bytes) => Buffer.from(bytes)),
};

const around = (before: string, body: string | Buffer, after: string) =>
  Buffer.concat([Buffer.from(before), Buffer.from(body), Buffer.from(after)]);

/** Sends each text, and a request that shows that the connection continues. Returns the codes of the responses. */
async function codesFor(bodies: readonly Buffer[]): Promise<(number | undefined)[][]> {
  await using server = new RawServer();
  await server.initialize();
  const codes: (number | undefined)[][] = [];
  for (const [index, body] of bodies.entries()) {
    server.send(body);
    server.send({ jsonrpc: "2.0", id: `after ${index}`, method: "getAccount" });
    while (server.received.at(-1)?.id !== `after ${index}`) await server.replies(server.received.length + 1);
    codes.push(server.received.slice(0, -1).map(({ error }) => error?.code));
    server.received.length = 0;
  }
  return codes;
}

describe("a hostile body gets one response, and the connection continues", () => {
  it.each(Object.entries(json))("JSON that isn't a message: %s", async (_, texts) => {
    const bodies = texts.map((text) => Buffer.from(text));
    expect(await codesFor(bodies)).toEqual(bodies.map(() => [-32600]));
  });

  it.each(Object.entries(json))("JSON for params: %s", async (_, texts) => {
    const bodies = texts.map((text) =>
      around('{"jsonrpc":"2.0","id":1,"method":"getEnvironment","params":', text, "}"),
    );
    expect(await codesFor(bodies)).toEqual(bodies.map(() => [-32602]));
  });

  it.each(Object.entries(broken))("text that isn't JSON: %s", async (_, texts) => {
    const bodies = texts.flatMap((text) => [
      Buffer.from(text),
      around('{"jsonrpc":"2.0","id":1,"method":"getEnvironment","params":', text, "}"),
      around('{"jsonrpc":"2.0","method":"initialized","params":', text, "}"),
      around('{"jsonrpc":"2.0","id":', text, ',"method":"getAccount"}'),
    ]);
    expect(await codesFor(bodies)).toEqual(bodies.map(() => [-32700]));
  });
});
