import { expect, it } from "vitest";
import { durationText, usualText } from "./duration.js";

it.each([
  [0, "0 s"],
  [0.9, "0 s"],
  [59.9, "59 s"],
  [60, "1 m"],
  [130, "2 m 10 s"],
  [3_600, "1 h"],
  [3_630, "1 h"],
  [11_520, "3 h 12 m"],
  [86_399, "23 h 59 m"],
  [86_400, "1 d"],
  [200_000, "2 d 7 h"],
])("%d s is shown as %s", (seconds, text) => expect(durationText(seconds)).toBe(text));

it.each([
  [1, "5 s"],
  [7, "5 s"],
  [41, "40 s"],
  [89, "1 m 30 s"],
  [90, "2 m"],
  [149, "2 m"],
  [3_600, "1 h"],
])("%d s are usually shown as %s", (seconds, text) => expect(usualText(seconds)).toBe(text));
