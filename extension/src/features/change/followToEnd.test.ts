import { beforeEach, describe, expect, it, vi } from "vitest";
import { account, environment } from "../../../test/views.js";
import { CancellationTokenSource, RecordingLog, recorded, window } from "../../../test/vscode.js";
import type { App } from "../../app.js";
import { MaskedLog } from "../../log/maskedLog.js";
import { SecretMask } from "../../log/secretMask.js";
import type { EnvironmentInfo, UnsettledChange } from "../../protocol.g.js";
import { Store } from "../../state/store.js";
import { Reporter } from "../../ui/report.js";
import { followToEnd, isUnfinished } from "./followToEnd.js";

const since = "2026-11-22T04:59:00Z";
const connection = { nodePoolId: "h100", numRanks: 8 };

/** The gateway's description now. */
const now = (state: string, more: Partial<EnvironmentInfo> = {}) =>
  environment({ state, connection, observedAt: new Date().toISOString(), ...more });

const shown: { title: string; messages: string[]; cancel(): void }[] = [];

/** A window after a reload, in which the gateway has just described the environment of an unsettled change. */
function harness(change: UnsettledChange["change"], state: string, more: Partial<EnvironmentInfo> = {}) {
  const store = new Store();
  const mask = new SecretMask();
  const reporter = new Reporter(new MaskedLog(new RecordingLog() as never, mask), mask);
  store.dispatch({ type: "server", state: "running" });
  store.dispatch({ type: "account", account });
  const described = now(state, more);
  store.dispatch({ type: "selected", environment: described });
  const unsettled = { accountId: "acme", environmentId: "trainer", change, since };
  const awareness = { end: async () => undefined };
  const app = { store, reporter, awareness } as unknown as App;
  const following = followToEnd(app, { unsettled, environment: described });
  const seen = (next: string, more: Partial<EnvironmentInfo> = {}) =>
    store.dispatch({ type: "seen", environment: now(next, more) });
  return { store, following, seen };
}

beforeEach(() => {
  recorded.messages.length = 0;
  shown.length = 0;
  vi.spyOn(window, "withProgress").mockImplementation((options, work) => {
    const source = new CancellationTokenSource();
    const messages: string[] = [];
    shown.push({ title: (options as { title: string }).title, messages, cancel: () => source.cancel() });
    return work({ report: ({ message }: { message: string }) => messages.push(message) }, source.token);
  });
});

describe("a change that an earlier process sent", () => {
  it("looks as if this one had sent it", async () => {
    const { following, seen } = harness("connect", "CONNECTING", { expectedSeconds: 40 });
    seen("CONNECTED");
    await following;
    expect(shown[0]?.title).toBe("Connecting trainer to h100");
    expect(shown[0]?.messages).toEqual([
      expect.stringMatching(/^Accepted, connecting since .+ \(usually about 40 s\)$/),
    ]);
    expect(recorded.messages).toEqual(["trainer is connected to h100."]);
  });

  it.each<[UnsettledChange["change"], string, string, Partial<EnvironmentInfo>, string]>([
    ["disconnect", "DISCONNECTING", "DISCONNECTED", {}, "trainer is disconnected."],
    ["connect", "RECONNECTING", "CONNECTED", {}, "trainer is connected to h100."],
    [
      "connect",
      "CONNECTING",
      "DISCONNECTED",
      { status: { code: "RESOURCE_EXHAUSTED", message: "No room." } },
      "Connecting trainer failed. State: Disconnected. No room.",
    ],
    [
      "connect",
      "RECONNECTING",
      "CONNECTED",
      { status: { code: "INTERNAL" } },
      "Connecting trainer failed. State: Connected.",
    ],
    [
      "disconnect",
      "DISCONNECTING",
      "CONNECTED",
      { status: { code: "INTERNAL", message: "The snapshot failed." } },
      "Disconnecting trainer failed. State: Connected. The snapshot failed.",
    ],
  ])("says how a %s from %s to %s ended: %j", async (change, before, after, more, text) => {
    const { following, seen } = harness(change, before);
    seen(after, more);
    await following;
    expect(recorded.messages).toEqual([text]);
  });

  it("can be left, which says what the gateway still does", async () => {
    const { following } = harness("connect", "CONNECTING");
    shown[0]?.cancel();
    await following;
    expect(recorded.messages.join()).toMatch(/^Stopped waiting\. trainer is still being connected/);
  });

  it("goes on while the gateway can't be reached, and claims no end", async () => {
    const { store, following, seen } = harness("connect", "CONNECTING");
    const problem = { code: 14, status: "UNAVAILABLE", message: "No route." };
    for (let n = 0; n < 2; n++)
      store.dispatch({ type: "problem", accountId: "acme", environmentId: "trainer", problem });
    expect(shown[0]?.messages.at(-1)).toMatch(/^No response from the gateway since .+, checking again$/);
    seen("CONNECTED");
    await following;
    expect(recorded.messages).toEqual(["trainer is connected to h100."]);
  });

  it("ends without a word if the window shows something else", async () => {
    const { store, following } = harness("connect", "CONNECTING");
    store.dispatch({ type: "selected", environment: undefined });
    await following;
    expect(recorded.messages).toEqual([]);
  });
});

it.each([
  ["CONNECTING", true],
  ["RECONNECTING", true],
  ["DISCONNECTING", true],
  ["CONNECTED", false],
  ["DISCONNECTED", false],
])("is unfinished in %s: %s", (state, expected) => {
  const { store } = harness("connect", state);
  const unsettled = { accountId: "acme", environmentId: "trainer", change: "connect", since } as const;
  expect(isUnfinished({ unsettled, environment: now(state) }, store.view)).toBe(expected);
  store.dispatch({ type: "selected", environment: undefined });
  expect(isUnfinished({ unsettled, environment: now(state) }, store.view)).toBe(false);
});
