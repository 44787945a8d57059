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
    ["a remembered state", old, 0, true, true],
    ["a remembered state without the focus", old, 0, false, false],
    ["a current state", confirmed(), 0, true, false],
    ["a state that became outdated", confirmed(), freshFor + 1, true, true],
    [
      "a state of an unreachable gateway",
      confirmed(environment(), { confirmed: false, problem: offline, misses: 2 }),
      0,
      true,
      true,
    ],
    ["no environment", initialView, 0, true, false],
    ["an environment while signed out", { ...old, account: null }, 0, true, false],
    ["an environment while a server starts", { ...old, server: "starting" }, 0, true, false],
    ["an environment while a server restarts", { ...old, server: "restarting" }, 0, true, false],
    ["an environment without a server", { ...old, server: "failed" }, 0, true, false],
  ])("%s", (_, view, elapsed, isFocused, expected) =>
    expect(needsRefresh(view, observed + elapsed, isFocused)).toBe(expected),
  );
});

describe("an outdated state", () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: observed });
    recorded.windowState.focused = true;
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** A window that remembers an environment, and its calls. */
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

  it("is refreshed after activation, not during it, without waiting for the workbench", async () => {
    const { ensureReady, ask, workbench } = harness();
    workbench.answer = new Promise(() => {});
    expect(ensureReady).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(ensureReady).toHaveBeenCalledOnce();
    expect(ask, "a starting server reports the state on its own").not.toHaveBeenCalled();
  });

  it("is refreshed only when the window has the focus", async () => {
    recorded.windowState.focused = false;
    const { ensureReady } = harness();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(ensureReady).not.toHaveBeenCalled();
    recorded.windowState.focused = true;
    recorded.windowStateChanged.fire(recorded.windowState);
    await vi.advanceTimersByTimeAsync(0);
    expect(ensureReady).toHaveBeenCalledOnce();
  });

  it("isn't refreshed for a lost window with the focus until it responds, and then once", async () => {
    const { ask, workbench } = harness();
    await vi.advanceTimersByTimeAsync(1); // the first refresh, when the window existed
    let answer = (_: boolean) => {};
    workbench.answer = new Promise((resolve) => (answer = resolve));
    for (let minute = 0; minute < 60; minute++) {
      recorded.windowStateChanged.fire(recorded.windowState);
      await vi.advanceTimersByTimeAsync(60_000);
    }
    expect(ask).not.toHaveBeenCalled();
    answer(true);
    await vi.advanceTimersByTimeAsync(0);
    expect(ask).toHaveBeenCalledOnce();
  });

  it("isn't refreshed if the window can't be checked or has lost the focus by then", async () => {
    const { ask, workbench } = harness();
    await vi.advanceTimersByTimeAsync(1); // the first refresh, when the window existed
    const gainFocus = () => recorded.windowStateChanged.fire(recorded.windowState);
    workbench.answer = Promise.resolve(false);
    gainFocus();
    await vi.advanceTimersByTimeAsync(1);
    workbench.answer = Promise.resolve(true);
    gainFocus();
    recorded.windowState.focused = false;
    await vi.advanceTimersByTimeAsync(1);
    expect(ask).not.toHaveBeenCalled();
  });

  it("is detected within seconds after sleep, and refreshed once", async () => {
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

  it("is refreshed with increasing delays while the gateway can't be reached, and shown as offline", async () => {
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

  it("is only logged if it can't be confirmed", async () => {
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
