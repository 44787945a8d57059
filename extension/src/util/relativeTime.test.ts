import { describe, expect, it } from "vitest";
import { relativeTimeIn } from "./relativeTime.js";

const now = Date.parse("2026-11-22T12:00:00Z");

describe("relativeTimeIn", () => {
  it.each([
    ["2026-11-22T12:00:00Z", "now"],
    ["2026-11-22T11:59:01Z", "now"],
    ["2026-11-22T12:05:00Z", "now"],
    ["2026-11-22T11:59:00Z", "1 minute ago"],
    ["2026-11-22T09:00:00+00:00", "3 hours ago"],
    ["2026-11-21T12:00:00Z", "yesterday"],
    ["2026-11-12T12:00:00Z", "10 days ago"],
    ["2026-10-01T12:00:00Z", "last month"],
    ["2024-01-01T12:00:00Z", "2 years ago"],
    ["soon", "soon"],
  ])("of %s is %s", (time, text) => expect(relativeTimeIn("en", now)(time)).toBe(text));

  it("formats in another language", () => {
    expect(relativeTimeIn("de", now)("2026-11-22T09:00:00Z")).toBe("vor 3 Stunden");
  });
});
