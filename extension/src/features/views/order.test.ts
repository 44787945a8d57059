import { expect, it } from "vitest";
import { naturalOrder } from "./order.js";

it.each([
  [
    ["pool-10", "pool-2", "pool-1"],
    ["pool-1", "pool-2", "pool-10"],
  ],
  [
    ["b", "A", "a1"],
    ["A", "a1", "b"],
  ],
  [
    ["run 3, 11", "run 12, 2", "run 3, 2"],
    ["run 3, 2", "run 3, 11", "run 12, 2"],
  ],
])("sorts %j", (names, sorted) => {
  expect([...names].sort(naturalOrder("en", (name) => name))).toEqual(sorted);
});

it("compares the second name if the first is the same", () => {
  const order = naturalOrder<readonly [string, string]>(
    "en",
    ([name]) => name,
    ([, id]) => id,
  );
  const all = [
    ["a", "10"],
    ["a", "9"],
    ["A", "0"],
  ] as const;
  expect([...all].sort(order).map(([, id]) => id)).toEqual(["9", "10", "0"]);
});
