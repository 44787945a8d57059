import { existsSync, readFileSync } from "node:fs";

/** The maximum memory of a server, in MiB, as in docs/limits.md. The portable one includes its compiler. */
export const mostMemoryOf = (program: string) =>
  existsSync(`${program.replace(/\.exe$/, "")}.dll`) ? 140 : 100;

/** The memory of a process in MiB, as reported by Linux: anonymous pages now, and the peak of everything. Otherwise 0. */
export function memoryOf(pid: number | undefined): { inUse: number; peak: number } {
  const mebibytes = (file: string, name: string) =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(file)?.[1] ?? 0) / 1024;
  try {
    const [rollup, status] = ["smaps_rollup", "status"].map((name) =>
      readFileSync(`/proc/${pid}/${name}`, "latin1"),
    ) as [string, string];
    return { inUse: mebibytes(rollup, "Anonymous"), peak: mebibytes(status, "VmHWM") };
  } catch {
    return { inUse: 0, peak: 0 };
  }
}

/** Samples per window, windows to warm up, windows in a row that must rise, and MiB above the floor. */
const leakRule = { samples: 10, warmUp: 3, rising: 5, allowance: 10 };

/**
 * Tells a leak from a heap that is collected now and then. The minimum of each window is what was in use after a collection. The first one
 * after the warm-up is the floor. A leak is more than the allowance above the floor, and has grown in each of the last windows.
 */
export class LeakWatch {
  /** The minimum of each window after the warm-up. */
  readonly minimums: number[] = [];
  #sampled = 0;
  #window: number[] = [];

  constructor(readonly rule = leakRule) {}

  /** Adds a sample in MiB. The result describes a leak. */
  add(mebibytes: number): string | undefined {
    const { samples, warmUp, rising, allowance } = this.rule;
    this.#window.push(mebibytes);
    if (++this.#sampled % samples > 0) return undefined;
    if (this.#sampled > samples * warmUp) this.minimums.push(Math.min(...this.#window));
    this.#window = [];
    const last = this.minimums.slice(-rising - 1);
    const growth = (last.at(-1) ?? 0) - (this.minimums[0] ?? 0);
    if (last.length <= rising || growth <= allowance) return undefined;
    if (last.some((minimum, i) => i > 0 && minimum <= Number(last[i - 1]))) return undefined;
    const floor = this.minimums[0]?.toFixed(1);
    return `Memory leaks: from ${floor} MiB to ${last.map((minimum) => minimum.toFixed(1)).join(", ")} MiB.`;
  }
}
