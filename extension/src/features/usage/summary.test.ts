import { describe, expect, it } from "vitest";
import { cpuGroup, group } from "../../../test/usage.js";
import type { UsageGroup } from "../../protocol.g.js";
import { figuresIn } from "./figures.js";
import { pivotOf } from "./pivot.js";
import { ratesOf } from "./rates.js";
import { summaryOf } from "./summary.js";

const hour = 3_600;
const figures = figuresIn("en", "USD");
const summary = (groups: UsageGroup[], rates = {}) =>
  summaryOf(pivotOf(groups, "environment", ratesOf(rates, "USD")), 30, figures).join(" ");

describe("summaryOf", () => {
  it.each<[what: string, groups: UsageGroup[], rates: Record<string, number>, text: string]>([
    ["all of the time", [group()], {}, "24 GPU-hours in the last 30 days."],
    ["a single hour", [group({ rankSeconds: hour })], {}, "1 GPU-hour in the last 30 days."],
    ["both kinds", [group(), cpuGroup()], {}, "24 GPU-hours and 2 rank-hours in the last 30 days."],
    [
      "some time that wasn't watched",
      [group({ notWatchedSeconds: 4 * hour })],
      {},
      "At least 24 GPU-hours in the last 30 days. 4 h weren't watched.",
    ],
    [
      "only time that wasn't watched",
      [group({ connectedSeconds: 0, rankSeconds: 0, notWatchedSeconds: 4 * hour })],
      {},
      "At least 0 GPU-hours in the last 30 days. 4 h weren't watched.",
    ],
    ["a rate", [group()], { "h100-8x": 2.5 }, "24 GPU-hours in the last 30 days (≈ $60 at your rates)."],
    [
      "a rate, and some time that wasn't watched",
      [group({ notWatchedSeconds: 4 * hour })],
      { "p5.48xlarge": 0.25 },
      "At least 24 GPU-hours in the last 30 days (≈ $6.00 at your rates). 4 h weren't watched.",
    ],
    [
      "a rate for a part",
      [group(), cpuGroup()],
      { "h100-8x": 2.5 },
      "24 GPU-hours and 2 rank-hours in the last 30 days (≈ $60 at your rates). Without a rate: 2 rank-hours.",
    ],
    ["a rate for something else", [group()], { a100: 2.5 }, "24 GPU-hours in the last 30 days."],
  ])("%s", (_, groups, rates, text) => expect(summary(groups, rates)).toBe(text));

  it("says from when on it counts if there's nothing yet", () =>
    expect(summary([], { "h100-8x": 2.5 })).toBe(
      "No connections in the last 30 days. From now on, Companion counts what it sees while VS Code is running.",
    ));
});
