import { beforeEach, describe, expect, it, vi } from "vitest";
import { mementoOf } from "../../../test/memento.js";
import { environment, roomWait } from "../../../test/views.js";
import { type QuickPick, RecordingLog, recorded } from "../../../test/vscode.js";
import type { App } from "../../app.js";
import { MaskedLog } from "../../log/maskedLog.js";
import { SecretMask } from "../../log/secretMask.js";
import type { ConnectPlan, EnvironmentInfo } from "../../protocol.g.js";
import type { RequestOptions } from "../../server/client.js";
import { EnvironmentViews } from "../../state/environmentViews.js";
import { HandledEnvironments } from "../../state/handledEnvironments.js";
import { LastFailure } from "../../state/lastFailure.js";
import { RoomWaits } from "../../state/roomWaits.js";
import { Store } from "../../state/store.js";
import { Reporter } from "../../ui/report.js";
import { InFlightCounter } from "../../util/inFlightCounter.js";
import { waitForRoom } from "./waitForRoom.js";

const disconnected = environment({ state: "DISCONNECTED" });
const connection = { nodePoolId: "h100", numRanks: 8 };
const plan: ConnectPlan = { environment: disconnected, nextStep: "confirm", risks: [], acceptedRisks: {} };
const until = "2026-11-22T05:30:00.000Z";
const lost = { code: -32097, message: "The connection is lost." };
const canceled = { code: -32800, message: "Stopped waiting.", data: { outcome: "notApplied" } };

/** A request to connect that the test answers. */
interface Sent {
  readonly params: object;
  readonly options: RequestOptions;
  readonly resolve: (environment: EnvironmentInfo) => void;
  readonly reject: (error: object) => void;
}

function harness() {
  const memento = mementoOf();
  const sent: Sent[] = [];
  const ask = async (method: string, params: object, options: RequestOptions) => {
    if (method === "getEnvironment") return disconnected;
    return new Promise<EnvironmentInfo>((resolve, reject) => sent.push({ params, options, resolve, reject }));
  };
  const store = new Store();
  store.dispatch({ type: "server", state: "running" });
  store.dispatch({ type: "selected", environment: disconnected });
  const mask = new SecretMask();
  const begin = vi.fn(async () => undefined);
  const app = {
    globalState: memento,
    session: {
      ask,
      select: (selected: EnvironmentInfo) => store.dispatch({ type: "selected", environment: selected }),
    },
    server: { recovered: async () => undefined },
    log: { error: vi.fn() },
    memory: { sandbox: false, setLastConnection: async () => undefined },
    store,
    reporter: new Reporter(new MaskedLog(new RecordingLog() as never, mask), mask),
    runningChanges: new InFlightCounter(),
    runningCommands: new InFlightCounter(),
    handledEnvironments: new HandledEnvironments(),
    awareness: { begin, end: async () => undefined },
    environments: new EnvironmentViews(store),
    lastFailure: new LastFailure(),
    roomWaits: new RoomWaits(memento, vi.fn()),
  } as unknown as App;
  const wait = (end?: string) => waitForRoom(app, { plan, connection, end: "none" }, end);
  const started = async (end = until) => {
    const ended = wait(end);
    await vi.waitFor(() => expect(sent.length).toBeGreaterThan(0));
    const { options, ...answer } = sent.at(-1) as Sent;
    const report = (stage: string) => options.onProgress?.({ kind: "report", stage } as never);
    return { ended, ...answer, report, token: options.token };
  };
  const shown = () => store.view.roomWait;
  const keptIds = () => app.roomWaits.all.map(({ id }) => id);
  return { app, store, sent, begin, wait, started, shown, keptIds };
}

beforeEach(() => {
  recorded.messages.length = 0;
  recorded.buttons = [];
  recorded.click = undefined;
});

