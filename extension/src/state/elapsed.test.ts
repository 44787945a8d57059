import { describe, expect, it } from "vitest";
import { confirmed, environment, observed } from "../../test/views.js";
import { elapsed, shownUntil } from "./elapsed.js";
import { freshFor } from "./freshness.js";

const began = observed - 200_000;
const stateSince = new Date(began).toISOString();
const after = (seconds: number) => began + seconds * 1000;

describe("elapsed", () => {
  it.each<[state: string, exact: number, seconds: number, until: number]>([
    ["CONNECTED", 59.9, 0, 60],
    ["CONNECTED", 60, 60, 120],
    ["CONNECTED", 3_725, 3_720, 3_780],
    ["CONNECTING", 4.9, 0, 5],
    ["RECONNECTING", 119.9, 115, 120],
    ["DISCONNECTING", 120, 120, 130],
    ["DISCONNECTING", 129.9, 120, 130],
  ])("%s for %d s", (state, exact, seconds, until) => {
    expect(elapsed(environment({ state, stateSince }), after(exact))).toEqual({
      seconds,
      until: after(until),
      isLate: false,
    });
  });

  it.each<[usual: number | undefined, exact: number, isLate: boolean]>([
    [undefined, 3_000, false],
    [10, 44, false],
    [10, 45, true],
    [40, 80, false],
    [40, 85, true],
  ])("usually %s s, now after %d s", (expectedSeconds, exact, isLate) => {
    const described = environment({
      state: "CONNECTING",
      stateSince,
      ...(expectedSeconds && { expectedSeconds }),
    });
    expect(elapsed(described, after(exact))?.isLate).toBe(isLate);
  });

  it.each(["DISCONNECTED", "CREATING", "DELETING", "STATE_UNSPECIFIED", "DREAMING"])(
    "isn't shown: %s",
    (state) => expect(elapsed(environment({ state, stateSince }), after(600))).toBeUndefined(),
  );

  it("isn't known without a start, or if the clock was set back", () => {
    expect(elapsed(environment(), after(600))).toBeUndefined();
    expect(elapsed(environment({ stateSince }), after(-1))).toBeUndefined();
  });
});

describe("shownUntil", () => {
  it("is the next minute of a connection, or the end of its freshness", () => {
    const view = confirmed(environment({ stateSince }));
    expect(shownUntil(view, observed)).toBe(after(240));
    expect(shownUntil(view, observed + freshFor)).toBe(observed + freshFor + 1);
  });

  it("doesn't tick while nothing is confirmed", () => {
    const view = confirmed(environment({ stateSince }), { confirmed: false });
    expect(shownUntil(view, observed)).toBeUndefined();
  });
});
