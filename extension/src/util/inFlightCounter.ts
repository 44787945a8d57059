/** Counts operations in progress. */
export class InFlightCounter {
  #count = 0;
  #waiting: (() => void)[] = [];

  get any(): boolean {
    return this.#count > 0;
  }

  /** Resolves when nothing is in progress. */
  async idle(): Promise<void> {
    while (this.any) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    this.#count++;
    try {
      return await work();
    } finally {
      this.#count--;
      if (this.#count === 0) for (const go of this.#waiting.splice(0)) go();
    }
  }
}
