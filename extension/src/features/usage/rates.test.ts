import { describe, expect, it } from "vitest";
import { ratesOf } from "./rates.js";

describe("ratesOf", () => {
  it("takes a node pool's own rate before that of its instance type", () => {
    const { rateOf, currency, problems } = ratesOf({ "h100-8x": 2.5, "p5.48xlarge": 3, free: 0 }, "EUR");
    expect(rateOf("h100-8x", "p5.48xlarge")).toBe(2.5);
    expect(rateOf("h100-spot", "p5.48xlarge")).toBe(3);
    expect(rateOf("free", undefined)).toBe(0);
    expect(rateOf("other", undefined)).toBeUndefined();
    expect(rateOf(undefined, undefined)).toBeUndefined();
    expect({ currency, problems }).toEqual({ currency: "EUR", problems: [] });
  });

  it.each([["2.5"], [-1], [Number.NaN], [Number.POSITIVE_INFINITY], [null], [{}], [[1]], [true]])(
    "ignores %s, and names it",
    (value) => {
      const { rateOf, problems } = ratesOf({ "h100-8x": value, a100: 1 }, "USD");
      expect(rateOf("h100-8x", undefined)).toBeUndefined();
      expect(rateOf("a100", undefined)).toBe(1);
      expect(problems).toEqual(["companion.rates: h100-8x isn't a number, or is less than 0."]);
    },
  );

  it.each([["constructor"], ["__proto__"], ["toString"]])("has no rate for %s", (id) =>
    expect(ratesOf({}, "USD").rateOf(id, id)).toBeUndefined(),
  );

  it.each([[[]], [3], ["a"], [null]])("says that %j isn't an object", (value) =>
    expect(ratesOf(value, "USD").problems).toEqual([
      "companion.rates isn't an object, so no costs are shown.",
    ]),
  );

  it.each([["usd"], ["Dollar"], [""], [1], [null]])("claims no amount in the currency %j", (currency) => {
    const { rateOf, problems } = ratesOf({ "h100-8x": 2.5 }, currency);
    expect(rateOf("h100-8x", undefined)).toBeUndefined();
    expect(problems).toEqual([
      "companion.currency isn't a currency code, such as USD, so no costs are shown.",
    ]);
  });
});
