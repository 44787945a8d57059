/** The result of work that needs a lock. */
export type LockResult<T> = { readonly ran: true; readonly value: T } | { readonly ran: false };

/** Allows one operation at a time for each key. Doesn't wait: if the key is locked, the work isn't done. */
export class KeyedLock {
  readonly #busy = new Set<string>();

  async run<T>(name: string, work: () => Promise<T>): Promise<LockResult<T>> {
    if (this.#busy.has(name)) return { ran: false };
    this.#busy.add(name);
    try {
      return { ran: true, value: await work() };
    } finally {
      this.#busy.delete(name);
    }
  }
}
