import { beforeEach, expect, it, vi } from "vitest";
import { environment } from "../../../test/views.js";
import { RecordingLog, recorded } from "../../../test/vscode.js";
import type { App } from "../../app.js";
import { MaskedLog } from "../../log/maskedLog.js";
import { SecretMask } from "../../log/secretMask.js";
import { Reporter } from "../../ui/report.js";
import { timesIn } from "../../util/times.js";
import { findLosses } from "../disconnect/findLosses.js";
import type { Losses } from "../disconnect/losses.js";
import { extendIfBusy } from "./extendIfBusy.js";

vi.mock("../disconnect/findLosses.js", () => ({ findLosses: vi.fn() }));

const nothing: Losses = { unsaved: [], tasks: [], debugSessions: [], notebooks: [], terminals: [] };
const until = Date.UTC(2026, 10, 28, 18, 30);
const latest = Date.UTC(2026, 10, 28, 20, 0);
const time = (milliseconds: number) => timesIn("en").short(new Date(milliseconds).toISOString());

async function extend(losses: Partial<Losses>) {
  vi.mocked(findLosses).mockReturnValue({ ...nothing, ...losses });
  const ask = vi.fn(async () => undefined);
  const mask = new SecretMask();
  const reporter = new Reporter(new MaskedLog(new RecordingLog() as never, mask), mask);
  const app = { session: { ask }, reporter } as unknown as App;
  const extended = { environment: "acme/trainer", chosen: until, until };
  return { ask, isExtended: await extendIfBusy(app, environment(), extended, latest) };
}

beforeEach(() => {
  recorded.messages.length = 0;
});

it.each<[Partial<Losses>, string]>([
  [{ tasks: ["train"], terminals: ["zsh"] }, "Running tasks: train."],
  [{ debugSessions: ["debug"] }, "Debug sessions: debug."],
  [
    {
      notebooks: [
        { name: "a.ipynb", isRunning: true },
        { name: "b.ipynb", isRunning: false },
      ],
    },
    "Open notebooks: a.ipynb (a cell is running).",
  ],
])("extends the end for %j, and says why", async (losses, why) => {
  const { ask, isExtended } = await extend(losses);
  expect(isExtended).toBe(true);
  expect(ask).toHaveBeenCalledExactlyOnceWith("setLease", {
    accountId: "acme",
    environmentId: "trainer",
    lease: { until: "2026-11-28T18:30:00.000Z" },
  });
  expect(recorded.messages).toEqual([
    `trainer now ends ${time(until)}, because work is running in this window. ` +
      `It's extended until ${time(latest)} at the latest. ${why}`,
  ]);
});

it.each<Partial<Losses>>([
  {},
  { terminals: ["zsh"], unsaved: ["a.py"], notebooks: [{ name: "b.ipynb", isRunning: false }] },
])("doesn't extend it for %j", async (losses) => {
  const { ask, isExtended } = await extend(losses);
  expect(isExtended).toBe(false);
  expect(ask).not.toHaveBeenCalled();
  expect(recorded.messages).toEqual([]);
});
