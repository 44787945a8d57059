/**
 * Interval for checking the wall clock in milliseconds. Timers stop while the machine sleeps, but the clock doesn't.
 */
const checkInterval = 10_000;

/** Calls back when the wall clock reaches a time, within seconds even after sleep. */
export class Alarm {
  readonly #ring: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(ring: () => void) {
    this.#ring = ring;
  }

  /** @param time wall clock time in milliseconds, replacing the earlier one; undefined for none */
  set(time: number | undefined): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (time === undefined) return;
    const left = time - Date.now();
    const check = () => (Date.now() < time ? this.set(time) : this.#ring());
    this.#timer = setTimeout(check, Math.min(Math.max(left, 0), checkInterval));
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }
}
