/** Delays before each restart in milliseconds. After the last one, the server isn't restarted. */
const defaultDelays = [100, 1_000, 4_000, 15_000] as const;

/** How long a server must run before earlier crashes are forgotten, in milliseconds. */
const defaultStableAfter = 120_000;

/**
 * Decides whether and when to restart a server that ended unexpectedly. Delays increase, and the number of restarts
 * is limited. Only a server that keeps running for a while resets them.
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

  /** The server has started. `now` is monotonic, in milliseconds. */
  started(now: number): void {
    this.#runningSince = now;
  }

  /**
   * The server ended unexpectedly.
   * @returns delay before the next start in milliseconds, or undefined to stay down
   */
  closed(now: number): number | undefined {
    if (this.#runningSince !== undefined && now - this.#runningSince >= this.#stableAfter) this.#restarts = 0;
    this.#runningSince = undefined;
    return this.#delays[this.#restarts++];
  }

  /** The user started the server, so the count starts over. */
  reset(): void {
    this.#restarts = 0;
    this.#runningSince = undefined;
  }
}
