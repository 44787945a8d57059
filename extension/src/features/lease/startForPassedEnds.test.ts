import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { mementoOf } from "../../../test/memento.js";
import { account, environment, observed } from "../../../test/views.js";
import { recorded } from "../../../test/vscode.js";
import type { App } from "../../app.js";
import type { EnvironmentInfo } from "../../protocol.g.js";
import { EnvironmentViews } from "../../state/environmentViews.js";
import { Store } from "../../state/store.js";
import { startForPassedEnds } from "./startForPassedEnds.js";

const hour = 3_600_000;
const until = new Date(observed + hour).toISOString();
const ending = environment({ lease: { until, keptBy: ["vscode"] } });

/** What VS Code stores for all windows. */
const stored = new Map<string, unknown>();

function open({ sandbox = false }: { sandbox?: boolean } = {}) {
  const store = new Store();
  if (sandbox) store.dispatch({ type: "gateway", sandbox, selection: undefined, remembered: undefined });
  const server = { state: "stopped" };
  const ensureReady = vi.fn(async () => undefined);
  const following = startForPassedEnds({
    globalState: mementoOf(stored),
    environments: new EnvironmentViews(store),
    log: { warn: vi.fn() },
    presence: { proven: async () => true },
    server,
    session: { ensureReady },
    store,
  } as unknown as App);
  const see = (seen: EnvironmentInfo) => {
    store.dispatch({ type: "account", account });
    store.dispatch({ type: "seen", environment: seen });
  };
  const focus = async () => {
    recorded.windowStateChanged.fire(recorded.windowState);
    await vi.advanceTimersByTimeAsync(1);
  };
  return { store, server, ensureReady, following, see, focus };
}

/** Closes VS Code after it has seen an environment, and lets time pass. */
async function leaveAfter(seen: EnvironmentInfo[], passed: number): Promise<void> {
  const before = open();
  for (const one of seen) before.see(one);
  before.following.dispose();
  await vi.advanceTimersByTimeAsync(passed);
}

beforeEach(() => {
  stored.clear();
  vi.useFakeTimers({ now: observed });
  recorded.windowState.focused = true;
});
afterEach(() => void vi.useRealTimers());

describe("a window without a server", () => {
  it.each<[what: string, seen: EnvironmentInfo[], passed: number, starts: number]>([
    ["an end that has passed", [ending], hour, 1],
    ["an end that hasn't passed yet", [ending], hour - 1_000, 0],
    ["no end", [environment()], hour, 0],
    ["an end that was cleared", [ending, environment()], hour, 0],
    ["an end of a connection that's over", [ending, { ...ending, state: "DISCONNECTED" }], hour, 0],
    ["an end that nothing keeps any longer", [{ ...ending, lease: { until, keptBy: [] } }], hour, 0],
  ])("starts it in another workspace for %s: %#", async (_, seen, passed, starts) => {
    await leaveAfter(seen, passed);
    const window = open();
    expect(window.ensureReady, "during activation").not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(window.ensureReady).toHaveBeenCalledTimes(starts);
  });

  it("starts it when an end passes while the window doesn't have the focus", async () => {
    await leaveAfter([ending], 0);
    const window = open();
    await vi.advanceTimersByTimeAsync(1);
    recorded.windowState.focused = false;
    await vi.advanceTimersByTimeAsync(hour);
    await window.focus();
    expect(window.ensureReady).not.toHaveBeenCalled();
    recorded.windowState.focused = true;
    await window.focus();
    expect(window.ensureReady).toHaveBeenCalledOnce();
  });

  it("doesn't start it in the sandbox, after signing out, or if it runs", async () => {
    await leaveAfter([ending], hour);
    const sandbox = open({ sandbox: true });
    const signedOut = open();
    signedOut.store.dispatch({ type: "account", account: null });
    const running = open();
    running.server.state = "running";
    await vi.advanceTimersByTimeAsync(1);
    for (const { ensureReady } of [sandbox, signedOut, running]) expect(ensureReady).not.toHaveBeenCalled();
  });

  it("forgets the end of an environment that no longer exists", async () => {
    const before = open();
    before.see(ending);
    const problem = { code: 5, status: "NOT_FOUND", message: "There is none." };
    before.store.dispatch({ type: "problem", accountId: "acme", environmentId: "trainer", problem });
    expect(stored.get("ends")).toEqual({});
  });
});
