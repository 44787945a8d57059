import { describe, expect, it } from "vitest";
import { RestartPolicy } from "./restartPolicy.js";

describe("RestartPolicy", () => {
  it("increases the delay each time and then gives up", () => {
    const policy = new RestartPolicy([1, 2, 3], 1_000);
    const delays = [10, 20, 30, 40, 50].map((now) => {
      policy.started(now);
      return policy.closed(now + 5);
    });
    expect(delays).toEqual([1, 2, 3, undefined, undefined]);
  });

  it("counts a server that doesn't start", () => {
    const policy = new RestartPolicy([1, 2], 1_000);
    expect([policy.closed(0), policy.closed(10_000), policy.closed(20_000)]).toEqual([1, 2, undefined]);
  });

  it("forgets earlier crashes only after the server has kept running", () => {
    const policy = new RestartPolicy([1, 2], 1_000);
    policy.started(0);
    expect(policy.closed(999)).toBe(1);
    policy.started(2_000);
    expect(policy.closed(3_000)).toBe(1);
    policy.started(4_000);
    expect(policy.closed(4_001)).toBe(2);
  });

  it("counts restarts that fail after a server that kept running", () => {
    const policy = new RestartPolicy([1, 2], 1_000);
    policy.started(0);
    expect([2_000, 4_000, 6_000].map((now) => policy.closed(now))).toEqual([1, 2, undefined]);
  });

  it("starts over when the user starts the server", () => {
    const policy = new RestartPolicy([1], 1_000);
    policy.closed(0);
    policy.reset();
    expect(policy.closed(1)).toBe(1);
  });

  it("by default waits up to 15 s, and forgets crashes after two minutes", () => {
    const policy = new RestartPolicy();
    const delays = [0, 1, 2, 3, 4].map((now) => policy.closed(now));
    expect(delays).toEqual([100, 1_000, 4_000, 15_000, undefined]);
    policy.started(0);
    expect(policy.closed(119_999)).toBeUndefined();
    policy.started(0);
    expect(policy.closed(120_000)).toBe(100);
  });
});
