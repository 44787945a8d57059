import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Alarm } from "./alarm.js";

const ring = vi.fn();
const noon = Date.parse("2026-11-22T12:00:00Z");

beforeEach(() => void vi.useFakeTimers({ now: noon }));
afterEach(() => {
  vi.useRealTimers();
  ring.mockReset();
});

it("calls back at its time, and not before", () => {
  new Alarm(ring).set(noon + 25_000);
  vi.advanceTimersByTime(24_999);
  expect(ring).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(ring).toHaveBeenCalledOnce();
  vi.advanceTimersByTime(60_000);
  expect(ring).toHaveBeenCalledOnce();
});

it("calls back for a time in the past", () => {
  new Alarm(ring).set(noon - 1);
  vi.advanceTimersByTime(0);
  expect(ring).toHaveBeenCalledOnce();
});

it("calls back within ten seconds after sleep", () => {
  new Alarm(ring).set(noon + 3_600_000);
  vi.setSystemTime(noon + 7_200_000); // no timer has fired
  vi.advanceTimersByTime(10_000);
  expect(ring).toHaveBeenCalledOnce();
});

it("keeps only one time, and none afterwards", () => {
  const alarm = new Alarm(ring);
  alarm.set(noon + 1_000);
  alarm.set(noon + 2_000);
  vi.advanceTimersByTime(1_999);
  expect(ring).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(ring).toHaveBeenCalledOnce();
  alarm.set(noon + 3_000);
  alarm.set(undefined);
  vi.advanceTimersByTime(10_000);
  expect(ring).toHaveBeenCalledOnce();
});

it("doesn't call back after it's disposed", () => {
  const alarm = new Alarm(ring);
  alarm.set(noon + 1_000);
  alarm.dispose();
  vi.advanceTimersByTime(10_000);
  expect(ring).not.toHaveBeenCalled();
});
