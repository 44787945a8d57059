// @ts-check
/**
 * Tells a leak from the ups and downs of a heap that is collected now and then. Samples are taken in windows, and of each window the
 * least counts, which is what was in use right after a collection. After the warm-up that is the floor; a leak is what lies above the
 * floor by more than the allowance and has grown in every one of the last windows.
 */

/** @typedef {{ samples: number, warmUp: number, rising: number, allowance: number }} LeakRule */

/** @type {LeakRule} samples of a window, windows of warm-up, windows that have to rise, and mebibytes above the floor */
export const leakRule = { samples: 10, warmUp: 3, rising: 5, allowance: 10 };

export class LeakWatch {
  #rule;
  /** @type {number[]} */
  #window = [];
  /** @type {number[]} The least of each window. */
  #troughs = [];

  /** @param {LeakRule} [rule] */
  constructor(rule = leakRule) {
    this.#rule = rule;
  }

  /** The least of the window after the warm-up, in MiB; undefined before. */
  get floor() {
    return this.#troughs[this.#rule.warmUp];
  }

  /** The least of the last whole window, in MiB. */
  get last() {
    return this.#troughs.at(-1);
  }

  /**
   * @param {number} mebibytes in use now
   * @returns {string | undefined} what leaks, in words, where something does
   */
  add(mebibytes) {
    this.#window.push(mebibytes);
    if (this.#window.length < this.#rule.samples) return undefined;
    this.#troughs.push(Math.min(...this.#window));
    this.#window = [];
    const { floor } = this;
    const lasts = this.#troughs.slice(this.#rule.warmUp).slice(-this.#rule.rising - 1);
    if (floor === undefined || lasts.length <= this.#rule.rising) return undefined;
    const rises = lasts.every((trough, index) => index === 0 || trough > Number(lasts[index - 1]));
    const last = Number(lasts.at(-1));
    if (!rises || last - floor <= this.#rule.allowance) return undefined;
    const course = lasts.map((trough) => trough.toFixed(1)).join(", ");
    return `Memory leaks: ${floor.toFixed(1)} MiB after the warm-up, then at least ${course} MiB, and no end of it.`;
  }
}
