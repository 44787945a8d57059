import { describe, expect, it } from "vitest";
import { daysOf, ranges, sinceOf } from "./range.js";

// In the time zone of this machine, whichever it is, as the server's days are.
const now = new Date(2026, 2, 2, 15, 30);

describe("a range", () => {
  it("ends today, and has the days of the calendar", () =>
    expect(daysOf(7, now)).toEqual([
      "2026-02-24",
      "2026-02-25",
      "2026-02-26",
      "2026-02-27",
      "2026-02-28",
      "2026-03-01",
      "2026-03-02",
    ]));

  it.each(ranges)("has %d different days, in spite of changes of the clock", (range) => {
    const days = daysOf(range, now);
    expect(new Set(days).size).toBe(range);
    expect(days).toEqual([...days].sort());
    expect(days.at(-1)).toBe("2026-03-02");
  });

  it("starts with its first day, as an instant", () => {
    const since = sinceOf(7, now);
    expect(since).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(new Date(since)).toEqual(new Date(2026, 1, 24));
  });
});
