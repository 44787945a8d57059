import { mkdtempSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { account, environment } from "../../../test/views.js";
import { RecordingLog, recorded } from "../../../test/vscode.js";
import type { App } from "../../app.js";
import { MaskedLog } from "../../log/maskedLog.js";
import { SecretMask } from "../../log/secretMask.js";
import { Awareness } from "../../state/awareness.js";
import { OpenTime } from "../../state/openTime.js";
import { Store } from "../../state/store.js";
import { Reporter } from "../../ui/report.js";
import { followLastWindow } from "./followLastWindow.js";

const hours = 3_600_000;

/** A machine on which VS Code was closed 14 hours ago while an environment was connected. */
function machine(): string {
  const storage = mkdtempSync(join(tmpdir(), "companion-last-window-"));
  new OpenTime(storage).begin(Date.now());
  const then = (Date.now() - 14 * hours) / 1_000;
  utimesSync(join(storage, "open-since"), then, then);
  return storage;
}

function open(storage: string) {
  const store = new Store();
  const mask = new SecretMask();
  const log = new MaskedLog(new RecordingLog() as never, mask);
  const awareness = new Awareness(storage, () => undefined);
  const remembered = environment({ observedAt: new Date(Date.now() - 14 * hours).toISOString() });
  store.dispatch({ type: "gateway", sandbox: false, selection: remembered, remembered });
  const presence = { proven: async () => true };
  const context = { globalStorageUri: { fsPath: storage } };
  const app = { context, store, log, awareness, presence, reporter: new Reporter(log, mask) };
  const window = followLastWindow(app as unknown as App);
  const confirm = (state: string) => {
    store.dispatch({ type: "server", state: "running" });
    store.dispatch({ type: "account", account });
    const observedAt = new Date().toISOString();
    store.dispatch({ type: "seen", environment: environment({ state, observedAt }) });
  };
  const fail = (code: number) =>
    store.dispatch({
      type: "problem",
      accountId: remembered.accountId,
      environmentId: remembered.environmentId,
      problem: { code, message: "It failed." } as never,
    });
  return { window, confirm, fail };
}

/** Lets timers run, and also the file system, which doesn't use them. */
async function wait(time: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(time);
  await new Promise((resolve) => setImmediate(resolve));
}

beforeEach(() => {
  recorded.messages.length = 0;
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
});
afterEach(() => void vi.useRealTimers());

describe("an environment that was connected when the last window was closed", () => {
  const said = "trainer was still connected 14 hours ago, before VS Code was closed.";

  it("is mentioned after a start if its state isn't confirmed soon, by one of the windows", async () => {
    const storage = machine();
    for (let count = 0; count < 2; count++) open(storage);
    await wait(29_000);
    expect(recorded.messages).toEqual([]);
    await wait(1_000);
    await vi.waitFor(() => expect(recorded.messages).toEqual([said]));
    open(storage); // another window, or a reload
    await wait(31_000);
    expect(recorded.messages).toEqual([said]);
    expect(recorded.buttons).toEqual(["Disconnect…", "Refresh"]);
  });

  it.each([
    ["CONNECTED", [said]],
    ["DISCONNECTED", []],
  ])("is mentioned at once or not at all if it's confirmed as %s", async (state, messages) => {
    const { confirm } = open(machine());
    await wait(100);
    confirm(state);
    await wait(100);
    await vi.waitFor(() => expect(recorded.messages).toEqual(messages));
  });

  it.each([
    ["the gateway can't be reached", 14, [said]],
    ["it no longer exists", 5, []],
  ])("is mentioned at once or not at all if %s", async (_, code, messages) => {
    const { fail } = open(machine());
    await wait(100);
    fail(code);
    await wait(100);
    await vi.waitFor(() => expect(recorded.messages).toEqual(messages));
  });

  it("isn't mentioned by a window that's closed again at once", async () => {
    open(machine()).window.dispose();
    await wait(31_000);
    expect(recorded.messages).toEqual([]);
  });
});
