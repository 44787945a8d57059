/** Collects what changes, and handles it together, so that many changes cause few updates. */
export class Batch<T> {
  readonly #handle: (changed: ReadonlySet<T>) => void;
  readonly #delay: number;
  #changed = new Set<T>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param delay how long to collect, in milliseconds */
  constructor(delay: number, handle: (changed: ReadonlySet<T>) => void) {
    this.#delay = delay;
    this.#handle = handle;
  }

  add(value: T): void {
    this.#changed.add(value);
    this.#timer ??= setTimeout(() => this.#flush(), this.#delay);
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  #flush(): void {
    const changed = this.#changed;
    this.#changed = new Set();
    this.#timer = undefined;
    this.#handle(changed);
  }
}
