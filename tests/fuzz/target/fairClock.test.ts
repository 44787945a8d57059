import { type ChildProcess, spawn } from "node:child_process";
import { cpus } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import { expect, it } from "vitest";
import { FairClock } from "./fairClock.mjs";

const busy = "for (;;);";
const idle = "setInterval(() => {}, 1e6);";
const node = (script: string) => spawn(process.execPath, ["-e", script], { stdio: "ignore" });

/** What the clock shows after a second of the wall, read every now and then as one does who waits. */
async function secondOf(child: ChildProcess): Promise<number> {
  const clock = new FairClock(child.pid);
  for (let waited = 0; waited < 10; waited++) {
    await delay(100);
    clock.elapsed();
  }
  return clock.elapsed();
}

it("counts the time of a process that waits", async () => {
  const child = node(idle);
  try {
    await delay(300); // it starts
    expect(await secondOf(child)).toBeGreaterThan(600);
  } finally {
    child.kill();
  }
});

it.skipIf(process.platform !== "linux")(
  "counts less for a process that has to share its core with many",
  async () => {
    const crowd = Array.from({ length: cpus().length * 5 }, () => node(busy));
    try {
      await delay(300);
      expect(await secondOf(crowd[0] as ChildProcess)).toBeLessThan(700);
    } finally {
      for (const child of crowd) child.kill("SIGKILL");
    }
  },
);
