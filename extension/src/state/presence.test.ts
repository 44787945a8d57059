import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Presence } from "./presence.js";

/** A workbench that responds when the test says so. */
function harness() {
  const open: { answer(): void; fail(error: Error): void }[] = [];
  const ask = vi.fn(
    () => new Promise<void>((answer, fail) => void open.push({ answer: () => answer(), fail })),
  );
  return { presence: new Presence(ask), ask, open };
}

describe("presence", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("is proven only by the workbench's response", async () => {
    const { presence, open } = harness();
    const proven = vi.fn();
    const proving = presence.proven().then(proven);
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(proven).not.toHaveBeenCalled();
    open[0]?.answer();
    await proving;
    expect(proven).toHaveBeenCalledOnce();
  });

  it("is checked once for all callers, and again after the response", async () => {
    const { presence, ask, open } = harness();
    const waiting = Promise.all([presence.proven(), presence.proven(), presence.provenWithin(5)]);
    expect(ask).toHaveBeenCalledOnce();
    open[0]?.answer();
    expect(await waiting).toEqual([true, true, true]);
    void presence.proven();
    expect(ask, "an earlier answer proves nothing now").toHaveBeenCalledTimes(2);
  });

  it("isn't proven within a limit if the response is late", async () => {
    const { presence, ask, open } = harness();
    const inTime = presence.provenWithin(1_000);
    await vi.advanceTimersByTimeAsync(999);
    const later = presence.provenWithin(1_000);
    await vi.advanceTimersByTimeAsync(1);
    expect(await inTime).toBe(false);
    open[0]?.answer();
    expect(await later).toBe(true);
    expect(ask).toHaveBeenCalledOnce();
    expect(vi.getTimerCount()).toBe(0);
  });

  it("isn't proven by a failed call, and is checked again", async () => {
    const { presence, ask, open } = harness();
    const failing = presence.proven();
    open[0]?.fail(new Error("Canceled"));
    expect(await failing).toBe(false);
    void presence.proven();
    expect(ask).toHaveBeenCalledTimes(2);
  });
});
