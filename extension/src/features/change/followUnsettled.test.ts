import { beforeEach, describe, expect, it, vi } from "vitest";
import { account, environment } from "../../../test/views.js";
import { RecordingLog, recorded } from "../../../test/vscode.js";
import type { App } from "../../app.js";
import { MaskedLog } from "../../log/maskedLog.js";
import { SecretMask } from "../../log/secretMask.js";
import type { AccountInfo, UnsettledChange } from "../../protocol.g.js";
import type { ServerState } from "../../server/server.js";
import { HandledEnvironments } from "../../state/handledEnvironments.js";
import { Store } from "../../state/store.js";
import { Reporter } from "../../ui/report.js";
import { Signal } from "../../util/signal.js";
import { followUnsettled } from "./followUnsettled.js";

const trainer = { accountId: "acme", environmentId: "trainer" };
const left: UnsettledChange = { ...trainer, change: "connect", since: "2026-11-22T05:00:00Z" };
const message =
  "VS Code or Companion closed while trainer was being connected. Current state: Connecting. The request wasn't sent again.";

/** A window whose server reports unsettled changes, and whose gateway responds as the test says. */
function harness(answer: () => unknown = () => environment({ state: "CONNECTING" })) {
  const ask = vi.fn(async () => answer());
  const log = new RecordingLog();
  const mask = new SecretMask();
  const masked = new MaskedLog(log as never, mask);
  const server = { onState: new Signal<ServerState>(), unsettled: [left] };
  const store = new Store();
  const handledEnvironments = new HandledEnvironments();
  const workbench = { answer: Promise.resolve(true) };
  const app = {
    presence: { proven: () => workbench.answer },
    server,
    store,
    handledEnvironments,
    awareness: { end: async () => undefined },
    log: masked,
    reporter: new Reporter(masked, mask),
    session: { ask },
  };
  followUnsettled(app as unknown as App);
  const settled = () => vi.waitFor(() => expect(handledEnvironments.has(trainer)).toBe(false));
  return {
    ask,
    log,
    handledEnvironments,
    settled,
    workbench,
    server: (state: ServerState) => {
      server.onState.fire(state);
      store.dispatch({ type: "server", state });
    },
    account: (inUse: AccountInfo | null) => store.dispatch({ type: "account", account: inUse }),
  };
}

beforeEach(() => {
  recorded.messages.length = 0;
});

describe("changes that an earlier server didn't finish", () => {
  it("are checked once there's an account, and reported once", async () => {
    const test = harness();
    test.server("running");
    test.account(null);
    expect(test.ask).not.toHaveBeenCalled();
    test.account(account);
    test.account(account);
    await test.settled();
    expect(test.ask.mock.calls).toEqual([["getEnvironment", trainer]]);
    expect(recorded.messages).toEqual([message]);
  });

  it("are left to the part that handles them", async () => {
    const test = harness();
    await test.handledEnvironments.run([trainer], async () => {
      test.server("running");
      test.account(account);
    });
    test.account(account);
    await test.settled();
    expect([test.ask.mock.calls, recorded.messages]).toEqual([[], []]);
  });

  it("are reported once if the server ends during the check", async () => {
    let reply = (_: unknown) => {};
    const test = harness(() => new Promise((resolve) => (reply = resolve)));
    test.server("running");
    test.account(account);
    for (const state of ["restarting", "running"] as const) test.server(state);
    test.account(account);
    await vi.waitFor(() => expect(test.ask).toHaveBeenCalled());
    reply(environment({ state: "CONNECTING" }));
    await test.settled();
    expect(recorded.messages).toEqual([message]);
  });

  it("aren't checked or reported by a lost window until it responds", async () => {
    const test = harness();
    let answer = (_: boolean) => {};
    test.workbench.answer = new Promise((resolve) => (answer = resolve));
    test.server("running");
    test.account(account);
    await Promise.resolve();
    expect(test.ask).not.toHaveBeenCalled();
    answer(true);
    await test.settled();
    expect(recorded.messages).toEqual([message]);
  });

  it("are only logged if the gateway can't be reached, until the next start", async () => {
    let up = false;
    const test = harness(() => {
      if (up) return environment({ state: "CONNECTING" });
      throw Object.assign(new Error("No route."), { code: 14 });
    });
    test.server("running");
    test.account(account);
    await test.settled();
    expect(recorded.messages).toEqual([]);
    expect(test.log.text).toContain("No route.");
    up = true;
    for (const state of ["restarting", "running"] as const) test.server(state);
    test.account(account);
    await test.settled();
    expect(recorded.messages).toEqual([message]);
  });

  it("are reported as not found if the environment no longer exists", async () => {
    const test = harness(() => {
      throw Object.assign(new Error("There is none."), { code: 5 });
    });
    test.server("running");
    test.account(account);
    await test.settled();
    expect(recorded.messages).toEqual([message.replace("Connecting", "Not Found")]);
  });
});
