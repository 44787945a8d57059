import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { mementoOf } from "../../../test/memento.js";
import { account, environment, observed } from "../../../test/views.js";
import { recorded } from "../../../test/vscode.js";
import type { App } from "../../app.js";
import { Store } from "../../state/store.js";
import { type Extended, extendWhileBusy } from "./extendWhileBusy.js";

const minute = 60_000;
const stored = new Map<string, unknown>();
const iso = (time: number) => new Date(time).toISOString();

/** A window whose environment's connection ends in 60 minutes, and what was extended in it. */
function open({ isBusy = true, isProven = true } = {}) {
  const store = new Store();
  store.dispatch({ type: "account", account });
  const ending = (until: number, state = "CONNECTED") =>
    store.dispatch({
      type: "selected",
      environment: environment({ state, lease: { until: iso(until), keptBy: ["vscode"] } }),
    });
  const window = { isBusy, latest: [] as string[], extended: [] as string[], ending };
  const extend = vi.fn(async (_: App, __: unknown, { until }: Extended, latest: number) => {
    if (!window.isBusy) return false;
    window.extended.push(iso(until));
    window.latest.push(iso(latest));
    ending(until); // the server reports it
    return true;
  });
  const following = extendWhileBusy(
    {
      log: { warn: vi.fn() },
      presence: { proven: async () => isProven },
      store,
      workspaceState: mementoOf(stored),
    } as unknown as App,
    extend,
  );
  ending(observed + 60 * minute);
  return Object.assign(window, { extend, following });
}

const pass = (minutes: number) => vi.advanceTimersByTimeAsync(minutes * minute);

beforeEach(() => {
  stored.clear();
  vi.useFakeTimers({ now: observed });
  recorded.settings.set("companion.lease.extendWhileBusy", 2);
});
afterEach(() => {
  vi.useRealTimers();
  recorded.settings.clear();
});

describe("the end of a connection", () => {
  it("is extended before its last notice, by half an hour at a time and as far as allowed", async () => {
    const { extended, latest, following } = open();
    await pass(57.4);
    expect(extended).toEqual([]);
    await pass(0.2);
    expect(extended).toEqual([iso(observed + 87.5 * minute)]);
    await pass(200);
    following.dispose();
    expect(extended.map((end) => (Date.parse(end) - observed) / minute)).toEqual([
      87.5, 115, 142.5, 170, 180,
    ]);
    expect(new Set(latest)).toEqual(new Set([iso(observed + 180 * minute)]));
  });

  it("keeps its limit after a reload", async () => {
    const before = open();
    await pass(58);
    before.following.dispose();
    const { latest, ending } = open();
    ending(observed + 87.5 * minute);
    await pass(30);
    expect(latest[0]).toBe(iso(observed + 180 * minute));
  });

  it("has a new limit if the user sets another one", async () => {
    const { latest, ending } = open();
    await pass(58);
    ending(observed + 100 * minute);
    await pass(40);
    expect(latest).toEqual([iso(observed + 180 * minute), iso(observed + 220 * minute)]);
  });

  it("is extended as soon as work starts in the last minutes", async () => {
    const window = open({ isBusy: false });
    await pass(58.5);
    expect(window.extended).toEqual([]);
    window.isBusy = true;
    await pass(0.6);
    expect(window.extended).toHaveLength(1);
  });

  it.each<[why: string, hours: unknown, options: { isProven?: boolean; state?: string }]>([
    ["the setting is off", 0, {}],
    ["the setting isn't a number", "two", {}],
    ["the setting is negative", -1, {}],
    ["the window might be gone", 2, { isProven: false }],
    ["it's already disconnected", 2, { state: "DISCONNECTED" }],
  ])("isn't extended if %s", async (_, hours, { state, ...options }) => {
    recorded.settings.set("companion.lease.extendWhileBusy", hours);
    const { extend, ending } = open(options);
    if (state) ending(observed + 60 * minute, state);
    await pass(120);
    expect(extend).not.toHaveBeenCalled();
  });

  it("isn't extended after it has passed", async () => {
    const window = open({ isBusy: false });
    await pass(61);
    window.isBusy = true;
    await pass(60);
    expect(window.extended).toEqual([]);
  });
});
