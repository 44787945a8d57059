/** Counts what is under way. */
export class InFlightCounter {
  #count = 0;
  #waiting: (() => void)[] = [];

  get any(): boolean {
    return this.#count > 0;
  }

  /** Resolves once nothing is under way: at once where nothing is. */
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
