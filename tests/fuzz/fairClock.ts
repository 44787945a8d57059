import { readdirSync, readFileSync } from "node:fs";

/** Milliseconds in which nothing is read, because nearly every response has arrived by then. */
const unread = 100;
/** Milliseconds after which a busy machine is no excuse. */
const longest = 60_000;

/**
 * Measures the time of a process without the time in which it, or this one, was ready to run and had no core (Linux's `schedstat`). Time
 * passes both for a process that waits forever, because it doesn't want a core, and for one that loops forever, because it has one.
 * @returns the milliseconds so far
 */
export function fairClock(pid: number | undefined): () => number {
  const began = performance.now();
  let before: number | undefined;
  return () => {
    const wall = performance.now() - began;
    if (wall < unread || wall > longest) return wall;
    const now = waits(pid) + waits(process.pid);
    before ??= now;
    return Math.max(unread, wall - Math.max(0, now - before));
  };
}

/** The milliseconds that the threads of a process have waited for a core. 0 if it has ended, or the system isn't Linux. */
function waits(pid: number | undefined): number {
  try {
    const threads = readdirSync(`/proc/${pid}/task`).map((thread) => `/proc/${pid}/task/${thread}/schedstat`);
    const waited = threads.map((file) => Number(readFileSync(file, "latin1").split(" ")[1]));
    return waited.reduce((sum, nanoseconds) => sum + nanoseconds / 1e6, 0);
  } catch {
    return 0;
  }
}
