import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, it } from "vitest";
import { longestGap, OpenTime } from "./openTime.js";

const storage = join(mkdtempSync(join(tmpdir(), "companion-open-")), "storage");
const noon = Date.parse("2026-11-22T12:00:00Z");
const window = () => new OpenTime(storage);

beforeEach(() => rmSync(storage, { recursive: true, force: true }));

it("isn't known at first, also to a window that opens right after", () => {
  expect([window().begin(noon), window().begin(noon + 1_000)]).toEqual([0, 0]);
});

it("starts with the first window after all were closed", () => {
  window().begin(noon);
  const morning = noon + 20 * 3_600_000;
  expect(window().begin(morning)).toBe(morning);
  expect(window().begin(morning + 3_000), "the next one").toBe(morning);
});

it("continues during a reload, and while another window is open", () => {
  window().begin(noon);
  const start = window().begin(noon + longestGap);
  expect(window().begin(start + longestGap - 1)).toBe(start);
  window().mark(start + 5 * longestGap);
  expect(window().begin(start + 5 * longestGap + 30_000)).toBe(start);
});
