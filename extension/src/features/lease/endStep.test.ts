import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { EndChoice } from "../../state/ends.js";
import { endLines, typedEnd } from "./endStep.js";
import { promiseText } from "./texts.js";

beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"], now: new Date(2026, 10, 28, 18, 0) }));
afterEach(() => void vi.useRealTimers());

const labels = (last: EndChoice) => endLines(last).map(({ label }) => label);

describe("the choices of an end", () => {
  it.each<[what: string, last: EndChoice, labels: string[]]>([
    ["none", "none", ["Until I Disconnect", "After 1 h", "After 2 h", "After 4 h", "After 8 h"]],
    [
      "an offered duration",
      { durationSeconds: 14_400 },
      ["After 4 h", "Until I Disconnect", "After 1 h", "After 2 h", "After 8 h"],
    ],
    [
      "another duration",
      { durationSeconds: 5_400 },
      ["After 1 h 30 m", "Until I Disconnect", "After 1 h", "After 2 h", "After 4 h", "After 8 h"],
    ],
    [
      "a time",
      { timeOfDay: "18:30" },
      ["At 18:30", "Until I Disconnect", "After 1 h", "After 2 h", "After 4 h", "After 8 h"],
    ],
  ])("start with the last one: %s", (_, last, expected) => expect(labels(last)).toEqual(expected));
});

describe("an entered text", () => {
  const typed = (text: string) => typedEnd(text, endLines("none"), promiseText());

  it.each<[text: string, label: string, value: EndChoice]>([
    ["90 min", "After 1 h 30 m", { durationSeconds: 5_400 }],
    ["18:30", "At 18:30", { timeOfDay: "18:30" }],
    ["7:15", "Tomorrow at 07:15", { timeOfDay: "07:15" }],
    ["2h", "After 2 h", { durationSeconds: 7_200 }],
  ])("%s is an end", (text, label, value) => expect(typed(text)).toMatchObject({ label, value }));

  it("says how strong the promise is", () =>
    expect(typed("90 min")?.detail).toBe(
      "Companion disconnects it then, but only if VS Code is running on this computer.",
    ));

  it.each(["until", "After", "4 h"])("%s filters the choices", (text) =>
    expect(typed(text)?.refusal).toBeUndefined(),
  );

  it.each(["0 h", "2 years", "25:00", "-1 h", "soon", "366 d", "30 s"])("%s is refused", (text) =>
    expect(typed(text)?.refusal).toBe("Enter a duration from 1 min to 365 d, or a time such as 18:30."),
  );
});
