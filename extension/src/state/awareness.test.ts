import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { environment } from "../../test/views.js";
import { Awareness } from "./awareness.js";

const storage = mkdtempSync(join(tmpdir(), "companion-awareness-"));
const noon = Date.parse("2026-11-22T12:00:00Z");
const seconds = (count: number) => new Date(noon + 1_000 * count).toISOString();
const seenAt = (count: number) => environment({ observedAt: seconds(count) });
const lines: string[] = [];
const window = (folder = storage) => new Awareness(folder, (line) => lines.push(line));

beforeEach(() => {
  vi.useFakeTimers({ now: noon, toFake: ["Date"] });
  lines.length = 0;
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(storage, { recursive: true, force: true });
});

describe("the user knows about", () => {
  it("nothing at first", () => {
    expect(window().covers(seenAt(0))).toBe(false);
  });

  it("their own change from any window while it's in progress, for at most half an hour", async () => {
    await window().begin(seenAt(0));
    expect([-60, 60, 1_799, 1_800].map((at) => window().covers(seenAt(at)))).toEqual([
      true,
      true,
      true,
      false,
    ]);
    expect(window().covers({ ...seenAt(0), environmentId: "other" })).toBe(false);
  });

  it("the outcome, but not what happens after it", async () => {
    await window().begin(seenAt(0));
    await window().end(seenAt(0), seconds(20));
    expect([-60, 19, 20, 60].map((at) => window().covers(seenAt(at)))).toEqual([true, true, false, false]);
  });
});

describe("a change", () => {
  it("is told by only one of many windows", async () => {
    const show = vi.fn();
    await Promise.all(Array.from({ length: 8 }, () => window().tell(seenAt(-30), show)));
    await window().tell(seenAt(-20), show);
    expect(show).toHaveBeenCalledOnce();
    await window().tell(seenAt(5), show);
    expect(show).toHaveBeenCalledTimes(2);
  });

  it("is told even if the folder can't be used", async () => {
    const show = vi.fn();
    await window("/dev/null")
      .tell(seenAt(-30), show)
      .catch(() => undefined);
    expect([show.mock.calls.length, lines.length]).toEqual([1, 1]);
  });
});
