import { describe, expect, it } from "vitest";
import { environment } from "../../../test/views.js";
import type { EnvironmentInfo } from "../../protocol.g.js";
import { LoadedEnvironments, type Purpose } from "./loadedEnvironments.js";

const some = (more: Partial<EnvironmentInfo>, ...ids: string[]) =>
  ids.map((environmentId) => environment({ environmentId, state: "DISCONNECTED", ...more }));
const page = (...ids: string[]) => some({}, ...ids);
const numbered = (from: number, to: number) =>
  page(...Array.from({ length: to - from }, (_, index) => `e${from + index}`));
const shown = (list: LoadedEnvironments) =>
  list
    .show()
    .map(({ section, environments }) => [section, ...environments.map(({ environmentId }) => environmentId)]);

describe("LoadedEnvironments", () => {
  it("puts recent environments first, and the others in order of arrival", () => {
    const list = new LoadedEnvironments({ recentIds: ["d", "gone", "b", "d"] });
    list.add(page("a", "b", "c", "d"));
    expect(shown(list)).toEqual([
      ["recent", "d", "b"],
      ["others", "a", "c"],
    ]);
  });

  it("starts with the connected ones, and has a section for the user's", () => {
    const list = new LoadedEnvironments({ recentIds: ["r", "s"], email: "Ada@example.com" });
    list.add([
      ...page("a", "r"),
      ...some({ state: "CONNECTED" }, "b"),
      ...some({ createdBy: "ada@example.com" }, "c"),
      ...some({ state: "CONNECTED", createdBy: "ada@example.com" }, "d"),
      ...some({ state: "CONNECTED" }, "s"),
      ...some({ state: "CONNECTING", createdBy: "grace@example.com" }, "e"),
    ]);
    expect(shown(list)).toEqual([
      ["connected", "s", "d", "b"],
      ["recent", "r"],
      ["mine", "c"],
      ["others", "a", "e"],
    ]);
  });

  it.each<[string, string[], Purpose, string | undefined]>([
    ["the latest one", ["b", "a"], {}, "b"],
    [
      "the latest one that can be chosen",
      ["b", "a"],
      { refusal: ({ environmentId }) => (environmentId === "b" ? "No." : undefined) },
      "a",
    ],
    ["the first one if none is recent", [], {}, "c"],
    ["the first likely one if none is recent", [], { isLikely: ({ state }) => state !== "CONNECTED" }, "a"],
    ["none if none can be chosen", ["a"], { refusal: () => "No." }, undefined],
  ])("starts with %s", (_, recentIds, purpose, first) => {
    const list = new LoadedEnvironments({ recentIds });
    list.add([...page("a", "b"), ...some({ state: "CONNECTED" }, "c")]);
    list.show();
    expect(list.first(purpose)?.environmentId).toBe(first);
  });

  it("doesn't guess whose environments they are", () => {
    const list = new LoadedEnvironments({ recentIds: [] });
    list.add([...some({ createdBy: "ada@example.com" }, "a"), ...page("b")]);
    expect(shown(list)).toEqual([["others", "a", "b"]]);
  });

  it("returns the latest recent environments that are missing", () => {
    const list = new LoadedEnvironments({ recentIds: ["x", "a", "y", "z"] });
    list.add(page("a", "b"));
    expect(list.missing).toEqual(["x", "y"]);
    list.add(page("y"));
    expect(list.missing).toEqual(["x"]);
  });

  it("never moves an item that was shown", () => {
    const list = new LoadedEnvironments({ recentIds: ["late", "b"] });
    list.add(page("a", "b"));
    shown(list);
    list.add([...page("c", "late", "a"), ...some({ state: "CONNECTED" }, "d")]);
    expect(shown(list)).toEqual([
      ["recent", "b"],
      ["others", "a", "d", "late", "c"],
    ]);
  });

  it("ignores repeated environments when a list restarts", () => {
    const list = new LoadedEnvironments({ recentIds: [] });
    list.add(page("a"));
    list.add(some({ state: "DELETING" }, "a"));
    expect(list.show()).toEqual([{ section: "others", environments: page("a") }]);
  });

  it("redraws rarely for many pages", () => {
    const list = new LoadedEnvironments({ recentIds: [] });
    let draws = 0;
    expect(list.shouldRedraw).toBe(false);
    for (let from = 0; from < 10_000; from += 200) {
      list.add(numbered(from, from + 200));
      if (!list.shouldRedraw) continue;
      draws++;
      list.show();
    }
    expect(list.count).toBe(10_000);
    expect(draws).toBe(6);
  });
});
