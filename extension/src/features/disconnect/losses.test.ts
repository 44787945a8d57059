import { describe, expect, it } from "vitest";
import { hasNoLosses, isExecuting, type Losses, lossLines } from "./losses.js";

const nothing: Losses = { unsaved: [], tasks: [], debugSessions: [], notebooks: [], terminals: [] };

describe("lossLines", () => {
  it.each<[string, Partial<Losses>, string[]]>([
    ["nothing", {}, []],
    ["editors", { unsaved: ["src/a.ts", "Untitled-1"] }, ["Unsaved editors: src/a.ts, Untitled-1"]],
    ["tasks", { tasks: ["train"] }, ["Running tasks: train"]],
    ["debug sessions", { debugSessions: ["Python: a.py"] }, ["Debug sessions: Python: a.py"]],
    [
      "notebooks, and whether they're running",
      {
        notebooks: [
          { name: "eval.ipynb", isRunning: true },
          { name: "plots.ipynb", isRunning: false },
        ],
      },
      ["Open notebooks: eval.ipynb (a cell is running), plots.ipynb"],
    ],
    ["terminals", { terminals: ["bash", "bash"] }, ["Open terminals: bash, bash"]],
    [
      "all kinds, unsaved editors first",
      { terminals: ["bash"], tasks: ["train"], unsaved: ["a.ts"] },
      ["Unsaved editors: a.ts", "Running tasks: train", "Open terminals: bash"],
    ],
    ["all of five", { unsaved: ["a", "b", "c", "d", "e"] }, ["Unsaved editors: a, b, c, d, e"]],
    [
      "one more than the maximum",
      { unsaved: ["a", "b", "c", "d", "e", "f"] },
      ["Unsaved editors: a, b, c, d, e and 1 more"],
    ],
    [
      "the first ones of many",
      { unsaved: ["a", "b", "c", "d", "e", "f", "g"] },
      ["Unsaved editors: a, b, c, d, e and 2 more"],
    ],
    ["names with line breaks", { tasks: ["a\nb"] }, ["Running tasks: a b"]],
  ])("lists %s", (_, losses, lines) => {
    expect(lossLines({ ...nothing, ...losses })).toEqual(lines);
    expect(hasNoLosses({ ...nothing, ...losses })).toBe(lines.length === 0);
  });
});

it.each([
  [undefined, false],
  [{}, false],
  [{ success: true }, false],
  [{ executionOrder: 3 }, true],
  [{ executionOrder: 3, success: true }, false],
  [{ executionOrder: 3, success: false }, false],
])("a cell with %j is running: %s", (executionSummary, expected) =>
  expect(isExecuting({ executionSummary })).toBe(expected),
);
