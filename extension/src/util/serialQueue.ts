/** Runs work one at a time, in order. Work that fails doesn't keep the next one from running. */
export class SerialQueue {
  #last: Promise<unknown> = Promise.resolve();

  run<T>(work: () => Promise<T>): Promise<T> {
    const running = this.#last.then(work, work);
    this.#last = running;
    return running;
  }
}
