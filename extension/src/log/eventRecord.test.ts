import { describe, expect, it } from "vitest";
import { EventRecord, maxCharacters, maxEntries, maxEntryCharacters } from "./eventRecord.js";
import { SecretMask } from "./secretMask.js";

const key = "fw_test_0123456789abcdef";
const mask = new SecretMask();

describe("EventRecord", () => {
  it("records events with their time and without secrets", () => {
    const record = new EventRecord(
      (text) => mask.apply(text),
      () => new Date("2026-11-22T08:00:00Z"),
    );
    record.add("log", `Bearer ${key}`);
    expect(record.read()).toEqual([
      { time: "2026-11-22T08:00:00.000Z", kind: "log", text: "Bearer [API key]" },
    ]);
  });

  it("drops the oldest entries above the maximum number", () => {
    const record = new EventRecord((text) => text);
    for (let i = 0; i < maxEntries + 10; i++) record.add("state", String(i));
    expect(record.read()).toHaveLength(maxEntries);
    expect(record.read()[0]?.text).toBe("10");
    expect(record.dropped).toBe(10);
  });

  it("drops the oldest entries above the maximum size, and truncates long ones", () => {
    const record = new EventRecord((text) => text);
    for (let i = 0; i < 500; i++) record.add("log", "x".repeat(10_000));
    const lengths = record.read().map(({ text }) => text.length);
    expect(Math.max(...lengths)).toBe(maxEntryCharacters + 1);
    expect(lengths.reduce((sum, length) => sum + length, 0)).toBeLessThanOrEqual(maxCharacters);
  });

  it("leaves no part of a key when it truncates", () => {
    const record = new EventRecord((text) => mask.apply(text));
    record.add("log", `${"x".repeat(maxEntryCharacters - 8)} ${key}`);
    expect(record.read()[0]?.text).not.toContain("fw_test");
  });
});
