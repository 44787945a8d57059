import { describe, expect, it } from "vitest";
import { figuresIn } from "./figures.js";

const english = figuresIn("en", "USD");
const plain = (text: string) => text.replaceAll(/\s/g, " ");

describe("figures", () => {
  it.each([
    [0, "0"],
    [60, "0.02"],
    [3_600, "1"],
    [92_160, "25.6"],
    [360_000, "100"],
    [4_447_800, "1,236"],
  ])("writes %d s as %s hours", (seconds, text) => expect(english.hours(seconds)).toBe(text));

  it.each([
    [0, "$0.00", "$0.00"],
    [3.456, "$3.46", "$3.46"],
    [64.4, "$64", "$64.40"],
    [1_234.5, "$1,235", "$1,234.50"],
  ])("rounds %d $ to %s, and to %s in a column", (amount, rounded, exact) => {
    expect(english.roundMoney(amount)).toBe(rounded);
    expect(english.money(amount)).toBe(exact);
  });

  it("follows the language and the currency", () => {
    const german = figuresIn("de", "EUR");
    expect(plain(german.money(1_234.5))).toBe("1.234,50 €");
    expect(german.hours(92_160)).toBe("25,6");
    expect(german.day("2026-11-28")).toBe("28.11.2026");
    expect(figuresIn("en", "JPY").money(3.4)).toBe("¥3");
  });

  it("writes the server's day, whatever the time zone", () =>
    expect(english.day("2026-11-28")).toBe("Nov 28, 2026"));
});
