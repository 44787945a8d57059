// @ts-check
/** Reads process information from Linux's /proc. */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { setTimeout as delay } from "node:timers/promises";

const ticksPerSecond = 100; // USER_HZ, which is the same on every Linux that Node.js supports

/**
 * Returns the seconds of CPU that a process has used, including its ended threads.
 * @param {number} pid
 */
export function cpuSeconds(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
  // The name in parentheses can contain spaces, so count the fields after it. 14 and 15 are user and system time.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

/**
 * Returns the current and peak memory of a process in MiB.
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
 * Returns the memory in MiB when two samples half a second apart are the same.
 * @param {number} pid
 */
export async function settledMemory(pid) {
  let before = Number.NaN;
  for (let samples = 0; samples < 20; samples++) {
    const { now } = memory(pid);
    if (Math.abs(now - before) < 0.25) return now;
    before = now;
    await delay(500);
  }
  return before;
}

/**
 * Waits until processes are idle: two samples half a second apart differ by less than 20 ms of CPU.
 * @param {() => Promise<readonly number[]>} pids of the running processes
 */
export async function settledCpu(pids) {
  let before = Number.NaN;
  for (let samples = 0; samples < 60; samples++) {
    const now = (await pids()).reduce((sum, pid) => sum + cpuSecondsOf(pid), 0);
    if (Math.abs(now - before) < 0.02) return;
    before = now;
    await delay(500);
  }
}

/** @param {number} pid of a process that may have ended */
function cpuSecondsOf(pid) {
  try {
    return cpuSeconds(pid);
  } catch {
    return 0;
  }
}

/**
 * Keeps all processors awake at the lowest priority. Waking up a virtual one takes longer than a round trip, and would be most of the
 * measured time.
 * @returns {() => void} stops it
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
