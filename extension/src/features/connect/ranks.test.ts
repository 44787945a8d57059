import { describe, expect, it } from "vitest";
import type { NodePoolInfo } from "../../protocol.g.js";
import { isShort, parseRanks, rankLine, rankLines, ranksText, typedRanks } from "./ranks.js";

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
        ["16 ranks", "two full nodes"],
        ["10 ranks", "all that are free now"],
      ],
    ],
    [
      "each number once",
      busy,
      8,
      [
        ["8 ranks", "same as last time"],
        ["1 rank", undefined],
        ["16 ranks", "two full nodes"],
        ["10 ranks", "all that are free now"],
      ],
    ],
    ["one rank if nothing is known", pool, undefined, [["1 rank", undefined]]],
    [
      "no node if it has one rank",
      { ...pool, ranksPerNode: 1, freeRanks: 3 },
      undefined,
      [
        ["1 rank", undefined],
        ["3 ranks", "all that are free now"],
      ],
    ],
    [
      "no second node that the node pool can't have",
      { ...busy, freeRanks: 2, ceilingRanks: 15 },
      undefined,
      [
        ["1 rank", undefined],
        ["8 ranks", "one full node"],
        ["2 ranks", "all that are free now"],
      ],
    ],
    [
      "GPUs, even if only the instance type is known",
      { ...pool, instanceType: "g5.12xlarge" },
      undefined,
      [
        ["1 GPU", undefined],
        ["4 GPUs", "one full node"],
        ["8 GPUs", "two full nodes"],
      ],
    ],
    [
      "hosts on a CPU node pool",
      { ...pool, instanceType: "m7i.large", freeRanks: 3 },
      undefined,
      [
        ["1 host", undefined],
        ["3 hosts", "all that are free now"],
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

describe("typedRanks", () => {
  const lines = [
    { label: "18 GPUs", description: "same as last time", detail: "20 free now.", value: 18 },
    { label: "1 GPU", detail: "20 free now.", value: 1 },
    { label: "8 GPUs", description: "one full node", detail: "20 free now.", value: 8 },
    { label: "More…", detail: "End, role, and local storage", value: "more" },
  ];
  it.each<[string, ReturnType<typeof typedRanks>]>([
    ["More", undefined],
    ["mo", undefined],
    ["storage", undefined],
    ["full node", undefined],
    ["18", undefined],
    ["18 g", undefined],
    ["8", 8], // VS Code would highlight 18
    ["20", 20], // VS Code would highlight the first line, because of its detail
    ["1", 1],
    ["12", 12],
    ["0", "invalid"],
    ["1.5", "invalid"],
    ["-1", "invalid"],
    ["8 g", "invalid"],
    ["eight", "invalid"],
  ])("%s: %s", (text, shown) => expect(typedRanks(text, lines)).toBe(shown));
});
