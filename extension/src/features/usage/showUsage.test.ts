import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { group } from "../../../test/usage.js";
import { confirmed } from "../../../test/views.js";
import { RecordingLog, recorded, type WebviewPanel } from "../../../test/vscode.js";
import type { App } from "../../app.js";
import { MaskedLog } from "../../log/maskedLog.js";
import { SecretMask } from "../../log/secretMask.js";
import type { GetUsageParams, UsageInfo } from "../../protocol.g.js";
import { Reporter } from "../../ui/report.js";
import { Deferred } from "../../util/deferred.js";
import { InFlightCounter } from "../../util/inFlightCounter.js";
import { showUsage } from "./showUsage.js";

const answer = (groups = [group()]): UsageInfo => ({
  accountId: "acme",
  since: "2026-10-31T00:00:00Z",
  until: "2026-11-29T12:00:00Z",
  groups,
});

function harness() {
  const usage = vi.fn(async (_: GetUsageParams): Promise<UsageInfo> => answer());
  const ask = vi.fn(async (method: string, params: object) => (method === "getUsage" ? usage(params) : {}));
  const mask = new SecretMask();
  const app = {
    session: { ask, ensureReady: async () => undefined },
    server: { gateway: { url: "https://gateway.test", sandbox: false } },
    store: { view: confirmed() },
    reporter: new Reporter(new MaskedLog(new RecordingLog() as never, mask), mask),
    runningCommands: new InFlightCounter(),
  };
  return { app: app as unknown as App, server: app.server, ask, usage };
}

const panel = () => recorded.webviewPanels.at(-1) as WebviewPanel;
const last = () =>
  panel().posted.at(-1) as { parts: Record<"summary" | "details", string>; values: Record<string, string> };
const methods = (ask: { mock: { calls: unknown[][] } }) => ask.mock.calls.map(([method]) => method);

beforeEach(() => {
  recorded.webviewPanels.length = 0;
  recorded.messages.length = 0;
  recorded.executed.length = 0;
  recorded.written.clear();
  recorded.settings.clear();
  recorded.click = undefined;
  recorded.saveTarget = undefined;
  vi.useFakeTimers({ toFake: ["Date"], now: new Date(2026, 10, 29, 12) });
});

afterEach(() => {
  for (const open of recorded.webviewPanels) open.close();
  vi.useRealTimers();
});

describe("Show Usage", () => {
  it("opens one page, and shows it again with news", async () => {
    const { app, usage } = harness();
    await showUsage(app);
    expect(usage).toHaveBeenCalledWith({
      since: new Date(2026, 9, 31).toISOString(),
      groupBy: ["day", "environment", "nodePool"],
    });
    expect(panel()).toMatchObject({
      viewType: "companion.usage",
      title: "Companion Usage",
      options: { enableScripts: true, localResourceRoots: [] },
      revealed: 1,
    });
    usage.mockResolvedValue(answer([]));
    await showUsage(app);
    expect(recorded.webviewPanels).toHaveLength(1);
    expect(panel().revealed).toBe(2);
    expect(last().parts.summary).toContain("No connections");
  });

  it("opens another page after the first one was closed, with another nonce", async () => {
    const { app } = harness();
    await showUsage(app);
    const nonceOf = () => /nonce="([\w-]{22})"/.exec(panel().webview.html)?.[1];
    const first = nonceOf();
    panel().close();
    await showUsage(app);
    expect(recorded.webviewPanels).toHaveLength(2);
    expect(first).toBeDefined();
    expect(nonceOf()).toBeDefined();
    expect(nonceOf()).not.toBe(first);
  });

  it("tells a page that VS Code loads again what it shows, without a request", async () => {
    const { app, ask } = harness();
    await showUsage(app);
    const shown = last();
    panel().say({ type: "ready" });
    expect(last()).toEqual(shown);
    expect(shown.values).toEqual({ range: "30", groupBy: "environment" });
    expect(methods(ask)).toEqual(["getUsage"]);
  });

  it("asks for another range, and groups what it has", async () => {
    const { app, usage } = harness();
    await showUsage(app);
    panel().say({ type: "range", value: "7" });
    await vi.waitFor(() => expect(last().parts.summary).toContain("in the last 7 days"));
    expect(usage.mock.lastCall?.[0].since).toBe(new Date(2026, 10, 23).toISOString());
    panel().say({ type: "groupBy", value: "nodePool" });
    await vi.waitFor(() => expect(last().values).toEqual({ range: "7", groupBy: "nodePool" }));
    expect(last().parts.details).toContain("h100-8x");
    expect(usage).toHaveBeenCalledTimes(2);
  });

  it("ignores what it doesn't know", async () => {
    const { app, ask } = harness();
    await showUsage(app);
    const { length } = panel().posted;
    panel().say({ type: "range", value: "1000000" });
    panel().say("refresh");
    expect(panel().posted).toHaveLength(length);
    expect(ask).toHaveBeenCalledTimes(1);
  });

  it("shows only the last answer", async () => {
    const { app, usage } = harness();
    await showUsage(app);
    const slow = new Deferred();
    usage.mockReturnValueOnce(slow.promise.then(() => answer([])));
    panel().say({ type: "refresh" });
    panel().say({ type: "refresh" });
    await vi.waitFor(() => expect(usage).toHaveBeenCalledTimes(3));
    slow.resolve();
    await app.runningCommands.idle();
    expect(last().parts.summary).toContain("24 GPU-hours");
  });

  it("says that the history couldn't be read, and why", async () => {
    const { app, usage } = harness();
    await showUsage(app);
    usage.mockRejectedValueOnce(new Error("The disk is full."));
    panel().say({ type: "refresh" });
    await vi.waitFor(() => expect(recorded.messages.join()).toContain("The disk is full."));
    expect(last().parts).toEqual({
      summary: "<p>The history couldn&#39;t be read. Select Refresh to try again.</p>",
      details: "",
    });
  });

  it("doesn't draw a page that was closed meanwhile", async () => {
    const { app } = harness();
    const showing = showUsage(app);
    const closed = panel();
    closed.close();
    await showing;
    expect(closed.posted).toEqual([]);
  });

  it("opens the setting, and shows new rates at once", async () => {
    const { app } = harness();
    await showUsage(app);
    panel().say({ type: "setRates" });
    await vi.waitFor(() =>
      expect(recorded.executed).toContainEqual(["workbench.action.openSettings", "companion.rates"]),
    );
    recorded.settings.set("companion.rates", { "h100-8x": 2.5 });
    recorded.settingsChanged.fire({ affectsConfiguration: (id: string) => id === "companion.rates" });
    expect(last().parts.summary).toContain("≈ $60 at your rates");
  });
});

