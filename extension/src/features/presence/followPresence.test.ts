import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { recorded } from "../../../test/vscode.js";
import type { App } from "../../app.js";
import { Presence } from "../../state/presence.js";
import { followPresence, presenceOfWindow } from "./followPresence.js";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A window with a running server, whose workbench responds when the test says so. */
function harness(state = "running") {
  const did: string[] = [];
  const open: (() => void)[] = [];
  const presence = new Presence(() => new Promise<void>((answer) => void open.push(answer)));
  const following = followPresence({
    presence,
    server: { state },
    session: { pauseWatching: () => did.push("pause"), resumeWatching: () => did.push("resume") },
    log: { info: () => undefined },
  } as unknown as App);
  return { did, open, following };
}

it("calls a command that the workbench handles itself", async () => {
  expect(await presenceOfWindow().proven()).toBe(true);
  expect(recorded.executed.at(-1)).toEqual(["setContext", "companion.active", true]);
});

it("keeps watching while the workbench responds", async () => {
  const { did, open, following } = harness();
  for (let minute = 0; minute < 3; minute++) {
    await vi.advanceTimersByTimeAsync(60_000);
    open[minute]?.();
    await vi.advanceTimersByTimeAsync(0);
  }
  expect([open.length, did]).toEqual([3, ["resume", "resume", "resume"]]);
  following.dispose();
});

it("pauses after ten seconds without a response, and resumes with the response, even after hours", async () => {
  const { did, open, following } = harness();
  await vi.advanceTimersByTimeAsync(69_999);
  expect(did).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(did).toEqual(["pause"]);
  await vi.advanceTimersByTimeAsync(3 * 3_600_000);
  expect([open.length, did]).toEqual([1, ["pause"]]);
  open[0]?.();
  await vi.advanceTimersByTimeAsync(0);
  expect(did).toEqual(["pause", "resume"]);
  following.dispose();
});

it("doesn't check while no server is running, or after it's disposed", async () => {
  const { open, following } = harness("stopped");
  await vi.advanceTimersByTimeAsync(600_000);
  following.dispose();
  await vi.advanceTimersByTimeAsync(600_000);
  expect([open.length, vi.getTimerCount()]).toEqual([0, 0]);
});
