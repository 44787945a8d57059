// @ts-check
import { existsSync, readFileSync } from "node:fs";

/**
 * The most memory that a server may ever have had, in MiB, as docs/limits.md promises. The portable one holds its compiler, too.
 * @param {string} program path of the server
 */
export const mostMemoryOf = (program) => (existsSync(`${program.replace(/\.exe$/, "")}.dll`) ? 140 : 100);

/**
 * What Linux says of a process's memory, in MiB: what it has for itself now (its anonymous pages), and the most that it has ever had
 * in memory. Zeros where the system does not tell.
 * @param {number | undefined} pid
 */
export function memoryOf(pid) {
  try {
    return {
      inUse: mebibytes(readFileSync(`/proc/${pid}/smaps_rollup`, "latin1"), "Anonymous"),
      peak: mebibytes(readFileSync(`/proc/${pid}/status`, "latin1"), "VmHWM"),
    };
  } catch {
    return { inUse: 0, peak: 0 };
  }
}

/** @param {string} text @param {string} name */
const mebibytes = (text, name) =>
  Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(text)?.[1] ?? 0) / 1024;
