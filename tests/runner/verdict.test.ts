import { describe, expect, it } from "vitest";
import { mstestCounts, mstestFailures, verdict, vitestCounts } from "./verdict.mjs";

const good = { passed: 7, failed: 0, skipped: 0, status: 0, stopped: false };

describe("what a suite counts for", () => {
  it.each([
    ["all passed", {}, 0, undefined],
    ["some failed", { failed: 2, status: 2 }, 2, undefined],
    ["the runner crashed", { status: 134 }, 1, "its runner failed (134)"],
    ["no test ran", { passed: 0 }, 1, "it ran no test"],
    ["no test ran, as the runner crashed", { passed: 0, status: 1 }, 1, "its runner failed (1)"],
    ["it was stopped", { stopped: true, status: 1 }, 1, "it reached its time limit and was stopped"],
    [
      "it was stopped before its first test",
      { passed: 0, stopped: true, status: 1 },
      1,
      "it reached its time limit and was stopped",
    ],
    [
      "it was stopped after a failure",
      { failed: 1, stopped: true, status: 1 },
      2,
      "it reached its time limit and was stopped",
    ],
    ["some were skipped", { skipped: 3 }, 0, undefined],
  ])("%s", (_, counts, failed, because) => {
    const suite = verdict("extension", { ...good, ...counts }, false);
    expect(suite.failed).toBe(failed);
    expect(suite.because).toBe(because);
    expect(suite.passed).toBe({ ...good, ...counts }.passed);
  });

  it("counts what was skipped as failed where everything must run", () => {
    expect(verdict("extension", { ...good, failed: 1, skipped: 3, status: 1 }, true)).toEqual({
      name: "extension",
      passed: 7,
      failed: 4,
      because: "3 of its tests were skipped",
    });
    expect(verdict("extension", good, true)).toEqual({ name: "extension", passed: 7, failed: 0 });
  });
});

it("reads the summary of an MSTest program", () => {
  const summary =
    "passed A (1ms)\n\nTest run summary: Failed!\n  total: 76\n  failed: 4\n  succeeded: 70\n  skipped: 2\n  duration: 1s";
  expect(mstestCounts(summary)).toEqual({ passed: 70, failed: 4, skipped: 2 });
  expect(mstestCounts("Unhandled exception.")).toEqual({ passed: 0, failed: 0, skipped: 0 });
});

it("names the tests that an MSTest program prints as failed", () => {
  const output =
    'passed A (1ms)\nfailed Connects_once (2s 345ms)\n  Assert.AreEqual failed.\nfailed Row (1, "a") (7ms)\n  failed: 2\n';
  expect(mstestFailures(output)).toEqual(["Connects_once", 'Row (1, "a")']);
  expect(mstestFailures("Test run summary: Passed!\n  failed: 0\n")).toEqual([]);
});

it("reads the report of vitest", () => {
  const report = { numPassedTests: 5, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 };
  expect(vitestCounts(report)).toEqual({ passed: 5, failed: 1, skipped: 3 });
  expect(vitestCounts({})).toEqual({ passed: 0, failed: 0, skipped: 0 });
});
