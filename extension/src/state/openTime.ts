import { mkdirSync, readFileSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * How long no window can be open without VS Code counting as closed, in milliseconds. A reload takes seconds, but if
 * the window's extension host is killed, the last mark is up to {@link markInterval} older. `env.sessionId` doesn't
 * help: VS Code promises a new one only for each start, and a browser gets one with each reload.
 */
export const longestGap = 120_000;

/** How often an open window says so, in milliseconds. */
export const markInterval = 60_000;

/** The time in which at least one window was open, in a file that all windows share: its start, and its end as the file's time. */
export class OpenTime {
  readonly #path: string;

  /** @param storage the extension's storage, which doesn't have to exist */
  constructor(storage: string) {
    this.#path = join(storage, "open-since");
  }

  /**
   * A window opened.
   * @returns since when at least one has been open, in milliseconds of the wall clock; 0 if that isn't known
   */
  begin(now: number): number {
    const end = statSync(this.#path, { throwIfNoEntry: false })?.mtimeMs;
    const isSame = end !== undefined && now - end < longestGap;
    const start = isSame ? Number(readFileSync(this.#path, "utf8")) : end === undefined ? 0 : now;
    if (!isSame) {
      mkdirSync(dirname(this.#path), { recursive: true });
      writeFileSync(this.#path, String(start));
    }
    this.mark(now);
    return start;
  }

  /** A window is still open. Synchronous, because a window that closes doesn't wait. */
  mark(now: number): void {
    utimesSync(this.#path, now / 1_000, now / 1_000);
  }
}
