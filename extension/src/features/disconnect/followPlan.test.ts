import { beforeEach, describe, expect, it, vi } from "vitest";
import { account, environment } from "../../../test/views.js";
import { RecordingLog, recorded } from "../../../test/vscode.js";
import type { App } from "../../app.js";
import { MaskedLog } from "../../log/maskedLog.js";
import { SecretMask } from "../../log/secretMask.js";
import type { EnvironmentInfo } from "../../protocol.g.js";
import { HandledEnvironments } from "../../state/handledEnvironments.js";
import { Store } from "../../state/store.js";
import { Reporter } from "../../ui/report.js";
import { InFlightCounter } from "../../util/inFlightCounter.js";
import { followPlan } from "./followPlan.js";

const trainer = { accountId: "acme", environmentId: "trainer" };
const failure = { code: "RESOURCE_EXHAUSTED", message: "No room." };

/** The gateway's description now. */
const now = (state: string, more: Partial<EnvironmentInfo> = {}) => {
  const time = new Date().toISOString();
  return environment({ state, observedAt: time, stateSince: time, ...more });
};

/** A window in which a disconnect is planned while its environment is being connected. */
function harness() {
  const store = new Store();
  const mask = new SecretMask();
  const log = new MaskedLog(new RecordingLog() as never, mask);
  const handledEnvironments = new HandledEnvironments();
  const app = {
    store,
    handledEnvironments,
    runningCommands: new InFlightCounter(),
    reporter: new Reporter(log, mask),
  };
  const carryOut = vi.fn(async () =>
    store.dispatch({ type: "disconnectPlanned", environment: trainer, plan: undefined }),
  );
  followPlan(app as unknown as App, carryOut);
  const seen = (state: string, more: Partial<EnvironmentInfo> = {}) =>
    store.dispatch({ type: "seen", environment: now(state, more) });
  store.dispatch({ type: "server", state: "running" });
  store.dispatch({ type: "account", account });
  store.dispatch({ type: "selected", environment: now("CONNECTING") });
  store.dispatch({ type: "disconnectPlanned", environment: trainer, plan: { isUnwatched: false } });
  return { store, seen, carryOut, handledEnvironments };
}

beforeEach(() => {
  recorded.messages.length = 0;
});

describe("a planned disconnect", () => {
  it("is carried out once, when the environment is connected", async () => {
    const { seen, carryOut } = harness();
    seen("CONNECTING");
    expect(carryOut).not.toHaveBeenCalled();
    seen("CONNECTED");
    seen("CONNECTED");
    await vi.waitFor(() => expect(carryOut).toHaveBeenCalledOnce());
    seen("CONNECTED");
    await Promise.resolve();
    expect(carryOut).toHaveBeenCalledOnce();
    expect(recorded.messages).toEqual([]);
  });

  it("waits for the connect that this window sent", async () => {
    const { seen, carryOut, handledEnvironments } = harness();
    let end = () => {};
    const connecting = handledEnvironments.run([trainer], () => new Promise((resolve) => (end = resolve)));
    seen("CONNECTED");
    await new Promise(setImmediate);
    expect(carryOut).not.toHaveBeenCalled();
    end();
    await connecting;
    await vi.waitFor(() => expect(carryOut).toHaveBeenCalledOnce());
  });

  it("isn't carried out if it was canceled meanwhile", async () => {
    const { store, seen, carryOut, handledEnvironments } = harness();
    await handledEnvironments.run([trainer], async () => {
      seen("CONNECTED");
      store.dispatch({ type: "disconnectPlanned", environment: trainer, plan: undefined });
    });
    await new Promise(setImmediate);
    expect(carryOut).not.toHaveBeenCalled();
    expect(recorded.messages).toEqual([]);
  });

  it.each<[string, Partial<EnvironmentInfo>, RegExp | undefined]>([
    ["DISCONNECTED", { status: failure }, undefined],
    ["DELETING", {}, undefined],
    ["CONNECTED", { status: failure }, /Reconnecting trainer failed, so it wasn't disconnected/],
  ])("is dropped, with a message if it still costs money: %s %j", async (state, more, said) => {
    const { store, seen, carryOut } = harness();
    seen(state, more);
    await new Promise(setImmediate);
    expect(carryOut).not.toHaveBeenCalled();
    expect(store.view.plannedDisconnect).toBeUndefined();
    expect(recorded.messages.join()).toMatch(said ?? /^$/);
  });

  it("is dropped with a message if another environment is selected", () => {
    const { store } = harness();
    store.dispatch({ type: "selected", environment: { ...now("CONNECTED"), environmentId: "night" } });
    expect(store.view.plannedDisconnect).toBeUndefined();
    expect(recorded.messages.join()).toMatch(/trainer won't be disconnected once it's connected/);
  });
});
