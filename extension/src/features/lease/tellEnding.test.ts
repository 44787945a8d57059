import { beforeEach, describe, expect, it, vi } from "vitest";
import { environment } from "../../../test/views.js";
import { RecordingLog, recorded } from "../../../test/vscode.js";
import type { App } from "../../app.js";
import { MaskedLog } from "../../log/maskedLog.js";
import { SecretMask } from "../../log/secretMask.js";
import type { LeaseInfo } from "../../protocol.g.js";
import { Reporter } from "../../ui/report.js";
import { InFlightCounter } from "../../util/inFlightCounter.js";
import { timesIn } from "../../util/times.js";
import { tellEnding } from "./tellEnding.js";

vi.mock("../disconnect/findLosses.js", () => ({
  findLosses: () => ({ unsaved: [], tasks: ["train"], debugSessions: [], notebooks: [], terminals: [] }),
}));

const until = new Date(2026, 10, 28, 18, 30).toISOString();
const ending = { accountId: "acme", environmentId: "trainer", environment: environment(), until };
const time = timesIn("en").short(until);

function harness(lease: LeaseInfo | null = null) {
  const ask = vi.fn(async () => ({ lease }));
  const mask = new SecretMask();
  const app = {
    session: { ask },
    reporter: new Reporter(new MaskedLog(new RecordingLog() as never, mask), mask),
    runningCommands: new InFlightCounter(),
  } as unknown as App;
  return { app, ask };
}

beforeEach(() => {
  recorded.messages.length = 0;
  recorded.click = undefined;
  vi.useFakeTimers({ toFake: ["Date"], now: new Date(2026, 10, 28, 18, 20) });
  return () => void vi.useRealTimers();
});

describe("an end that comes soon", () => {
  it("is told with what the user would lose, and what they can do", async () => {
    const { app, ask } = harness();
    await tellEnding(app, ending);
    expect(recorded.messages).toEqual([
      `trainer will be disconnected in 10 minutes (${time}). Running tasks: train.`,
    ]);
    expect(recorded.buttons).toEqual(["Extend 1 h", "Set End…", "Disconnect…", "Keep Connected"]);
    expect(ask).not.toHaveBeenCalled();
  });

  it("is told in words when it's due", async () => {
    vi.setSystemTime(new Date(2026, 10, 28, 18, 28, 45));
    await tellEnding(harness().app, ending);
    expect(recorded.messages[0]).toContain(`trainer will be disconnected in a minute (${time}).`);
  });

  it.each<[button: string, sent: object | null, kept: LeaseInfo | null, said: string]>([
    [
      "Extend 1 h",
      { durationSeconds: 3_600 },
      { until, keptBy: ["vscode"] },
      `trainer ends ${time}, if VS Code is running then.`,
    ],
    ["Keep Connected", null, null, "trainer stays connected until you disconnect it."],
  ])("%s sets another end, and says what's promised", async (button, lease, kept, said) => {
    recorded.click = button;
    const { app, ask } = harness(kept);
    await tellEnding(app, ending);
    await vi.waitFor(() => expect(recorded.messages).toHaveLength(2));
    expect(ask).toHaveBeenCalledWith("setLease", { accountId: "acme", environmentId: "trainer", lease });
    expect(recorded.messages[1]).toBe(said);
  });
});
