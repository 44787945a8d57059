import { describe, expect, it } from "vitest";
import { LeakWatch } from "./leakWatch.mjs";

const rule = { samples: 4, warmUp: 2, rising: 3, allowance: 10 };

/** What a series of samples comes to: the index of the first that is called a leak. */
function verdict(samples: number[]): number {
  const watch = new LeakWatch(rule);
  return samples.findIndex((mebibytes) => watch.add(mebibytes) !== undefined);
}

/** A heap that grows by a little and is collected now and then. */
const sawTooth = (index: number) => (index % 4) * 6;

describe("a leak", () => {
  it("is none where a heap goes up and down", () => {
    expect(verdict(Array.from({ length: 400 }, (_, index) => 30 + sawTooth(index)))).toBe(-1);
  });

  it("is none where memory grows while the process warms up, and stays there", () => {
    expect(verdict(Array.from({ length: 400 }, (_, index) => Math.min(30 + 2 * index, 46)))).toBe(-1);
  });

  it("is none where memory settles somewhat higher later on", () => {
    expect(
      verdict(Array.from({ length: 400 }, (_, index) => (index < 100 ? 30 : 55) + sawTooth(index))),
    ).toBe(-1);
  });

  it("is what grows without end, however slowly, under the ups and downs", () => {
    const found = verdict(Array.from({ length: 400 }, (_, index) => 30 + 0.2 * index + sawTooth(index)));
    expect(found).toBeGreaterThan(50);
    expect(found).toBeLessThan(120);
  });
});
