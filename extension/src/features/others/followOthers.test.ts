import { beforeEach, describe, expect, it, vi } from "vitest";
import { account, environment } from "../../../test/views.js";
import { RecordingLog, recorded } from "../../../test/vscode.js";
import type { App } from "../../app.js";
import { MaskedLog } from "../../log/maskedLog.js";
import { SecretMask } from "../../log/secretMask.js";
import type { EnvironmentInfo } from "../../protocol.g.js";
import { EnvironmentViews } from "../../state/environmentViews.js";
import { HandledEnvironments } from "../../state/handledEnvironments.js";
import { Store } from "../../state/store.js";
import { Reporter } from "../../ui/report.js";
import { followOthers } from "./followOthers.js";

const said = "trainer is no longer connected.";
const other = { environmentId: "other" };

/** A window with a server and an account, whose user knows about no changes unless the test says so. */
function harness({ sandbox = false, isPresent = true } = {}) {
  const store = new Store();
  const environments = new EnvironmentViews(store);
  const mask = new SecretMask();
  const log = new MaskedLog(new RecordingLog() as never, mask);
  const awareness = {
    covers: vi.fn(() => false),
    tell: vi.fn(async (_: unknown, show: () => void) => show()),
  };
  const handledEnvironments = new HandledEnvironments();
  const memory = { recentEnvironments: () => [] };
  const presence = { proven: async () => isPresent };
  const reporter = new Reporter(log, mask);
  const app = { store, environments, log, awareness, handledEnvironments, memory, presence, reporter };
  store.dispatch({ type: "gateway", sandbox });
  followOthers(app as unknown as App);
  const start = () => {
    store.dispatch({ type: "server", state: "running" });
    store.dispatch({ type: "account", account });
  };
  const seen = async (state: string, more: Partial<EnvironmentInfo> = {}) => {
    const observedAt = new Date().toISOString();
    store.dispatch({ type: "seen", environment: environment({ state, observedAt, ...more }) });
    await new Promise(setImmediate);
  };
  start();
  const selected = environment({ state: "CONNECTED", observedAt: new Date().toISOString() });
  store.dispatch({ type: "selected", environment: selected });
  return { store, awareness, handledEnvironments, start, seen };
}

beforeEach(() => {
  recorded.messages.length = 0;
  recorded.executed.length = 0;
  recorded.click = undefined;
});

describe("an environment that is disconnected without the user", () => {
  it("is reported once, whatever states pass, and its button acts on it", async () => {
    const { seen } = harness();
    recorded.click = "Connect…";
    for (const state of ["CONNECTED", "DISCONNECTING", "DISCONNECTED", "DISCONNECTED"]) await seen(state);
    expect(recorded.messages).toEqual([said]);
    expect(recorded.executed).toEqual([
      ["companion.connect", expect.objectContaining({ environmentId: "trainer" })],
    ]);
  });

  it("is reported if it was missed during a restart of the server", async () => {
    const { store, start, seen } = harness();
    store.dispatch({ type: "server", state: "restarting" });
    start();
    await seen("DISCONNECTED");
    expect(recorded.messages).toEqual([said]);
  });

  it("is reported if it isn't selected, but the user's", async () => {
    const { seen } = harness();
    for (const createdBy of ["ada@example.com", "grace@example.com"])
      for (const state of ["CONNECTED", "DISCONNECTED"])
        await seen(state, { ...other, displayName: createdBy, createdBy });
    expect(recorded.messages).toEqual(["ada@example.com is no longer connected."]);
  });

  it("isn't reported by a window that nobody can see", async () => {
    await harness({ isPresent: false }).seen("DISCONNECTED");
    expect(recorded.messages).toEqual([]);
  });

  it("isn't reported in the sandbox", async () => {
    await harness({ sandbox: true }).seen("DISCONNECTED");
    expect(recorded.messages).toEqual([]);
  });

  it("isn't reported after another account was used", async () => {
    const { store, seen } = harness();
    store.dispatch({ type: "account", account: { ...account, accountId: "globex" } });
    store.dispatch({ type: "account", account });
    await seen("DISCONNECTED");
    expect(recorded.messages).toEqual([]);
  });
});

it("a change in this or another window of the user isn't reported", async () => {
  const { seen, awareness, handledEnvironments } = harness();
  await handledEnvironments.run([environment()], () => seen("DISCONNECTED"));
  await seen("CONNECTED");
  awareness.covers.mockReturnValueOnce(true);
  await seen("DISCONNECTED");
  expect(recorded.messages).toEqual([]);
});
