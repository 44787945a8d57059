import { expect, it } from "vitest";
import { naturalOrder } from "./naturalOrder.js";

it.each([
  [
    ["pool-10", "pool-2", "pool-1"],
    ["pool-1", "pool-2", "pool-10"],
  ],
  [
    ["h100-8x", "a100-16x", "a100-8x"],
    ["a100-8x", "a100-16x", "h100-8x"],
  ],
])("sorts %j naturally", (names, sorted) => expect([...names].sort(naturalOrder)).toEqual(sorted));
