/** Milliseconds before each restart; after the last one the server stays down. */
const defaultDelays = [100, 1_000, 4_000, 15_000] as const;

/** Milliseconds that a server has to stay up before its earlier ends are forgotten. */
const defaultStableAfter = 120_000;

/**
 * Whether and when a server that ended unasked is started again: a few times, each later than the last, and never for
 * ever. Only a server that then stays up gets its attempts back; that it started proves nothing.
 */
export class RestartPolicy {
  readonly #delays: readonly number[];
  readonly #stableAfter: number;
  #restarts = 0;
  #runningSince: number | undefined;

  constructor(delays: readonly number[] = defaultDelays, stableAfter: number = defaultStableAfter) {
    this.#delays = delays;
    this.#stableAfter = stableAfter;
  }

  /** The server answers. `now` in milliseconds of a clock that only goes forward. */
  started(now: number): void {
    this.#runningSince = now;
  }

  /**
   * The server ended unasked.
   * @returns milliseconds to wait before the next start, or undefined where there is to be none
   */
  closed(now: number): number | undefined {
    if (this.#runningSince !== undefined && now - this.#runningSince >= this.#stableAfter) this.#restarts = 0;
    this.#runningSince = undefined;
    return this.#delays[this.#restarts++];
  }

  /** A person started the server: the count begins anew. */
  reset(): void {
    this.#restarts = 0;
    this.#runningSince = undefined;
  }
}
