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
    ["a recent answer", confirmed(), freshFor, "present"],
    ["an outdated answer, for example after sleep", confirmed(), freshFor + 1, "old"],
    ["an answer from the future", confirmed(), -freshFor - 1, "old"],
    ["an answer without a time", confirmed(environment({ observedAt: "" })), 0, "old"],
    ["a remembered state", remembered, 0, "old"],
    ["nothing", initialView, 0, "old"],
    ["one failure", after(confirmed(), unavailable), 30_000, "present"],
    ["one failure of another kind", after(confirmed(), internal), 30_000, "present"],
    ["one failure, and an outdated answer", after(confirmed(), unavailable), freshFor + 1, "offline"],
    ["two failures", after(confirmed(), unavailable, tooLate), 40_000, "offline"],
    [
      "two failures with an answer in between",
      after(confirmed(), unavailable, seen, unavailable),
      0,
      "present",
    ],
    ["two failures of a reachable gateway", after(confirmed(), internal, internal), 40_000, "old"],
    ["a rejection", after(confirmed(), closed), 30_000, "old"],
    ["a gateway that has no environments", after(confirmed(), missing), 30_000, "old"],
    ["a remembered state, and one failure", after(remembered, unavailable), 0, "old"],
    [
      "an outdated remembered state, and one failure",
      after(remembered, unavailable),
      freshFor + 1,
      "offline",
    ],
    ["a remembered state, and two failures", after(remembered, unavailable, unavailable), 0, "offline"],
    [
      "two failures, and then another server",
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
    ["an outdated answer", confirmed(), freshFor + 1, undefined],
    ["one failure after a remembered state", after(remembered, unavailable), 0, freshFor + 1],
    ["a remembered state", remembered, 0, undefined],
    ["nothing", initialView, 0, undefined],
  ])("of %s", (_, view, elapsed, expected) => {
    const end = freshUntil(view, observed + elapsed);
    expect(end === undefined ? undefined : end - observed).toBe(expected);
    if (end !== undefined) expect(freshness(view, end)).not.toBe(freshness(view, end - 1));
  });
});
