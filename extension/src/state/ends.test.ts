import { describe, expect, it } from "vitest";
import { type End, leaseOf, parseEnd } from "./ends.js";

describe("parseEnd", () => {
  it.each<[text: string, end: End | undefined]>([
    ["2 h", { durationSeconds: 7_200 }],
    ["2h", { durationSeconds: 7_200 }],
    ["1.5 h", { durationSeconds: 5_400 }],
    ["1,5 h", { durationSeconds: 5_400 }],
    [" 1 H 30 Min ", { durationSeconds: 5_400 }],
    ["1 day", { durationSeconds: 86_400 }],
    ["90 minutes", { durationSeconds: 5_400 }],
    ["1 min", { durationSeconds: 60 }],
    ["365 d", { durationSeconds: 31_536_000 }],
    ["18:30", { timeOfDay: "18:30" }],
    ["7:05", { timeOfDay: "07:05" }],
    ["0 h", undefined],
    ["0.5 min", undefined],
    ["366 d", undefined],
    ["2", undefined],
    ["h", undefined],
    ["2 weeks", undefined],
    ["-2 h", undefined],
    ["2 h then stop", undefined],
    ["24:00", undefined],
    ["18:60", undefined],
    ["tomorrow", undefined],
    ["", undefined],
  ])("%j", (text, end) => {
    expect(parseEnd(text)).toEqual(end);
  });
});

describe("leaseOf", () => {
  const evening = new Date(2026, 10, 28, 18, 30).getTime();

  it("passes a duration on, because it counts from the confirmed connection", () => {
    expect(leaseOf({ durationSeconds: 7_200 }, evening)).toEqual({ durationSeconds: 7_200 });
  });

  it.each([
    ["19:00", new Date(2026, 10, 28, 19, 0)],
    ["18:31", new Date(2026, 10, 28, 18, 31)],
    ["18:30", new Date(2026, 10, 29, 18, 30)], // exactly now has passed
    ["07:00", new Date(2026, 10, 29, 7, 0)],
  ])("%s is the next time that the clock shows it", (timeOfDay, until) => {
    expect(leaseOf({ timeOfDay }, evening)).toEqual({ until: until.toISOString() });
  });
});
