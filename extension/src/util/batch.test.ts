import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Batch } from "./batch.js";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("handles each change once, at most once per delay", () => {
  const handled: string[][] = [];
  const batch = new Batch<string>(500, (changed) => handled.push([...changed]));
  batch.add("a");
  batch.add("b");
  batch.add("a");
  vi.advanceTimersByTime(499);
  expect(handled).toEqual([]);
  vi.advanceTimersByTime(1);
  batch.add("c");
  vi.advanceTimersByTime(500);
  expect(handled).toEqual([["a", "b"], ["c"]]);
});

it("handles nothing after it's disposed", () => {
  const handle = vi.fn();
  const batch = new Batch<string>(500, handle);
  batch.add("a");
  batch.dispose();
  vi.advanceTimersByTime(1_000);
  expect(handle).not.toHaveBeenCalled();
});
