import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { mementoOf } from "../../../test/memento.js";
import { environment, observed, roomWait } from "../../../test/views.js";
import { RecordingLog, recorded } from "../../../test/vscode.js";
import type { App } from "../../app.js";
import { MaskedLog } from "../../log/maskedLog.js";
import { SecretMask } from "../../log/secretMask.js";
import { type RoomWait, RoomWaits } from "../../state/roomWaits.js";
import { Store } from "../../state/store.js";
import { Reporter } from "../../ui/report.js";
import { followWaits } from "./followWaits.js";

const disconnected = environment({ state: "DISCONNECTED" });
const minute = 60_000;

beforeEach(() => {
  vi.useFakeTimers({ now: observed });
  recorded.messages.length = 0;
  recorded.executed.length = 0;
  recorded.click = undefined;
});
afterEach(() => void vi.useRealTimers());

/** Opens a window in which some waits were left. */
async function open(left: readonly RoomWait[], { isSeen = true } = {}) {
  const memento = mementoOf(new Map([["roomWaits", left]]));
  const store = new Store();
  store.dispatch({ type: "gateway", sandbox: false, selection: disconnected, remembered: disconnected });
  const mask = new SecretMask();
  const roomWaits = new RoomWaits(memento, vi.fn());
  followWaits({
    log: { warn: vi.fn() },
    memory: { sandbox: false },
    presence: { proven: async () => isSeen },
    reporter: new Reporter(new MaskedLog(new RecordingLog() as never, mask), mask),
    roomWaits,
    store,
  } as unknown as App);
  await vi.advanceTimersByTimeAsync(1);
  return { store, ids: () => roomWaits.all.map(({ id }) => id) };
}

describe("a wait for room that was left when the window was closed", () => {
  it("isn't resumed, but offered again", async () => {
    recorded.click = "Resume Waiting for Room";
    const { store, ids } = await open([roomWait()]);
    expect(store.view.roomWait).toEqual(roomWait({ isStopped: true }));
    expect(recorded.messages).toEqual([
      "trainer is no longer waiting for room in h100, because the window was closed or reloaded.",
    ]);
    expect(recorded.executed).toEqual([["companion.resumeWaiting", disconnected]]);
    expect(ids()).toEqual(["1"]);
  });

  it("is only reported if its time has passed", async () => {
    const left = roomWait({ until: new Date(observed - minute).toISOString() });
    const { ids } = await open([left]);
    expect(recorded.messages).toEqual([
      "trainer didn't wait for room in h100 until the time that you set, because the window was closed.",
    ]);
    expect(recorded.buttons).toEqual(["Choose Node Pool…"]);
    expect(ids()).toEqual([]);
  });

  it("of another environment is offered, too", async () => {
    const { store } = await open([roomWait({ environment: environment({ environmentId: "other" }) })]);
    expect(store.view.roomWait).toBeUndefined();
    expect(recorded.messages).toHaveLength(1);
  });

  it.each([
    ["in the sandbox", roomWait({ sandbox: true }), true],
    ["in a window that nobody sees", roomWait(), false],
  ])("%s isn't reported", async (_, wait, isSeen) => {
    await open([wait], { isSeen });
    expect(recorded.messages).toEqual([]);
  });

  it("is dropped once its environment is in another state, but not by choosing another environment", async () => {
    const { store, ids } = await open([roomWait()]);
    store.dispatch({ type: "selected", environment: environment({ environmentId: "other" }) });
    expect(ids()).toEqual(["1"]);
    store.dispatch({ type: "selected", environment: disconnected });
    store.dispatch({
      type: "waitingForRoom",
      environment: disconnected,
      wait: roomWait({ isStopped: true }),
    });
    store.dispatch({ type: "seen", environment: environment() });
    expect(ids()).toEqual([]);
  });
});
