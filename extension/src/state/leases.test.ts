import { describe, expect, it } from "vitest";
import { environment, observed } from "../../test/views.js";
import { endOf, leftUntil, timeLeft } from "./leases.js";

const at = (seconds: number) => new Date(observed + seconds * 1000).toISOString();
const ending = (seconds: number, more: object = {}) =>
  environment({ lease: { until: at(seconds), keptBy: ["vscode"], ...more } });

describe("the time that's left of a connection", () => {
  it.each<[what: string, of: ReturnType<typeof environment>, seconds?: number | undefined, next?: number]>([
    ["without an end", environment()],
    ["long before the end", ending(600), undefined, 480],
    ["just before it's shown", ending(120.5), undefined, 0.5],
    ["as soon as it's shown", ending(120), 120, 1],
    ["in a fraction of a second", ending(59.25), 60, 0.25],
    ["in the last second", ending(1), 1, 1],
    ["at the end", ending(0)],
    ["after the end", ending(-1)],
    ["of an end that's no longer kept", ending(60, { keptBy: [] })],
    ["of an end that can't be read", environment({ lease: { until: "soon", keptBy: ["vscode"] } })],
    ["while it's being disconnected", { ...ending(60), state: "DISCONNECTING" }],
  ])("%s", (_, of, seconds, next) => {
    expect(timeLeft(of, observed)?.seconds).toBe(seconds);
    expect(leftUntil(of, observed)).toBe(next === undefined ? undefined : observed + next * 1000);
  });

  it("shows each second once", () => {
    const seen: number[] = [];
    const of = ending(3);
    for (
      let now: number | undefined = observed;
      now !== undefined && now < observed + 3000;
      now = leftUntil(of, now)
    )
      seen.push(timeLeft(of, now)?.seconds ?? 0);
    expect(seen).toEqual([3, 2, 1]);
  });
});

it("the end of a connection is known only while something keeps it", () => {
  expect(endOf(ending(60))).toBe(observed + 60_000);
  expect(endOf(ending(60, { keptBy: [] }))).toBeUndefined();
});