describe("waiting for room", () => {
  it("sends one connect with the time, and shows and keeps it as long as nothing is sent", async () => {
    const test = harness();
    const { ended, resolve, params, report } = await test.started();
    expect(params).toEqual({
      accountId: "acme",
      environmentId: "trainer",
      connection,
      waitForCapacity: { until },
    });
    expect(test.shown()).toMatchObject({ ...roomWait(), id: expect.any(String), environment: disconnected });
    expect(test.keptIds()).toHaveLength(1);
    report("waitingForRoom");
    report("unconfirmed");
    expect(test.shown()?.isStopped).toBe(false);
    const before = test.begin.mock.calls.length;
    report("looking");
    expect([test.shown(), test.keptIds()]).toEqual([undefined, []]);
    expect(test.begin, "other windows don't report this connect").toHaveBeenCalledTimes(before + 1);
    report("waitingForRoom");
    expect(test.shown(), "the gateway has rejected it").toBeDefined();
    report("accepted");
    resolve(environment({ connection }));
    await ended;
    expect(recorded.messages).toEqual(["trainer is connected to h100."]);
    expect([test.sent.length, test.shown(), test.keptIds()]).toEqual([1, undefined, []]);
  });

  it("asks how long to wait, and waits for an hour by default", async () => {
    const test = harness();
    const ended = test.wait();
    const picker = recorded.quickPicks.at(-1) as QuickPick;
    expect(picker.items.map(({ label }) => label)).toEqual([
      "Companion waits only while VS Code is running on this computer",
      "For 1 h",
      "For 2 h",
      "For 4 h",
      "For 8 h",
    ]);
    const now = Date.now();
    picker.accept();
    await vi.waitFor(() => expect(test.sent).toHaveLength(1));
    const { waitForCapacity } = (test.sent[0] as Sent).params as { waitForCapacity: { until: string } };
    const left = Date.parse(waitForCapacity.until) - now;
    expect(left).toBeGreaterThanOrEqual(3_600_000);
    expect(left).toBeLessThan(3_660_000);
    test.sent[0]?.resolve(environment({ connection }));
    await ended;
  });

  it("sends nothing if the user doesn't say how long", async () => {
    const test = harness();
    const ended = test.wait();
    (recorded.quickPicks.at(-1) as QuickPick).hide();
    await ended;
    expect([test.sent, test.shown()]).toEqual([[], undefined]);
  });

  it("can be stopped", async () => {
    const test = harness();
    const { ended, reject, token } = await test.started();
    test.app.roomWaits.onStop.fire("another one");
    expect(token?.isCancellationRequested).toBe(false);
    test.app.roomWaits.onStop.fire(test.shown()?.id ?? "");
    expect(token?.isCancellationRequested).toBe(true);
    reject(canceled);
    await ended;
    expect(recorded.messages).toEqual([
      "Canceled before the gateway accepted anything. trainer wasn't changed.",
    ]);
    expect([test.shown(), test.keptIds()]).toEqual([undefined, []]);
  });

  it("offers to wait again if there was no room in time", async () => {
    const test = harness();
    const { ended, reject } = await test.started();
    const data = { outcome: "notApplied", actions: ["tryAgain", "chooseNodePool", "waitForRoom"] };
    reject({ code: 8, message: "h100 had no room in time. Nothing was sent.", data });
    await ended;
    expect(recorded.messages).toEqual(["h100 had no room in time. Nothing was sent."]);
    expect(recorded.buttons).toEqual(["Choose Another…", "Wait for Room…", "Show Log"]);
    expect([test.shown(), test.keptIds()]).toEqual([undefined, []]);
  });

  it("can be resumed if the window closes", async () => {
    const test = harness();
    const { ended, reject } = await test.started();
    reject(canceled); // by the server, which shuts down
    await ended;
    expect(test.keptIds()).toHaveLength(1);
  });

  it("can be resumed if the server is lost while nothing is being sent", async () => {
    const test = harness();
    const { ended, reject } = await test.started();
    test.store.dispatch({ type: "server", state: "restarting" });
    reject(lost);
    await ended;
    expect(recorded.messages).toEqual([
      "Companion's server stopped, so trainer is no longer waiting for room in h100. Current state: Disconnected.",
    ]);
    expect(recorded.buttons).toEqual(["Resume Waiting for Room", "Show Log"]);
    expect(test.shown()?.isStopped).toBe(true);
    expect(test.keptIds()).toHaveLength(1);
  });

  it("can't be resumed if the server is lost while the connect is being sent", async () => {
    const test = harness();
    const { ended, reject, report } = await test.started();
    report("requested");
    reject(lost);
    await ended;
    expect(recorded.messages[0]).toMatch(/^Companion's server stopped while trainer was being connected/);
    expect(test.keptIds()).toEqual([]);
  });

  it("replaces an earlier wait, whose end doesn't hide it", async () => {
    const test = harness();
    const first = await test.started();
    const second = await test.started("2026-11-22T06:00:00.000Z");
    first.reject({ code: 10, message: "Stopped waiting.", data: { outcome: "notApplied" } });
    await first.ended;
    expect(test.shown()?.until).toBe("2026-11-22T06:00:00.000Z");
    expect(test.keptIds()).toEqual([test.shown()?.id]);
    second.resolve(environment({ connection }));
    await second.ended;
    expect(test.keptIds()).toEqual([]);
  });

  it("is shown again when the user comes back to its environment", async () => {
    const test = harness();
    const { ended, resolve } = await test.started();
    const id = test.shown()?.id;
    test.store.dispatch({ type: "selected", environment: environment({ environmentId: "other" }) });
    expect(test.shown()).toBeUndefined();
    test.store.dispatch({ type: "selected", environment: disconnected });
    expect(test.shown()?.id).toBe(id);
    resolve(environment({ connection }));
    await ended;
  });
});
