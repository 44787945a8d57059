import { describe, expect, it } from "vitest";
import { confirmed, environment, observed } from "../../test/views.js";
import { type Freshness, freshFor, freshness, freshUntil } from "./freshness.js";
import { initialView, reduce, type View, type ViewAction } from "./view.js";

const problem = (code: number): ViewAction => ({
  type: "problem",
  accountId: "acme",
  environmentId: "trainer",
  environment: environment(),
  problem: { code, status: "", message: "" },
});
const after = (view: View, ...happenings: ViewAction[]) => happenings.reduce(reduce, view);
const seen: ViewAction = { type: "seen", environment: environment() };
const [unavailable, tooLate, internal, closed, missing] = [14, 4, 13, 7, 12].map((code) =>
  problem(code as number),
) as [ViewAction, ViewAction, ViewAction, ViewAction, ViewAction];
const remembered = confirmed(environment(), { confirmed: false, server: "stopped" });

describe("freshness", () => {
  it.each<[string, View, number, Freshness]>([
    ["an answer", confirmed(), 0, "present"],
    ["an answer within its time", confirmed(), freshFor, "present"],
    ["an answer beyond its time, as after a sleep", confirmed(), freshFor + 1, "old"],
    ["an answer from the future", confirmed(), -freshFor - 1, "old"],
    ["an answer without a time", confirmed(environment({ observedAt: "" })), 0, "old"],
    ["what is remembered", remembered, 0, "old"],
    ["nothing", initialView, 0, "old"],
    ["one fault", after(confirmed(), unavailable), 30_000, "present"],
    ["one fault of another kind", after(confirmed(), internal), 30_000, "present"],
    ["one fault, and no news beyond its time", after(confirmed(), unavailable), freshFor + 1, "offline"],
    ["two faults", after(confirmed(), unavailable, tooLate), 40_000, "offline"],
    ["two faults with an answer between", after(confirmed(), unavailable, seen, unavailable), 0, "present"],
    ["two faults of a gateway that can be heard", after(confirmed(), internal, internal), 40_000, "old"],
    ["a refusal", after(confirmed(), closed), 30_000, "old"],
    ["a gateway that has no environments", after(confirmed(), missing), 30_000, "old"],
    ["what is remembered, and one fault", after(remembered, unavailable), 0, "old"],
    ["what is remembered for long, and one fault", after(remembered, unavailable), freshFor + 1, "offline"],
    ["what is remembered, and two faults", after(remembered, unavailable, unavailable), 0, "offline"],
    [
      "two faults, and then another server",
      after(confirmed(), unavailable, unavailable, { type: "server", state: "restarting" }),
      0,
      "old",
    ],
  ])("of %s", (_, view, elapsed, expected) => {
    expect(freshness(view, observed + elapsed)).toBe(expected);
  });
});

describe("freshUntil", () => {
  it.each<[string, View, number, number | undefined]>([
    ["an answer", confirmed(), 0, freshFor + 1],
    ["an answer beyond its time", confirmed(), freshFor + 1, undefined],
    ["one fault after what is remembered", after(remembered, unavailable), 0, freshFor + 1],
    ["what is remembered", remembered, 0, undefined],
    ["nothing", initialView, 0, undefined],
  ])("of %s", (_, view, elapsed, expected) => {
    const end = freshUntil(view, observed + elapsed);
    expect(end === undefined ? undefined : end - observed).toBe(expected);
    if (end !== undefined) expect(freshness(view, end)).not.toBe(freshness(view, end - 1));
  });
});
