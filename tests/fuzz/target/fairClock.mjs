// @ts-check
/**
 * A clock that does not blame a process for a busy machine. It counts the time of the wall, less that in which the process, or this
 * one, wanted to run and had no core to run on, as Linux says (`schedstat`). A process that waits for something that never comes wants
 * no core, and one that runs in circles has one: for both the time goes on.
 */
import { readdirSync, readFileSync } from "node:fs";

/** Milliseconds for which nothing is read: nearly every answer is there by then. */
const unread = 100;
/** Milliseconds of the wall after which no machine is an excuse any more. */
const longest = 60_000;

export class FairClock {
  #began = performance.now();
  #pids;
  /** @type {Map<string, number> | undefined} */
  #before;

  /** @param {number | undefined} pid of the process that is waited for */
  constructor(pid) {
    this.#pids = [pid, process.pid];
  }

  /** Milliseconds since it began that count. */
  elapsed() {
    const wall = performance.now() - this.#began;
    if (wall < unread || wall > longest) return wall;
    const now = waits(this.#pids);
    this.#before ??= now;
    let waited = 0;
    for (const [thread, milliseconds] of now) waited += milliseconds - (this.#before.get(thread) ?? 0);
    return Math.max(unread, wall - Math.max(0, waited));
  }
}

/**
 * Milliseconds that each thread has waited for a core; nothing where the system does not tell.
 * @param {readonly (number | undefined)[]} pids
 */
function waits(pids) {
  /** @type {Map<string, number>} */
  const found = new Map();
  for (const pid of pids) {
    try {
      for (const thread of readdirSync(`/proc/${pid}/task`)) {
        const waited = readFileSync(`/proc/${pid}/task/${thread}/schedstat`, "latin1").split(" ")[1];
        found.set(thread, Number(waited) / 1e6);
      }
    } catch {
      // It ended, or this is no Linux: what is missing is no excuse.
    }
  }
  return found;
}
