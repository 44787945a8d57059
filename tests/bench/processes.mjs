// @ts-check
/** What the system knows of a process; Linux alone tells it in files. */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { setTimeout as delay } from "node:timers/promises";

const ticksPerSecond = 100; // USER_HZ, the same on every Linux that Node runs on

/**
 * Seconds of CPU that a process has used, with those of its threads that ended.
 * @param {number} pid
 */
export function cpuSeconds(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
  // The name, in parentheses, may itself have spaces: the fields are counted from behind it. 14 and 15 are user and system time.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

/**
 * MiB of memory that a process has now, and the most that it has had.
 * @param {number} pid
 */
export function memory(pid) {
  const status = readFileSync(`/proc/${pid}/status`, "latin1");
  /** @param {string} key */
  const read = (key) =>
    Number(new RegExp(`^${key}:\\s+(\\d+) kB`, "m").exec(status)?.[1] ?? Number.NaN) / 1024;
  return { now: read("VmRSS"), peak: read("VmHWM") };
}

/**
 * MiB of memory once it has stopped changing, which it has when two looks half a second apart agree.
 * @param {number} pid
 */
export async function settledMemory(pid) {
  let before = Number.NaN;
  for (let looks = 0; looks < 20; looks++) {
    const { now } = memory(pid);
    if (Math.abs(now - before) < 0.25) return now;
    before = now;
    await delay(500);
  }
  return before;
}

/**
 * Waits until processes do next to nothing, which is when two looks half a second apart differ by less than 20 ms of CPU.
 * @param {() => Promise<readonly number[]>} pids of those that run now
 */
export async function settledCpu(pids) {
  let before = Number.NaN;
  for (let looks = 0; looks < 60; looks++) {
    const now = (await pids()).reduce((sum, pid) => sum + cpuSecondsOf(pid), 0);
    if (Math.abs(now - before) < 0.02) return;
    before = now;
    await delay(500);
  }
}

/** @param {number} pid of a process that may be over */
function cpuSecondsOf(pid) {
  try {
    return cpuSeconds(pid);
  } catch {
    return 0;
  }
}

/**
 * Keeps every processor awake at the lowest priority: to wake a virtual one that sleeps takes longer than a round trip, and
 * would be most of what is measured.
 * @returns {() => void} lets them sleep again
 */
export function keepAwake() {
  const busy = 'require("node:os").setPriority(19); for (;;);';
  const awake = Array.from({ length: availableParallelism() }, () =>
    spawn(process.execPath, ["-e", busy], { stdio: "ignore" }),
  );
  return () => {
    for (const process of awake) process.kill();
  };
}
