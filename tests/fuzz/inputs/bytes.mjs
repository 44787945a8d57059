// @ts-check
/** Bytes for the pipe. */
import fc from "fast-check";
import { frame } from "../target/frames.mjs";
import { key } from "../target/keySearch.mjs";
import { json, text } from "./values.mjs";

const body = fc.oneof(
  { weight: 4, arbitrary: json.map((value) => JSON.stringify(value) ?? "null") },
  { weight: 2, arbitrary: text },
  // Cut, doubled, or with something in the middle.
  {
    weight: 2,
    arbitrary: fc.tuple(json, fc.nat(200), text).map(([value, at, noise]) => {
      const whole = JSON.stringify({ jsonrpc: "2.0", id: "x", method: "getAccount", params: value }) ?? "";
      return whole.slice(0, at) + noise.replaceAll(key, "") + whole.slice(at); // an id comes back as it went
    }),
  },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 1, max: 200 }).map((depth) => "[".repeat(depth) + "]".repeat(depth)),
  },
);
/** A body after it is not read. */
export const latin1 = "Content-Type: text/plain; charset=latin1";

const headers = fc.constantFrom(
  "Content-Type: application/vscode-jsonrpc; charset=utf-8",
  'content-type: application/vscode-jsonrpc; charset="UTF8"',
  latin1,
  "X-Nobody: knows",
  "x:",
);

/** Frames that hold, whatever is in them, in pieces of any size: none of them ends the connection. */
export const wholeFrames = fc.record({
  frames: fc.array(
    fc.record({
      body,
      before: fc.array(headers, { maxLength: 2 }),
      name: fc.constantFrom("Content-Length", "content-length", "CONTENT-LENGTH"),
    }),
    { minLength: 1, maxLength: 12 },
  ),
  pieces: fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 8 }),
});

/** Frames that are not quite right, and noise: some of it ends the connection. */
export const noise = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: body.map(frame) },
    {
      weight: 2,
      arbitrary: fc.tuple(text, text).map(([name, value]) => `${name}: ${value}\r\n${frame("{}")}`),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(
          fc.oneof(fc.integer(), fc.constantFrom(4_000_000_000, 4 * 1024 * 1024, "1e3", "0x10", "+5"), text),
          text,
        )
        .map(([length, rest]) => `Content-Length: ${length}\r\n\r\n${rest}`),
    },
    { weight: 1, arbitrary: text },
  ),
  { minLength: 1, maxLength: 8 },
);
