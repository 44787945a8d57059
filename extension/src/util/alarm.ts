/** Milliseconds between two looks at the clock. A timer stands still while the machine sleeps; the clock does not. */
const checkInterval = 10_000;

/** Rings once the wall clock has reached a time: at most some seconds late, also after the machine slept. */
export class Alarm {
  readonly #ring: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(ring: () => void) {
    this.#ring = ring;
  }

  /** @param time milliseconds of the wall clock, in place of the time set before; undefined for none */
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
