import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { confirmed, environment, observed } from "../../../test/views.js";
import { recorded } from "../../../test/vscode.js";
import type { App } from "../../app.js";
import type { ServerState } from "../../server/server.js";
import { freshFor, freshness } from "../../state/freshness.js";
import { Store } from "../../state/store.js";
import { initialView, type View } from "../../state/view.js";
import { needsRefresh, refreshStaleState } from "./refreshStaleState.js";

const trainer = { accountId: "acme", environmentId: "trainer" };
const old = confirmed(environment(), { server: "stopped", account: undefined, confirmed: false });
const offline = { code: 14, status: "UNAVAILABLE", message: "No route." };

describe("needsRefresh", () => {
  it.each<[string, View, number, boolean, boolean]>([
    ["what is remembered", old, 0, true, true],
    ["what is remembered, where nobody looks", old, 0, false, false],
    ["what is present", confirmed(), 0, true, false],
    ["what has become old", confirmed(), freshFor + 1, true, true],
    [
      "what was out of reach",
      confirmed(environment(), { confirmed: false, problem: offline, misses: 2 }),
      0,
      true,
      true,
    ],
    ["no environment", initialView, 0, true, false],
    ["an environment while signed out", { ...old, account: null }, 0, true, false],
    ["an environment while a server starts", { ...old, server: "starting" }, 0, true, false],
    ["an environment while a server starts again", { ...old, server: "restarting" }, 0, true, false],
    ["an environment without a server", { ...old, server: "failed" }, 0, true, false],
  ])("%s", (_, view, elapsed, isFocused, expected) =>
    expect(needsRefresh(view, observed + elapsed, isFocused)).toBe(expected),
  );
});

describe("an old state", () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: observed });
    recorded.windowState.focused = true;
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** A window that remembers an environment, and how often it has begun and asked. */
  function harness(state: ServerState = "stopped") {
    const store = new Store();
    const server = { state };
    const ensureReady = vi.fn(async () => {
      server.state = "running";
    });
    const ask = vi.fn(async () => undefined);
    const warn = vi.fn();
    store.dispatch({ type: "gateway", sandbox: false, selection: trainer, remembered: environment() });
    const workbench = { answer: Promise.resolve(true) };
    const following = refreshStaleState({
      presence: { proven: () => workbench.answer },
      server,
      store,
      session: { ensureReady, ask },
      log: { warn },
    } as unknown as App);
    return { store, server, ensureReady, ask, warn, workbench, following };
  }

  it("is asked about after the activation, and not in it", async () => {
    const { ensureReady, ask } = harness();
    expect(ensureReady).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(ensureReady).toHaveBeenCalledOnce();
    expect(ask, "the server that starts tells by itself").not.toHaveBeenCalled();
  });

  it("waits where nobody looks until somebody does", async () => {
    recorded.windowState.focused = false;
    const { ensureReady } = harness();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(ensureReady).not.toHaveBeenCalled();
    recorded.windowState.focused = true;
    recorded.windowStateChanged.fire(recorded.windowState);
    await vi.advanceTimersByTimeAsync(0);
    expect(ensureReady).toHaveBeenCalledOnce();
  });

  it("is not asked about for a window that is lost with the focus, until it answers, and then once", async () => {
    const { ensureReady, workbench } = harness();
    let answer = (_: boolean) => {};
    workbench.answer = new Promise((resolve) => (answer = resolve));
    for (let minute = 0; minute < 60; minute++) {
      recorded.windowStateChanged.fire(recorded.windowState);
      await vi.advanceTimersByTimeAsync(60_000);
    }
    expect(ensureReady).not.toHaveBeenCalled();
    answer(true);
    await vi.advanceTimersByTimeAsync(0);
    expect(ensureReady).toHaveBeenCalledOnce();
  });

  it("is not asked about where the window cannot be asked, or has no focus by the time it answers", async () => {
    const { ensureReady, workbench } = harness();
    workbench.answer = Promise.resolve(false);
    await vi.advanceTimersByTimeAsync(1);
    workbench.answer = Promise.resolve(true);
    recorded.windowStateChanged.fire(recorded.windowState);
    recorded.windowState.focused = false;
    await vi.advanceTimersByTimeAsync(1);
    expect(ensureReady).not.toHaveBeenCalled();
  });

  it("after a sleep is noticed within seconds by the clock, and asked about once", async () => {
    const { store, ask } = harness("running");
    store.dispatch({ type: "server", state: "running" });
    store.dispatch({ type: "seen", environment: environment() });
    await vi.advanceTimersByTimeAsync(5_000);
    expect(ask).not.toHaveBeenCalled();
    vi.setSystemTime(observed + 8 * 3_600_000);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(ask.mock.calls).toEqual([["getEnvironment", trainer]]);
    await vi.advanceTimersByTimeAsync(600_000);
    expect(ask).toHaveBeenCalledOnce();
  });

  it("is asked about again, ever later, while the gateway is not heard, and is offline meanwhile", async () => {
    const { ensureReady, store } = harness();
    ensureReady.mockRejectedValue(Object.assign(new Error("No route."), { code: 14 }));
    const calls: number[] = [];
    for (let second = 0; second < 80; second++) {
      await vi.advanceTimersByTimeAsync(1_000);
      calls.push(ensureReady.mock.calls.length);
      const isOffline = freshness(store.view, Date.now()) === "offline";
      expect(isOffline, `after ${second + 1} s`).toBe(ensureReady.mock.calls.length >= 2);
    }
    expect([0, 3, 6, 16, 36, 79].map((second) => calls[second])).toEqual([1, 1, 2, 3, 4, 5]);
  });

  it("that cannot be confirmed is a matter for the log", async () => {
    const { ensureReady, warn, following } = harness();
    ensureReady.mockRejectedValue(new Error("No .NET."));
    await vi.advanceTimersByTimeAsync(1);
    expect(warn.mock.calls).toEqual([["Couldn't confirm the state: No .NET."]]);
    following.dispose();
    recorded.windowStateChanged.fire(recorded.windowState);
    await vi.advanceTimersByTimeAsync(0);
    expect(ensureReady).toHaveBeenCalledOnce();
  });
});