describe("Delete History…", () => {
  it.each<[sandbox: boolean, question: string]>([
    [false, "Delete the usage history of https://gateway.test?"],
    [true, "Delete the usage history of the sandbox?"],
  ])("asks first, and sends nothing on Cancel (sandbox: %s)", async (sandbox, question) => {
    const { app, server, ask } = harness();
    server.gateway.sandbox = sandbox;
    await showUsage(app);
    panel().say({ type: "deleteHistory" });
    await vi.waitFor(() => expect(recorded.messages).toEqual([question]));
    expect(recorded.modal).toMatchObject({ modal: true, detail: expect.stringContaining("can't undo") });
    expect(recorded.buttons).toEqual(["Delete"]);
    await app.runningCommands.idle();
    expect(methods(ask)).toEqual(["getUsage"]);
  });

  it("deletes, and shows what's left", async () => {
    const { app, ask, usage } = harness();
    await showUsage(app);
    recorded.click = "Delete";
    usage.mockResolvedValue(answer([]));
    panel().say({ type: "deleteHistory" });
    await vi.waitFor(() => expect(last().parts.summary).toContain("No connections"));
    expect(methods(ask)).toEqual(["getUsage", "clearUsage", "getUsage"]);
  });
});

describe("Export CSV…", () => {
  it("writes the connections of the range, and offers to open them", async () => {
    const { app, usage } = harness();
    await showUsage(app);
    const target = { fsPath: "/exports/usage.csv" };
    recorded.saveTarget = target;
    recorded.click = "Open";
    panel().say({ type: "export" });
    await vi.waitFor(() => expect(recorded.executed).toContainEqual(["vscode.open", target]));
    expect(usage.mock.lastCall?.[0]).toEqual({
      since: new Date(2026, 9, 31).toISOString(),
      groupBy: ["connection"],
    });
    expect(recorded.messages).toEqual(["Exported: /exports/usage.csv"]);
    const bytes = recorded.written.get(target) ?? new Uint8Array();
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(Buffer.from(bytes).toString()).toContain("\r\ntrainer,,h100-8x,p5.48xlarge,8,");
  });

  it("does nothing if no file is chosen", async () => {
    const { app, usage } = harness();
    await showUsage(app);
    panel().say({ type: "export" });
    await app.runningCommands.idle();
    expect(usage).toHaveBeenCalledTimes(1);
    expect(recorded.messages).toEqual([]);
  });
});
