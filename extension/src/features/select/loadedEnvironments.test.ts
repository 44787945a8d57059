import { describe, expect, it } from "vitest";
import { environment } from "../../../test/views.js";
import { LoadedEnvironments } from "./loadedEnvironments.js";

const page = (...ids: string[]) => ids.map((environmentId) => environment({ environmentId }));
const numbered = (from: number, to: number) =>
  page(...Array.from({ length: to - from }, (_, index) => `e${from + index}`));
const shown = (list: LoadedEnvironments) => {
  const { recent, others } = list.show();
  return [recent, others].map((some) => some.map(({ environmentId }) => environmentId));
};

describe("LoadedEnvironments", () => {
  it("puts recent environments first, and the others in order of arrival", () => {
    const list = new LoadedEnvironments(["d", "gone", "b", "d"]);
    list.add(page("a", "b", "c", "d"));
    expect(shown(list)).toEqual([
      ["d", "b"],
      ["a", "c"],
    ]);
  });

  it("returns the latest recent environments that are missing", () => {
    const list = new LoadedEnvironments(["x", "a", "y", "z"]);
    list.add(page("a", "b"));
    expect(list.missing).toEqual(["x", "y"]);
    list.add(page("y"));
    expect(list.missing).toEqual(["x"]);
  });

  it("never moves an item that was shown", () => {
    const list = new LoadedEnvironments(["late", "b"]);
    list.add(page("a", "b"));
    const before = shown(list).flat();
    list.add(page("c", "late", "a"));
    expect(shown(list).flat().slice(0, before.length)).toEqual(before);
    expect(shown(list)).toEqual([["b"], ["a", "c", "late"]]);
  });

  it("ignores repeated environments when a list restarts", () => {
    const list = new LoadedEnvironments([]);
    list.add(page("a"));
    list.add([environment({ environmentId: "a", state: "DELETING" })]);
    expect(list.show().others).toEqual(page("a"));
  });

  it("redraws rarely for many pages", () => {
    const list = new LoadedEnvironments([]);
    let draws = 0;
    list.add(numbered(0, 200));
    list.show();
    for (let from = 200; from < 10_000; from += 200) {
      list.add(numbered(from, from + 200));
      if (!list.shouldRedraw) continue;
      draws++;
      list.show();
    }
    expect(list.count).toBe(10_000);
    expect(draws).toBe(5);
  });

  it("doesn't redraw before the first draw", () => {
    const list = new LoadedEnvironments([]);
    list.add(page("a"));
    expect(list.shouldRedraw).toBe(false);
  });
});
