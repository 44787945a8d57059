import { describe, expect, it } from "vitest";
import { parseRanks, rankMeaning, rankObjection, rankUnit } from "./ranks.js";

const pool = { nodePoolId: "p", state: "READY" };

describe("rankUnit", () => {
  it.each([
    "p5.48xlarge",
    "p4de.24xlarge",
    "p3.2xlarge",
    "g5.xlarge",
    "g6e.48xlarge",
    "gr6.4xlarge",
    "P5.48xlarge",
  ])("knows %s for a GPU instance", (type) => expect(rankUnit(type)).toBe("gpu"));

  it.each([
    "c7g.xlarge",
    "m6i.32xlarge",
    "r5.large",
    "x2gd.metal",
    "t3.micro",
    "hpc7g.16xlarge",
    "i4i.large",
  ])("knows %s for a CPU instance", (type) => expect(rankUnit(type)).toBe("host"));

  it.each([
    undefined,
    "",
    "trn1.32xlarge",
    "inf2.xlarge",
    "a3-highgpu-8g",
    "Standard_ND96",
    "preview",
    "gpu",
  ])("claims nothing of %s", (type) => expect(rankUnit(type)).toBe("unknown"));
});

describe("rankMeaning", () => {
  it("says what a rank is", () => {
    expect(rankMeaning({ ...pool, instanceType: "p5.48xlarge" })).toBe("Each rank gets one GPU.");
    expect(rankMeaning({ ...pool, instanceType: "c7i.large" })).toBe("Each rank gets one host.");
    expect(rankMeaning(pool)).toBe("Each rank gets one GPU on a GPU pool, one host on a CPU pool.");
  });
});

describe("parseRanks", () => {
  it.each([
    ["1", 1],
    [" 16 ", 16],
    ["2147483647", 2147483647],
  ])("takes %j", (text, ranks) => expect(parseRanks(text)).toBe(ranks));

  it.each(["", "0", "-1", "1.5", "1e3", "0x10", "eight", "2147483648", "99999999999", "１"])(
    "refuses %j",
    (text) => expect(parseRanks(text)).toBeUndefined(),
  );
});

describe("rankObjection", () => {
  it("refuses what is no number of ranks", () => {
    expect(rankObjection("0", pool)).toEqual({ message: "A whole number, 1 or more.", severity: "error" });
  });

  it("warns of more than are free, and of more than can be", () => {
    const busy = { ...pool, freeRanks: 2, ceilingRanks: 16 };
    expect(rankObjection("2", busy)).toBeUndefined();
    expect(rankObjection("3", busy)).toMatchObject({
      severity: "warning",
      message: expect.stringContaining("Free now: 2"),
    });
    expect(rankObjection("17", busy)).toMatchObject({
      severity: "warning",
      message: expect.stringContaining("16 at most"),
    });
  });

  it("claims nothing where the pool gave no statistics", () => {
    expect(rankObjection("4096", pool)).toBeUndefined();
  });
});
