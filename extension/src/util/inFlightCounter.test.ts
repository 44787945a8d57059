import { describe, expect, it } from "vitest";
import { Deferred } from "./deferred.js";
import { InFlightCounter } from "./inFlightCounter.js";

describe("InFlightCounter", () => {
  it("reports when nothing is in progress", async () => {
    const tally = new InFlightCounter();
    await tally.idle();
    const work = new Deferred();
    const running = tally.run(() => work.promise);
    let isIdle = false;
    const idle = tally.idle().then(() => {
      isIdle = true;
    });
    await Promise.resolve();
    expect([tally.any, isIdle]).toEqual([true, false]);
    work.resolve();
    await Promise.all([running, idle]);
    expect([tally.any, isIdle]).toEqual([false, true]);
  });
});
