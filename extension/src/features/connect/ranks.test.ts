import { describe, expect, it } from "vitest";
import type { NodePoolInfo } from "../../protocol.g.js";
import { isShort, parseRanks, rankLine, rankLines, ranksText } from "./ranks.js";

const pool: NodePoolInfo = { nodePoolId: "p", state: "READY" };
const busy: NodePoolInfo = { ...pool, ranksPerNode: 8, freeRanks: 10, ceilingRanks: 26 };

describe("rankLines", () => {
  it.each<[string, NodePoolInfo, number | undefined, [string, string | undefined][]]>([
    [
      "the last number, then one rank, a node, and all free ranks",
      busy,
      4,
      [
        ["4 ranks", "same as last time"],
        ["1 rank", undefined],
        ["8 ranks", "one full node"],
        ["10 ranks", "all ranks free now"],
      ],
    ],
    [
      "each number once",
      busy,
      8,
      [
        ["8 ranks", "same as last time"],
        ["1 rank", undefined],
        ["10 ranks", "all ranks free now"],
      ],
    ],
    ["one rank if nothing is known", pool, undefined, [["1 rank", undefined]]],
    [
      "no node if it has one rank",
      { ...pool, ranksPerNode: 1, freeRanks: 3 },
      undefined,
      [
        ["1 rank", undefined],
        ["3 ranks", "all ranks free now"],
      ],
    ],
    ["never zero ranks", { ...pool, freeRanks: 0 }, undefined, [["1 rank", undefined]]],
  ])("offers %s", (_, of, last, lines) =>
    expect(rankLines(of, last).map(({ label, description }) => [label, description])).toEqual(lines),
  );
});

describe("rankLine", () => {
  it.each<[number, NodePoolInfo, boolean, string | undefined]>([
    [10, busy, false, "10 free now."],
    [11, busy, true, "Only 10 free now. The node pool must scale up first, which takes time."],
    [26, busy, true, "Only 10 free now. The node pool must scale up first, which takes time."],
    [27, busy, true, "This exceeds the node pool's known maximum of 26."],
    [4096, pool, false, undefined],
  ])("describes %i ranks", (numRanks, of, warns, detail) =>
    expect(rankLine(numRanks, of)).toEqual({
      numRanks,
      label: `${numRanks} ranks`,
      warns,
      ...(detail && { detail }),
    }),
  );
});

describe("isShort", () => {
  it.each<[number, NodePoolInfo, "grows" | "cannot" | false]>([
    [10, busy, false],
    [11, busy, "grows"],
    [27, busy, "cannot"],
    [1, { ...pool, freeRanks: 0 }, "grows"],
    [1, { ...pool, ceilingRanks: 0 }, "cannot"],
    [1_000, pool, false],
  ])("of %i ranks", (numRanks, of, short) => expect(isShort(numRanks, of)).toBe(short));
});

describe("ranksText", () => {
  it("has a singular and a plural", () => expect([1, 2].map(ranksText)).toEqual(["1 rank", "2 ranks"]));
});

describe("parseRanks", () => {
  it.each([
    ["1", 1],
    [" 16 ", 16],
    ["2147483647", 2147483647],
  ])("accepts %j", (text, ranks) => expect(parseRanks(text)).toBe(ranks));

  it.each(["", "0", "-1", "1.5", "1e3", "0x10", "eight", "2147483648", "99999999999", "１"])(
    "rejects %j",
    (text) => expect(parseRanks(text)).toBeUndefined(),
  );
});
