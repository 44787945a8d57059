import { beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { confirmed, environment, roomWait } from "../../../test/views.js";
import { RecordingLog, recorded } from "../../../test/vscode.js";
import type { App } from "../../app.js";
import { MaskedLog } from "../../log/maskedLog.js";
import { SecretMask } from "../../log/secretMask.js";
import type { ConnectPlan } from "../../protocol.g.js";
import { HandledEnvironments } from "../../state/handledEnvironments.js";
import { LastFailure } from "../../state/lastFailure.js";
import type { LastConnection } from "../../state/memory.js";
import { type RoomWait, RoomWaits } from "../../state/roomWaits.js";
import { Reporter } from "../../ui/report.js";
import { InFlightCounter } from "../../util/inFlightCounter.js";
import { KeyedLock } from "../../util/keyedLock.js";
import { Signal } from "../../util/signal.js";
import { showLastFailure } from "../change/showLastFailure.js";
import { planAndConnect } from "./planAndConnect.js";

const disconnected = environment({ state: "DISCONNECTED" });
const connection = { nodePoolId: "h100", numRanks: 8 };
const acceptedRisks = { zones: { volume: "us-east-1a", nodePool: "us-west-2b" } };
const risks: ConnectPlan["risks"] = [
  { kind: "scaleUp", message: "Only 2 ranks free now." },
  { kind: "otherZone", message: "Its volume is elsewhere." },
];

interface Case {
  readonly plan?: Partial<ConnectPlan>;
  readonly last?: LastConnection;
  /** How the connect fails. */
  readonly failure?: object;
}

function harness({ plan, last, failure }: Case = {}) {
  const ask = vi.fn(async (method: string, _: unknown) => {
    if (method === "planConnect")
      return { environment: disconnected, nextStep: "connect", risks: [], acceptedRisks, ...plan };
    if (failure) throw failure;
    return environment({ connection });
  });
  const mask = new SecretMask();
  const setLastConnection = vi.fn(async () => undefined);
  const app = {
    globalState: { get: () => undefined },
    session: { ask, select: vi.fn() },
    memory: { lastConnection: () => last, setLastConnection, sandbox: false },
    roomWaits: new RoomWaits({ get: () => undefined, update: async () => undefined }, vi.fn()),
    store: { view: confirmed(disconnected), dispatch: vi.fn(), onChange: new Signal() },
    reporter: new Reporter(new MaskedLog(new RecordingLog() as never, mask), mask),
    runningChanges: new InFlightCounter(),
    runningCommands: new InFlightCounter(),
    connectLock: new KeyedLock(),
    handledEnvironments: new HandledEnvironments(),
    awareness: { begin: async () => undefined, end: async () => undefined },
    environments: { viewOf: () => undefined },
    lastFailure: new LastFailure(),
  } as unknown as App;
  const run = (to: Partial<LastConnection> = {}, resumed?: RoomWait) =>
    planAndConnect(app, disconnected, { ...connection, ...to }, to.end ?? "none", resumed);
  const asked = () => ask.mock.calls.map(([method, params]) => [method, params]);
  return { app, run, asked, setLastConnection };
}

const planned = ["planConnect", { accountId: "acme", environmentId: "trainer", connection }];
const sent = ["connect", { accountId: "acme", environmentId: "trainer", connection }];

beforeEach(() => {
  recorded.messages.length = 0;
  recorded.buttons = [];
  recorded.click = undefined;
});

describe("planAndConnect", () => {
  it("connects at once if there's nothing to confirm, and remembers it once it's connected", async () => {
    const test = harness();
    await test.run();
    expect(test.asked()).toEqual([planned, sent]);
    expect(recorded.messages).toEqual(["trainer is connected to h100."]);
    expect(test.setLastConnection.mock.calls).toEqual([
      [disconnected, { ...connection, acceptedRisks, end: "none" }],
    ]);
  });

  it.each([
    ["a duration", { durationSeconds: 7_200 }, { durationSeconds: 7_200 }, "ends after 2 h"],
    [
      "a time",
      { timeOfDay: "18:30" },
      { until: new Date(2026, 10, 28, 18, 30).toISOString() },
      "ends at 18:30",
    ],
  ])("shows, sends, and remembers an end: %s", async (_, end, lease, text) => {
    vi.useFakeTimers({ toFake: ["Date"], now: new Date(2026, 10, 28, 18, 0) });
    onTestFinished(() => void vi.useRealTimers());
    recorded.click = "Connect";
    const test = harness({ plan: { nextStep: "confirm", risks } });
    await test.run({ end });
    expect(recorded.messages[0]).toBe(`trainer → h100, 8 ranks, ${text}`);
    expect(test.asked()).toEqual([planned, ["connect", { ...(sent[1] as object), lease }]]);
    expect(test.setLastConnection.mock.calls).toEqual([
      [disconnected, { ...connection, acceptedRisks, end }],
    ]);
  });

  it("passes on what the user accepted, but requests only what was set", async () => {
    const test = harness({ last: { ...connection, acceptedRisks, end: "none" } });
    await test.run({ useLocalStorage: false, acceptedRisks });
    expect(test.asked()).toEqual([
      ["planConnect", { accountId: "acme", environmentId: "trainer", connection, acceptedRisks }],
      sent,
    ]);
  });

  it.each<[string, ConnectPlan["environment"]]>([
    ["Connect", disconnected],
    ["Reconnect", environment()],
  ])("shows the risks in order, and %s isn't the default", async (button, now) => {
    const test = harness({ plan: { nextStep: "confirm", environment: now, risks } });
    expect(await test.run()).toBeUndefined();
    expect(recorded.messages).toEqual(["trainer → h100, 8 ranks"]);
    expect(recorded.modal).toEqual({
      modal: true,
      detail: "Only 2 ranks free now.\n\nIts volume is elsewhere.",
    });
    expect(recorded.buttons).toEqual(["Choose Again…", button]);
    expect(test.asked(), "the dialog was canceled").toEqual([planned]);
  });

  describe("if there's no room now", () => {
    const scaleUp = { nodePoolId: "h100", numRanks: 8 };
    const plan = { nextStep: "confirm", risks, acceptedRisks: { scaleUp } } as const;
    const wait = roomWait({ environment: disconnected, connection });
    const waited = (until: string) => [
      planned,
      ["connect", { ...(sent[1] as object), waitForCapacity: { until } }],
    ];

    it("offers to wait, which isn't the default, and asks how long", async () => {
      recorded.click = "Wait for Room…";
      const test = harness({ plan });
      const run = test.run();
      await vi.waitFor(() => expect(recorded.quickPicks.at(-1)?.items).toHaveLength(5));
      expect(recorded.buttons).toEqual(["Choose Again…", "Wait for Room…", "Connect"]);
      expect(test.asked(), "nothing is sent yet").toEqual([planned]);
      recorded.click = undefined;
      await test.run();
      expect(test.asked(), "another connect can be planned in the meantime").toEqual([planned, planned]);
      recorded.quickPicks.at(-1)?.hide();
      await run;
    });

    it("offers to wait for room in a node pool that's fully booked, too", async () => {
      const full: ConnectPlan["risks"] = [
        { kind: "exceedsMaximum", message: "h100 has at most 2 ranks free." },
      ];
      await harness({ plan: { nextStep: "confirm", risks: full, acceptedRisks: {} } }).run();
      expect(recorded.buttons).toEqual(["Choose Again…", "Wait for Room…", "Connect"]);
    });

    it("goes on with an earlier wait without a question if nothing has changed", async () => {
      const test = harness({ plan });
      await test.run({}, wait);
      expect(test.asked()).toEqual(waited(wait.until));
    });

    it.each<[string, Partial<ConnectPlan>]>([
      ["its state", { environment: environment() }],
      ["its time of change", { environment: { ...disconnected, updateTime: "2026-11-22T05:01:00Z" } }],
      ["what the user must confirm", { acceptedRisks: {}, risks: risks.slice(1) }],
    ])(
      "asks again before it goes on with an earlier wait if something has changed: %s",
      async (_, change) => {
        const test = harness({ plan: { ...plan, ...change } });
        await test.run({}, wait);
        expect(recorded.messages).toEqual(["trainer → h100, 8 ranks"]);
        expect(test.asked()).toEqual([planned]);
      },
    );
  });

  it("connects if the user confirms the risks", async () => {
    recorded.click = "Connect";
    const test = harness({ plan: { nextStep: "confirm", risks } });
    await test.run();
    expect(test.asked()).toEqual([planned, sent]);
  });

  it.each<[string, Partial<ConnectPlan>, string]>([
    ["if the user prefers that to the risks", { nextStep: "confirm", risks }, "trainer → h100, 8 ranks"],
    [
      "if it isn't possible",
      { nextStep: "choose", reason: "h100 no longer exists." },
      "trainer can't be connected to h100.",
    ],
  ])("leads to another choice %s", async (_, plan, message) => {
    recorded.click = "Choose Again…";
    const test = harness({ plan });
    expect(await test.run()).toBe("choose");
    expect([test.asked(), recorded.messages]).toEqual([[planned], [message]]);
  });

  it("sends nothing if it's already connected this way", async () => {
    const test = harness({ plan: { nextStep: "nothing" } });
    await test.run();
    expect([test.asked(), recorded.messages]).toEqual([
      [planned],
      ["Already connected: trainer → h100, 8 ranks."],
    ]);
  });

  it.each(["notApplied", "unknown"])("remembers nothing if the outcome is %s", async (outcome) => {
    const test = harness({ failure: { code: 14, message: "No.", data: { outcome } } });
    await test.run();
    expect(test.setLastConnection).not.toHaveBeenCalled();
  });

  it("keeps a failure and its buttons reachable after its notification is closed", async () => {
    const data = { outcome: "notApplied", actions: ["tryAgain"] };
    const test = harness({ failure: { code: 14, message: "No.", data } });
    await test.run();
    expect(test.app.store.dispatch).toHaveBeenLastCalledWith({
      type: "changeFailed",
      environment: disconnected,
      message: "No.",
    });
    await showLastFailure(test.app);
    expect(recorded.messages).toEqual(["No.", "No."]);
    expect(recorded.buttons).toEqual(["Try Again", "Show Log"]);
  });

  it("plans and connects an environment once at a time", async () => {
    const test = harness();
    await Promise.all([test.run(), test.run()]);
    expect(test.asked()).toEqual([planned, sent]);
    expect(recorded.messages).toContain("trainer is already being connected.");
  });
});
